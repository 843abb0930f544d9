using ActorScheduler.Agent.Containers;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Agent.Executors;

/// <summary>What one executor's actor has to do. It outlives restarts of the actor.</summary>
/// <param name="order">What to start.</param>
/// <param name="state">The state of the task when it was assigned.</param>
internal sealed class Assignment(ContainerOrder order, TaskState state)
{
    /// <summary>What to start.</summary>
    public ContainerOrder Order { get; } = order;

    /// <summary>Whether its container was seen to run: then it is never started again.</summary>
    public bool HasRun { get; set; } = state is not (TaskState.Staging or TaskState.Starting);

    /// <summary>The wish to end it; null while there is none.</summary>
    public Stop? Stop { get; set; }

    /// <summary>The actor that does it; set by its parent alone.</summary>
    public IActorRef? Actor { get; set; }
}

/// <summary>Ends a task.</summary>
/// <param name="Grace">Time it has; null for its own or the default.</param>
/// <param name="Reason">Why, when it is not the framework's wish.</param>
internal sealed record Stop(TimeSpan? Grace, TaskReason? Reason);

/// <summary>What became of a task.</summary>
internal sealed record Progress(
    FrameworkId FrameworkId, TaskId TaskId, TaskState State, TaskReason? Reason = null, string? Message = null, int? ExitCode = null,
    ContainerStatus? Container = null);
