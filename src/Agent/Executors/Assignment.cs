using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Health;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Agent.Executors;

/// <summary>What one executor's actor has to do and what it must not forget when it crashes: it outlives restarts of the actor.</summary>
/// <param name="order">What to start.</param>
/// <param name="containers">What runs it.</param>
/// <param name="status">The state of the task when it was assigned.</param>
/// <param name="isNew">Whether its container was certainly never started.</param>
internal sealed class Assignment(ContainerOrder order, IContainerizer containers, TaskUpdate status, bool isNew)
{
    /// <summary>What to start.</summary>
    public ContainerOrder Order { get; } = order;

    /// <summary>What runs it.</summary>
    public IContainerizer Containers { get; } = containers;

    /// <summary>Whether the task has ended; also read by those who answer questions.</summary>
    public volatile bool HasEnded;

    /// <summary>Whether its container was certainly never started: then there is nothing to look at.</summary>
    public bool IsNew { get; set; } = isNew;

    /// <summary>Since when its container was seen to run: then it is never started again. Null before.</summary>
    public DateTimeOffset? RunsSince { get; set; } = status.State is TaskState.Staging or TaskState.Starting ? null : status.Timestamp;

    /// <summary>Whether it was told that the task is being ended.</summary>
    public bool IsKillingTold { get; set; } = status.State == TaskState.Killing;

    /// <summary>Whether it was told that artifacts are being fetched.</summary>
    public bool IsStartingTold { get; set; } = status.State != TaskState.Staging;

    /// <summary>Whether its sandbox was prepared: a container may have it, so that it is not made anew.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>What its health check has shown; null before it ran, and without one.</summary>
    public HealthTracker? Health { get; set; }

    /// <summary>What was said of its health when it was assigned.</summary>
    public bool? Healthy { get; } = status.Healthy;

    /// <summary>Latest result of its check; null while there is none.</summary>
    public CheckStatus? Checked { get; set; } = status.Check;

    /// <summary>Why it is killed, when that is for its health; null else. Such a kill that was told goes on in another process.</summary>
    public string? Unwell { get; set; } =
        status is { State: TaskState.Killing, Reason: TaskReason.TaskHealthCheckStatusUpdated } ? status.Message ?? "It was not well" : null;

    /// <summary>The wish to end it; null while there is none.</summary>
    public Stop? Stop { get; set; }

    /// <summary>Whether it ran longer than it may.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>What it took of the disk, when that was more than it has; null else.</summary>
    public string? OverDisk { get; set; }

    /// <summary>Why it did not start; null while that is not known.</summary>
    public string? Failure { get; set; }

    /// <summary>The exit code that stands for why it did not start, such as 127 for a program that is not there; null when there is none.</summary>
    public int? FailureCode { get; set; }

    /// <summary>How often the actor has crashed, or its engine has not answered, of late, and when it did last.</summary>
    public (int Count, DateTimeOffset Last) Crashes { get; set; }

    /// <summary>The actor that does it; set by its parent alone.</summary>
    public IActorRef? Actor { get; set; }
}

/// <summary>The wish to end a task.</summary>
/// <param name="Grace">Time it has; null for its own or the default.</param>
/// <param name="Reason">Why, when it is not the framework's wish.</param>
internal sealed record Stop(TimeSpan? Grace, TaskReason? Reason);

/// <summary>What became of a task.</summary>
internal sealed record Progress(
    TaskKey Task, TaskState State, TaskReason? Reason = null, string? Message = null, int? ExitCode = null, ContainerStatus? Container = null,
    bool? Healthy = null, CheckStatus? Check = null);

/// <summary>What runs containers does not answer any more: it is no use to look at tasks by it.</summary>
internal sealed record EngineLost
{
    public static readonly EngineLost Instance = new();
}

/// <summary>What runs containers answers again, and containers may have changed meanwhile.</summary>
internal sealed record EngineBack
{
    public static readonly EngineBack Instance = new();
}
