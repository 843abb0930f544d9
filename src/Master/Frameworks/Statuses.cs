using ActorScheduler.Model;

namespace ActorScheduler.Master.Frameworks;

/// <summary>States that the control plane says by itself.</summary>
internal static class Statuses
{
    /// <summary>
    /// A new state with a uuid: it is told until acknowledged. Frameworks that are not partition aware get LOST where others get
    /// something more exact.
    /// </summary>
    public static TaskUpdate Make(
        this FrameworkBook book, TaskEntry task, TaskState state, TaskReason reason, string message, DateTimeOffset now, DateTimeOffset? since = null) =>
        new(
            task.Info.Id, book.Shown(state), TaskSource.Master, reason, message, task.AgentId, task.Info.Executor?.Id, now, Guid.NewGuid(),
            Container: task.Status.Container, UnreachableSince: since);

    /// <summary>A state as this framework understands it.</summary>
    public static TaskState Shown(this FrameworkBook book, TaskState state) =>
        book.Info?.Capabilities.HasFlag(FrameworkCapabilities.PartitionAware) == false ? state.WithoutPartitionAwareness() : state;
}
