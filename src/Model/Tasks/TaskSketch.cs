namespace ActorScheduler.Model;

/// <summary>What allocation needs to know of a task: its id, what it takes and how much it matters.</summary>
/// <param name="Id">Unique within the framework.</param>
/// <param name="Resources">What it takes, without the executor.</param>
/// <param name="Priority">Higher matters more. A waiting request may displace tasks of the same role with a lower priority.</param>
/// <param name="ExecutorId">The executor it runs under, or null when it gets its own.</param>
/// <param name="ExecutorResources">What a new executor takes beside; null when none is started for it.</param>
/// <param name="Kind">The kind of container that it needs; none when that is not told, and then any agent will do.</param>
public sealed record TaskSketch(
    TaskId Id, Resources Resources, int Priority = 0, ExecutorId? ExecutorId = null, Resources? ExecutorResources = null,
    ContainerKinds Kind = ContainerKinds.None)
{
    /// <summary>Task and executor together.</summary>
    public Resources Total => ExecutorResources is null ? Resources : Resources.Add(ExecutorResources);
}
