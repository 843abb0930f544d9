using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Book;

/// <summary>An open offer, linked into the lists of its framework and of all offers by age.</summary>
internal sealed class OfferEntry(OfferId id, Subscription subscription, AgentEntry agent, Resources resources, long madeAt)
{
    public readonly OfferId Id = id;
    public readonly Subscription Subscription = subscription;
    public readonly AgentEntry Agent = agent;
    public readonly long MadeAt = madeAt;
    public Resources Resources = resources;

    /// <summary>Where it stands among the decisions of the run that made it, as long as that run lasts.</summary>
    public int DecisionIndex;
    public long Run;

    /// <summary>Instances of the request that it was cut for, with that request; null for whole machines.</summary>
    public int[]? Promised;
    public Requests.OpenRequest? Request;

    public OfferEntry? OlderOfFramework;
    public OfferEntry? NewerOfFramework;
    public OfferEntry? Older;
    public OfferEntry? Newer;
}
