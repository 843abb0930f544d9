using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Explain;

/// <summary>One framework in one role.</summary>
/// <param name="FrameworkId">The framework.</param>
/// <param name="Role">The role.</param>
/// <param name="Allocated">Scalars that it holds there, offers included.</param>
/// <param name="Share">Its dominant share of the cluster, from 0 to 1.</param>
/// <param name="OffersHeld">Open offers of the framework in all roles.</param>
/// <param name="OfferBound">As many as it may hold at present.</param>
/// <param name="Filters">Refusals of the framework in all roles.</param>
/// <param name="IsSuppressed">Whether offers are suppressed in the role.</param>
/// <param name="WantsOffers">Whether it may be offered something now.</param>
public sealed record SubscriptionSnapshot(
    FrameworkId FrameworkId, string Role, Quantities Allocated, double Share, int OffersHeld, int OfferBound, int Filters, bool IsSuppressed,
    bool WantsOffers);
