using ActorScheduler.Agent.Executors;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Checkpoints;

/// <summary>What an agent must not forget when its process dies. Changes of one call are kept together or not at all.</summary>
internal interface ICheckpoint : IAsyncDisposable
{
    /// <summary>All that was kept.</summary>
    /// <exception cref="CheckpointException">Something cannot be read; it is never treated as absent.</exception>
    Task<AgentMemory> Load();

    /// <summary>Keeps changes; durable when it returns. The same changes may come again when it was not certain that they were kept.</summary>
    /// <exception cref="CheckpointReplacedException">What was kept before is not there any more: nothing counts before <see cref="Renew"/>.</exception>
    Task Save(IReadOnlyList<CheckpointChange> changes);

    /// <summary>Makes a checkpoint anew in the place of one that was taken away; durable when it returns.</summary>
    /// <param name="all">All that an agent keeps.</param>
    Task Renew(IReadOnlyList<CheckpointChange> all) => Save(all);
}

/// <summary>A checkpoint was deleted or replaced while an agent had it. The message names the file.</summary>
internal sealed class CheckpointReplacedException(string message) : IOException(message);

/// <summary>Something in a checkpoint cannot be read. The message says what.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>An error with a message and its cause.</summary>
    public CheckpointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>An error with a message.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>An error.</summary>
    public CheckpointException()
    {
    }
}

/// <summary>All that an agent keeps.</summary>
/// <param name="Identity">Who it is; null at its first start.</param>
/// <param name="Tasks">What it holds.</param>
/// <param name="Updates">What frameworks have not kept yet, in order.</param>
internal sealed record AgentMemory(AgentIdentity? Identity, IReadOnlyList<KeptTask> Tasks, IReadOnlyList<KeptUpdate> Updates);

/// <summary>Who an agent is.</summary>
/// <param name="AgentId">Its id, for ever.</param>
/// <param name="Decision">Number of the last operator's decision that it has carried out.</param>
/// <param name="Configured">Resources that it was given; when they change its reservations and volumes are looked at again.</param>
/// <param name="Total">Its resources with reservations and volumes.</param>
internal sealed record AgentIdentity(AgentId AgentId, long Decision, Resources Configured, Resources Total)
{
    /// <summary>How its tasks are ended while it is being emptied; null when it takes tasks.</summary>
    public Stop? Drain { get; init; }

    /// <summary>The latest launches that changed reservations or volumes: when such a launch comes again it is not done again.</summary>
    public IReadOnlyList<UseKey> Converted { get; init; } = [];

    /// <summary>The engines in which its tasks are, by name of the containerizer; none where there is only one on a host.</summary>
    public IReadOnlyDictionary<string, EngineName> Engines { get; init; } = new Dictionary<string, EngineName>();
}

/// <summary>Names a launch: the framework's number of the use of offers.</summary>
internal readonly record struct UseKey(FrameworkId FrameworkId, long Number);

/// <summary>A task that an agent holds.</summary>
/// <param name="Framework">Whose.</param>
/// <param name="Role">Role of its offers.</param>
/// <param name="Use">The framework's number of the use that launched it.</param>
/// <param name="Launch">The task.</param>
/// <param name="RunId">Names its container.</param>
/// <param name="Status">Its last state.</param>
/// <param name="End">The wish to end it; null while there is none.</param>
/// <param name="Containerizer">Name of what runs it; null in what was kept before that was written down.</param>
internal sealed record KeptTask(
    FrameworkBrief Framework, string Role, long Use, TaskLaunch Launch, string RunId, TaskUpdate Status, Stop? End = null, string? Containerizer = null)
{
    /// <summary>Names it on the agent: frameworks choose task ids by themselves.</summary>
    public TaskKey Key => new(Framework.Id, Launch.Task.Id);

    /// <summary>Whether it holds nothing any more and only its end may still have to be delivered.</summary>
    public bool HasEnded => Status.State.IsTerminal();

    /// <summary>Whether it has published ports of a network that it shares with its group.</summary>
    public bool HasGroupPorts => Launch is { Group: not null, Task.Container.PortMappings.Count: > 0 };

    /// <summary>Whether another task is in the same group, or is this one. False without a group.</summary>
    public bool IsInGroupOf(KeptTask other) => Launch.Group is { } group && other.Launch.Group == group && other.Framework.Id == Framework.Id;
}

/// <summary>Names a task on an agent.</summary>
internal readonly record struct TaskKey(FrameworkId FrameworkId, TaskId TaskId);

/// <summary>An update that its framework has not kept yet.</summary>
/// <param name="Number">Counts the agent's updates.</param>
/// <param name="FrameworkId">For whom.</param>
/// <param name="Status">What.</param>
internal sealed record KeptUpdate(long Number, FrameworkId FrameworkId, TaskUpdate Status);

/// <summary>A change of a checkpoint.</summary>
internal abstract record CheckpointChange
{
    /// <summary>Who the agent is, or what it has.</summary>
    public sealed record Identify(AgentIdentity Identity) : CheckpointChange;

    /// <summary>A task, new or with a new state.</summary>
    public sealed record Keep(KeptTask Task) : CheckpointChange;

    /// <summary>A task that need not be remembered.</summary>
    public sealed record Forget(TaskKey Task) : CheckpointChange;

    /// <summary>An update to deliver.</summary>
    public sealed record Owe(KeptUpdate Update) : CheckpointChange;

    /// <summary>An update that was delivered.</summary>
    public sealed record Deliver(long Number) : CheckpointChange;
}
