using ActorScheduler.Model;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>Something that is to run.</summary>
/// <param name="Name">Its tasks are called so, with a number.</param>
/// <param name="Template">What its tasks are.</param>
/// <param name="On">On which agent; null for any.</param>
/// <param name="IsOnce">Whether it is over when a task of it has ended; else another one is launched then.</param>
internal sealed record Wish(string Name, TaskInfo Template, AgentId? On = null, bool IsOnce = false)
{
    /// <summary>Whether its task goes on until it is ended; else it ends by itself after a moment.</summary>
    public bool IsService => Name.StartsWith("service", StringComparison.Ordinal);

    /// <summary>The task that fulfils it, or is to; null while there is none.</summary>
    public TaskId? Task { get; set; }

    /// <summary>How many tasks of it there were.</summary>
    public int Count { get; set; }
}
