using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <summary>What the allocator has decided; to be told to those concerned, in the order given.</summary>
public abstract record Decision
{
    /// <summary>An offer was made.</summary>
    /// <param name="Offer">The offer.</param>
    public sealed record OfferMade(Offer Offer) : Decision;

    /// <summary>An offer is no longer valid.</summary>
    /// <param name="FrameworkId">Whose.</param>
    /// <param name="OfferId">Which.</param>
    /// <param name="Reason">Why.</param>
    public sealed record OfferRescinded(FrameworkId FrameworkId, OfferId OfferId, RescindReason Reason) : Decision;

    /// <summary>A framework is asked to leave an agent.</summary>
    /// <param name="InverseOffer">The request.</param>
    public sealed record InverseOfferMade(InverseOffer InverseOffer) : Decision;

    /// <summary>A request to leave an agent is off.</summary>
    /// <param name="FrameworkId">Whose.</param>
    /// <param name="InverseOfferId">Which.</param>
    public sealed record InverseOfferRescinded(FrameworkId FrameworkId, InverseOfferId InverseOfferId) : Decision;

    /// <summary>A task has to make room for a more important one of its role; kill it with REASON_CONTAINER_PREEMPTED.</summary>
    /// <param name="AgentId">Where it runs.</param>
    /// <param name="FrameworkId">Whose it is.</param>
    /// <param name="TaskId">Which.</param>
    /// <param name="For">For whom it makes room.</param>
    public sealed record TaskPreempted(AgentId AgentId, FrameworkId FrameworkId, TaskId TaskId, FrameworkId For) : Decision;

    /// <summary>Nothing runs any more on an agent that was being drained.</summary>
    /// <param name="AgentId">Which agent.</param>
    public sealed record AgentDrained(AgentId AgentId) : Decision;
}
