using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>A task that was looked for.</summary>
/// <param name="FrameworkId">Whose.</param>
/// <param name="Framework">That framework's name.</param>
/// <param name="Summary">The task.</param>
/// <param name="HasEnded">Whether it has ended.</param>
internal sealed record FoundTask(FrameworkId FrameworkId, string Framework, TaskSummary Summary, bool HasEnded)
{
    internal TaskId Id => Summary.Task.Id;

    /// <summary>How people name it without doubt.</summary>
    public override string ToString() => $"{FrameworkId}/{Id}";
}
