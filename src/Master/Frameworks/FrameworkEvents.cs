using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Frameworks;

/// <summary>A fact in a framework's journal.</summary>
internal abstract record FrameworkEvent : IMasterEvent;

/// <summary>A scheduler has subscribed, the first time or again.</summary>
internal sealed record SchedulerSubscribed(
    FrameworkId FrameworkId, FrameworkInfo Info, IReadOnlyList<string> SuppressedRoles, Guid Session, DateTimeOffset At) : FrameworkEvent;

/// <summary>The framework says other things of itself.</summary>
internal sealed record FrameworkUpdated(FrameworkInfo Info, IReadOnlyList<string> SuppressedRoles) : FrameworkEvent;

/// <summary>Which roles it does not want offers in.</summary>
internal sealed record SuppressionChanged(IReadOnlyList<string> SuppressedRoles) : FrameworkEvent;

/// <summary>The scheduler is not there any more; the failover time-out begins.</summary>
internal sealed record SchedulerLeft(DateTimeOffset At) : FrameworkEvent;

/// <summary>The scheduler of the same session is there again.</summary>
internal sealed record SchedulerReturned : FrameworkEvent;

/// <summary>The framework was removed: all its tasks are to end.</summary>
internal sealed record FrameworkRemoved(DateTimeOffset At, string Reason) : FrameworkEvent;

/// <summary>Offers were accepted: the intent, before anybody is told. The tasks are staging.</summary>
/// <param name="RequestId">The scheduler's request.</param>
/// <param name="Number">The framework's number of this use.</param>
/// <param name="OfferIds">The offers.</param>
/// <param name="Operations">What to do with them.</param>
/// <param name="RefuseFor">How long what is left is not wanted.</param>
/// <param name="At">When, wall clock.</param>
internal sealed record OffersAccepted(
    Guid RequestId, long Number, IReadOnlyList<OfferId> OfferIds, IReadOnlyList<OfferOperation> Operations, TimeSpan RefuseFor, DateTimeOffset At)
    : FrameworkEvent;

/// <summary>The allocator granted a use: from here on it is the agent that decides.</summary>
/// <param name="Number">Which use.</param>
/// <param name="Epoch">By which allocator.</param>
/// <param name="AgentId">Where.</param>
/// <param name="Registration">Under which registration of the agent.</param>
/// <param name="Role">In which role.</param>
/// <param name="Conversions">Changes of reservations and volumes that were granted.</param>
/// <param name="Statuses">States of tasks that were not granted.</param>
/// <param name="Operations">States of operations that were not granted, or are on their way.</param>
internal sealed record UseGranted(
    long Number, Epoch Epoch, AgentId AgentId, long Registration, string Role, IReadOnlyList<AppliedOperation> Conversions,
    IReadOnlyList<TaskUpdate> Statuses, IReadOnlyList<OperationStatus> Operations) : FrameworkEvent;

/// <summary>The allocator did not grant a use at all: offers were not valid.</summary>
internal sealed record UseVoided(long Number, IReadOnlyList<TaskUpdate> Statuses, IReadOnlyList<OperationStatus> Operations) : FrameworkEvent;

/// <summary>The agent has a granted use in its checkpoint, or never will: it need not be sent again.</summary>
internal sealed record UseSettled(long Number) : FrameworkEvent;

/// <summary>States of tasks, in order for each task.</summary>
internal sealed record StatusesChanged(IReadOnlyList<TaskUpdate> Statuses) : FrameworkEvent;

/// <summary>States of operations.</summary>
internal sealed record OperationsChanged(IReadOnlyList<OperationStatus> Operations) : FrameworkEvent;

/// <summary>An agent holds a task that nobody here knows: it is taken over as it is.</summary>
internal sealed record TaskAdopted(TaskInfo Task, string Role, TaskUpdate Status) : FrameworkEvent;

/// <summary>A task is to end.</summary>
/// <param name="TaskId">Which.</param>
/// <param name="GracePeriod">Time it has; null for its own.</param>
/// <param name="Reason">Why, when it is not the scheduler's wish.</param>
internal sealed record KillRequested(TaskId TaskId, TimeSpan? GracePeriod, TaskReason? Reason) : FrameworkEvent;

/// <summary>The scheduler has dealt with updates.</summary>
internal sealed record UpdatesAcknowledged(IReadOnlyList<UpdateKey> Updates) : FrameworkEvent;

/// <summary>A snapshot follows, or the actor began anew; changes nothing.</summary>
internal sealed record SnapshotBegun : FrameworkEvent;
