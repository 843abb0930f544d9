using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol;

// Between the allocator and the frameworks' actors. The allocator knows what it is told here and by agents, and nothing else.

/// <summary>A new allocator has begun: everybody tells it what there is. Published on <see cref="Topic"/>.</summary>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Allocator">The actor itself.</param>
public sealed record AllocatorStarted(Epoch Epoch, IActorRef Allocator) : IProtocolMessage
{
    /// <summary>The topic on which it is published to all members.</summary>
    public const string Topic = "allocator";
}

/// <summary>A framework exists; repeated whenever what it says changes. Answered with <see cref="FrameworkRegistered"/>.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Info">What it says of itself.</param>
/// <param name="SuppressedRoles">Roles without offers.</param>
/// <param name="IsActive">Whether its scheduler is there; without one it gets no offers.</param>
/// <param name="Agents">Agents on which it has tasks that have not ended: it wants to hear of them.</param>
public sealed record RegisterFramework(
    FrameworkId FrameworkId, FrameworkInfo Info, IReadOnlyList<string> SuppressedRoles, bool IsActive, IReadOnlyList<AgentId> Agents)
    : IAllocatorMessage;

/// <summary>A framework is no more; its offers go back.</summary>
public sealed record RemoveFramework(FrameworkId FrameworkId) : IAllocatorMessage;

/// <summary>
/// Uses offers; answered with <see cref="OffersUsed"/>. Sent again with the same number until answered, and done once.
/// </summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Number">Counts the framework's uses.</param>
/// <param name="OldestOpen">Answers below this number are no longer needed.</param>
/// <param name="OfferIds">Which offers.</param>
/// <param name="Operations">What to do, in order.</param>
/// <param name="RefuseFor">How long what is left is not wanted.</param>
public sealed record UseOffers(
    FrameworkId FrameworkId, long Number, long OldestOpen, IReadOnlyList<OfferId> OfferIds, IReadOnlyList<Operation> Operations, TimeSpan RefuseFor)
    : IAllocatorMessage;

/// <summary>Gives offers back.</summary>
public sealed record ReturnOffers(FrameworkId FrameworkId, IReadOnlyList<OfferId> OfferIds, TimeSpan RefuseFor) : IAllocatorMessage;

/// <summary>Refusals of a framework are forgotten and it wants offers in these roles (none named: all).</summary>
public sealed record ReviveRoles(FrameworkId FrameworkId, IReadOnlyList<string> Roles) : IAllocatorMessage;

/// <summary>What a framework waits for in a role.</summary>
public sealed record WantResources(FrameworkId FrameworkId, string Role, IReadOnlyList<WantedSize> Sizes) : IAllocatorMessage;

/// <summary>A framework's answer to requests to leave.</summary>
public sealed record RelayInverseAnswer(
    FrameworkId FrameworkId, IReadOnlyList<InverseOfferId> InverseOfferIds, bool IsAccepted, TimeSpan RefuseFor) : IAllocatorMessage;

/// <summary>The allocator knows the framework.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Epoch">By which incarnation.</param>
/// <param name="Problem">What it did not like, or null. The framework gets no offers until that is mended.</param>
/// <param name="Agents">How the agents stand that the framework named.</param>
public sealed record FrameworkRegistered(FrameworkId FrameworkId, Epoch Epoch, Problem? Problem, IReadOnlyList<AgentStanding> Agents) : IFrameworkMessage;

/// <summary>Offers for a framework.</summary>
public sealed record OffersMade(FrameworkId FrameworkId, Epoch Epoch, IReadOnlyList<Offer> Offers) : IFrameworkMessage;

/// <summary>Offers that are no longer valid.</summary>
public sealed record OffersRescinded(FrameworkId FrameworkId, Epoch Epoch, IReadOnlyList<OfferId> OfferIds) : IFrameworkMessage;

/// <summary>Requests to leave agents.</summary>
public sealed record InverseOffersMade(FrameworkId FrameworkId, Epoch Epoch, IReadOnlyList<InverseOffer> InverseOffers) : IFrameworkMessage;

/// <summary>Requests to leave that are off.</summary>
public sealed record InverseOffersRescinded(FrameworkId FrameworkId, Epoch Epoch, IReadOnlyList<InverseOfferId> InverseOfferIds) : IFrameworkMessage;

/// <summary>What became of <see cref="UseOffers"/>.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Epoch">By which incarnation.</param>
/// <param name="Number">Which use.</param>
/// <param name="Problem">Set when all of it is void: some offer is not valid.</param>
/// <param name="Agent">Where, when it is not void.</param>
/// <param name="Role">In which role, when it is not void.</param>
/// <param name="RefusedTasks">Tasks that hold nothing, with the reason. All others of the use hold their resources.</param>
/// <param name="RefusedOperations">Positions of operations that were not applied, with the reason.</param>
/// <param name="Conversions">What the applied operations turned into what, by their positions.</param>
public sealed record OffersUsed(
    FrameworkId FrameworkId, Epoch Epoch, long Number, Problem? Problem, AgentStanding? Agent, string? Role,
    IReadOnlyList<RefusedTask> RefusedTasks, IReadOnlyList<RefusedOperation> RefusedOperations, IReadOnlyList<AppliedOperation> Conversions)
    : IFrameworkMessage;

/// <summary>A task that was not given its resources.</summary>
/// <param name="TaskId">Which.</param>
/// <param name="Problem">Why.</param>
/// <param name="IsPassing">Whether the agent takes tasks like it but for what is wrong with it just now.</param>
public sealed record RefusedTask(TaskId TaskId, Problem Problem, bool IsPassing = false);

/// <summary>An operation that was not applied.</summary>
/// <param name="Index">Its position in the use.</param>
/// <param name="Problem">Why.</param>
public sealed record RefusedOperation(int Index, Problem Problem);

/// <summary>An operation that was applied.</summary>
/// <param name="Index">Its position in the use.</param>
/// <param name="Consumed">What was taken away.</param>
/// <param name="Converted">What was put in its place.</param>
public sealed record AppliedOperation(int Index, Resources Consumed, Resources Converted);

/// <summary>How an agent stands; told to each framework that has tasks there, when it changes.</summary>
/// <param name="AgentId">Which agent.</param>
/// <param name="State">How it stands.</param>
/// <param name="Agent">Its actor, when it is registered.</param>
/// <param name="Registration">
/// Counts the registrations of all agents in this epoch; a later one has a higher number. What was granted under one
/// registration can be launched under that one only: a process that came later does not know it.
/// </param>
/// <param name="Since">Since when it is unreachable; else null.</param>
public sealed record AgentStanding(
    AgentId AgentId, AgentState State, IActorRef? Agent = null, long Registration = 0, DateTimeOffset? Since = null);

/// <summary>States of an agent as the allocator sees it.</summary>
public enum AgentState
{
    /// <summary>After a failover: known from before, not heard of yet.</summary>
    Recovering = 0,

    /// <summary>It answers.</summary>
    Registered = 1,

    /// <summary>It has not answered for too long.</summary>
    Unreachable = 2,

    /// <summary>An operator declared it gone for good.</summary>
    Gone = 3,

    /// <summary>It left in good order, or nobody has ever heard of it.</summary>
    Unknown = 4,
}

/// <summary>The standing of an agent has changed.</summary>
public sealed record AgentStandingChanged(FrameworkId FrameworkId, Epoch Epoch, AgentStanding Standing) : IFrameworkMessage;

/// <summary>A task has to make room for a more important one of its role.</summary>
public sealed record PreemptTask(FrameworkId FrameworkId, Epoch Epoch, AgentId AgentId, TaskId TaskId, FrameworkId For) : IFrameworkMessage;
