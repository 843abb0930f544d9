using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol;

/// <summary>Comes from a framework's scheduler in a session; refused when another session has taken its place.</summary>
public interface ISessionMessage : IFrameworkMessage
{
    /// <summary>Which session.</summary>
    Guid Session { get; }
}

// Commands of schedulers, in the order in which a session meets them.

/// <summary>
/// Begins a session, and registers the framework when its id is new. An earlier session is told <see cref="SessionEnded"/>.
/// Answered to <paramref name="Scheduler"/> with <see cref="Subscribed"/> or <see cref="SubscriptionRefused"/>.
/// </summary>
/// <param name="FrameworkId">Its id, chosen by whoever registers it.</param>
/// <param name="Session">A new name for this session.</param>
/// <param name="Scheduler">Who gets the session's events.</param>
/// <param name="Info">What it says of itself.</param>
/// <param name="SuppressedRoles">Roles that it does not want offers in for now.</param>
/// <param name="IsNew">Whether the id must not be known yet, but for this same request sent again; else it must be known.</param>
public sealed record Subscribe(
    FrameworkId FrameworkId, Guid Session, IActorRef Scheduler, FrameworkInfo Info, IReadOnlyList<string> SuppressedRoles, bool IsNew) : ISessionMessage;

/// <summary>The scheduler is there. Answered with <see cref="SessionAlive"/>, or <see cref="SessionEnded"/> when the session is not known.</summary>
public sealed record KeepSession(FrameworkId FrameworkId, Guid Session, IActorRef Scheduler) : ISessionMessage;

/// <summary>The scheduler leaves for now: the failover time-out begins.</summary>
public sealed record EndSession(FrameworkId FrameworkId, Guid Session) : ISessionMessage;

/// <summary>Uses offers of one agent in one role; operations apply in order, what is left is declined.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Session">Its session.</param>
/// <param name="RequestId">Names the request.</param>
/// <param name="OfferIds">One or more.</param>
/// <param name="Operations">What to do; none declines.</param>
/// <param name="RefuseFor">How long what is left is not wanted; null for the default of five seconds.</param>
public sealed record AcceptOffers(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, IReadOnlyList<OfferId> OfferIds, IReadOnlyList<OfferOperation> Operations,
    TimeSpan? RefuseFor = null) : ISessionMessage, ICommand;

/// <summary>Gives offers back.</summary>
public sealed record DeclineOffers(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, IReadOnlyList<OfferId> OfferIds, TimeSpan? RefuseFor = null) : ISessionMessage, ICommand;

/// <summary>Wants offers again in roles (none named: in all): refusals are forgotten, suppression ends.</summary>
public sealed record ReviveOffers(FrameworkId FrameworkId, Guid Session, Guid RequestId, IReadOnlyList<string> Roles) : ISessionMessage, ICommand;

/// <summary>Wants no offers in roles (none named: in all) until it revives them.</summary>
public sealed record SuppressOffers(FrameworkId FrameworkId, Guid Session, Guid RequestId, IReadOnlyList<string> Roles) : ISessionMessage, ICommand;

/// <summary>Says what it waits for in a role: offers are cut to fit. Replaces what it said before; no sizes withdraw it.</summary>
public sealed record RequestResources(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, string Role, IReadOnlyList<WantedSize> Sizes) : ISessionMessage, ICommand;

/// <summary>One size that a framework waits for.</summary>
/// <param name="Size">Scalars of one instance.</param>
/// <param name="Count">How many.</param>
/// <param name="Ports">Ports of each.</param>
/// <param name="Priority">Tasks of the same role with a lower priority may be displaced for it.</param>
public sealed record WantedSize(Quantities Size, int Count = 1, int Ports = 0, int Priority = 0);

/// <summary>Ends a task; its terminal state comes as an update. One that is not known is answered as by reconciliation.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Session">Its session.</param>
/// <param name="RequestId">Names the request.</param>
/// <param name="TaskId">Which task.</param>
/// <param name="GracePeriod">Time it has to end by itself; null for the task's own.</param>
public sealed record KillTask(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, TaskId TaskId, TimeSpan? GracePeriod = null) : ISessionMessage, ICommand;

/// <summary>Ends an executor with all its tasks.</summary>
public sealed record ShutDownExecutor(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, AgentId AgentId, ExecutorId ExecutorId) : ISessionMessage, ICommand;

/// <summary>Updates have been dealt with and need not come again.</summary>
public sealed record AcknowledgeUpdates(FrameworkId FrameworkId, Guid Session, IReadOnlyList<UpdateKey> Updates) : ISessionMessage;

/// <summary>Names one update.</summary>
public sealed record UpdateKey(TaskId TaskId, Guid Uuid);

/// <summary>Asks for the state of tasks; none named: of all. Answers are updates with REASON_RECONCILIATION and no uuid.</summary>
public sealed record ReconcileTasks(FrameworkId FrameworkId, Guid Session, Guid RequestId, IReadOnlyList<TaskQuestion> Tasks) : ISessionMessage, ICommand;

/// <summary>A task whose state is asked for.</summary>
/// <param name="TaskId">Which.</param>
/// <param name="AgentId">Where the scheduler believes it to be; decides the answer when nobody knows the task. Null for no idea.</param>
public sealed record TaskQuestion(TaskId TaskId, AgentId? AgentId = null);

/// <summary>Asks for the state of operations that have an id; none named: of all.</summary>
public sealed record ReconcileOperations(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, IReadOnlyList<OperationId> OperationIds) : ISessionMessage, ICommand;

/// <summary>Bytes for an executor; best effort. Agents' own executors read none; simulated ones send them back.</summary>
public sealed record SendToExecutor(
    FrameworkId FrameworkId, Guid Session, AgentId AgentId, ExecutorId ExecutorId, ReadOnlyMemory<byte> Data) : ISessionMessage;

/// <summary>Answers requests to leave agents.</summary>
public sealed record AnswerInverseOffers(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, IReadOnlyList<InverseOfferId> InverseOfferIds, bool IsAccepted,
    TimeSpan? RefuseFor = null) : ISessionMessage, ICommand;

/// <summary>The framework says other things of itself. Principal and user cannot change.</summary>
public sealed record UpdateFramework(
    FrameworkId FrameworkId, Guid Session, Guid RequestId, FrameworkInfo Info, IReadOnlyList<string> SuppressedRoles) : ISessionMessage, ICommand;

/// <summary>Ends a framework for good, with all its tasks. By its scheduler or by an operator.</summary>
public sealed record TearDownFramework(FrameworkId FrameworkId, Guid RequestId) : IFrameworkMessage, ICommand;

// Events for schedulers.

/// <summary>A session begins: <see cref="KeepSession"/> is expected at least each <paramref name="KeepInterval"/>.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Session">Its session.</param>
/// <param name="KeepInterval">How often to show up.</param>
/// <param name="Tasks">How many tasks it has that have not ended.</param>
/// <param name="Warnings">What it should think about, such as a failover time-out of zero.</param>
public sealed record Subscribed(
    FrameworkId FrameworkId, Guid Session, TimeSpan KeepInterval, int Tasks, IReadOnlyList<string> Warnings) : IFrameworkMessage;

/// <summary>No session: the framework is not known, was removed, or says something invalid. Subscribing again alike will not help.</summary>
public sealed record SubscriptionRefused(FrameworkId FrameworkId, Guid Session, RefusalKind Kind, Problem Problem) : IFrameworkMessage;

/// <summary>The session is known.</summary>
public sealed record SessionAlive(FrameworkId FrameworkId, Guid Session) : IFrameworkMessage;

/// <summary>The session is over.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Session">Which.</param>
/// <param name="End">How.</param>
/// <param name="Reason">For people.</param>
public sealed record SessionEnded(FrameworkId FrameworkId, Guid Session, SessionEnd End, string Reason) : IFrameworkMessage;

/// <summary>How a session ended.</summary>
public enum SessionEnd
{
    /// <summary>It is not known, for instance after a failover: subscribe again.</summary>
    Unknown = 0,

    /// <summary>Another scheduler of the same framework has subscribed.</summary>
    Replaced = 1,

    /// <summary>The framework was removed.</summary>
    Removed = 2,
}

/// <summary>Resources that may be used.</summary>
public sealed record OffersReceived(FrameworkId FrameworkId, Guid Session, IReadOnlyList<Offer> Offers) : IFrameworkMessage;

/// <summary>Offers that may no longer be used; none named: all, since there is a new allocator.</summary>
public sealed record OffersWithdrawn(FrameworkId FrameworkId, Guid Session, IReadOnlyList<OfferId> OfferIds) : IFrameworkMessage;

/// <summary>Requests to leave agents.</summary>
public sealed record InverseOffersReceived(FrameworkId FrameworkId, Guid Session, IReadOnlyList<InverseOffer> InverseOffers) : IFrameworkMessage;

/// <summary>Requests that are off.</summary>
public sealed record InverseOffersWithdrawn(FrameworkId FrameworkId, Guid Session, IReadOnlyList<InverseOfferId> InverseOfferIds) : IFrameworkMessage;

/// <summary>States of tasks, in order for each task. Those with a uuid come again until acknowledged.</summary>
public sealed record UpdatesReceived(FrameworkId FrameworkId, Guid Session, IReadOnlyList<TaskUpdate> Updates) : IFrameworkMessage;

/// <summary>States of operations that have an id.</summary>
public sealed record OperationsReported(FrameworkId FrameworkId, Guid Session, IReadOnlyList<OperationStatus> Operations) : IFrameworkMessage;

/// <summary>What became of an operation.</summary>
/// <param name="Id">Which.</param>
/// <param name="State">Its state.</param>
/// <param name="Message">Why, or null.</param>
/// <param name="AgentId">Where, or null.</param>
/// <param name="Converted">What there is now, when it was done.</param>
public sealed record OperationStatus(OperationId Id, OperationState State, string? Message = null, AgentId? AgentId = null, Resources? Converted = null);

/// <summary>States of an operation; the names are Mesos's.</summary>
public enum OperationState
{
    /// <summary>On its way to the agent.</summary>
    Pending = 0,

    /// <summary>Done.</summary>
    Finished = 1,

    /// <summary>The agent could not do it.</summary>
    Failed = 2,

    /// <summary>It is not valid.</summary>
    Error = 3,

    /// <summary>It never reached its agent.</summary>
    Dropped = 4,

    /// <summary>Its agent cannot be reached.</summary>
    Unreachable = 5,

    /// <summary>Its agent is gone for good.</summary>
    GoneByOperator = 6,

    /// <summary>Nobody knows it.</summary>
    Unknown = 7,
}

/// <summary>Bytes from an executor; best effort.</summary>
public sealed record ReceivedFromExecutor(
    FrameworkId FrameworkId, Guid Session, AgentId AgentId, ExecutorId ExecutorId, ReadOnlyMemory<byte> Data) : IFrameworkMessage;

/// <summary>An executor ended, or a whole agent is gone.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Session">Its session.</param>
/// <param name="AgentId">Which agent.</param>
/// <param name="ExecutorId">Which executor; null for the agent.</param>
/// <param name="ExitCode">Of the executor; null when not known.</param>
public sealed record FailureReported(
    FrameworkId FrameworkId, Guid Session, AgentId AgentId, ExecutorId? ExecutorId, int? ExitCode) : IFrameworkMessage;
