using ActorScheduler.Allocation;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Offers;

/// <summary>Puts the decisions of a run together, so that each framework gets one message of a kind.</summary>
internal sealed class NewsByFramework
{
    /// <summary>Most offers in one message; with all of a large cluster it could be larger than remoting allows.</summary>
    public const int MostInOne = 500;

    private readonly Dictionary<FrameworkId, List<Offer>> _offers = [];
    private readonly Dictionary<FrameworkId, List<OfferId>> _rescinded = [];
    private readonly Dictionary<FrameworkId, List<InverseOffer>> _inverse = [];
    private readonly Dictionary<FrameworkId, List<InverseOfferId>> _inverseRescinded = [];
    private readonly List<Decision.TaskPreempted> _preempted = [];

    /// <summary>Adds a decision.</summary>
    public void Add(Decision decision)
    {
        switch (decision)
        {
            case Decision.OfferMade made:
                Of(_offers, made.Offer.FrameworkId).Add(made.Offer);
                break;
            case Decision.OfferRescinded rescinded:
                // Made and withdrawn in one run: nobody need hear of it.
                if (_offers.TryGetValue(rescinded.FrameworkId, out List<Offer>? made2) && made2.RemoveAll(offer => offer.Id == rescinded.OfferId) > 0)
                    break;
                Of(_rescinded, rescinded.FrameworkId).Add(rescinded.OfferId);
                break;
            case Decision.InverseOfferMade made:
                Of(_inverse, made.InverseOffer.FrameworkId).Add(made.InverseOffer);
                break;
            case Decision.InverseOfferRescinded rescinded:
                Of(_inverseRescinded, rescinded.FrameworkId).Add(rescinded.InverseOfferId);
                break;
            case Decision.TaskPreempted preempted:
                _preempted.Add(preempted);
                break;
        }
    }

    /// <summary>What is to be told: first what is withdrawn.</summary>
    public IEnumerable<IFrameworkMessage> Messages(Epoch epoch)
    {
        foreach ((FrameworkId id, List<OfferId> offers) in _rescinded)
            yield return new OffersRescinded(id, epoch, offers);
        foreach ((FrameworkId id, List<InverseOfferId> offers) in _inverseRescinded)
            yield return new InverseOffersRescinded(id, epoch, offers);
        foreach ((FrameworkId id, List<Offer> offers) in _offers)
        {
            foreach (Offer[] some in offers.Chunk(MostInOne))
                yield return new OffersMade(id, epoch, some);
        }
        foreach ((FrameworkId id, List<InverseOffer> offers) in _inverse)
        {
            foreach (InverseOffer[] some in offers.Chunk(MostInOne))
                yield return new InverseOffersMade(id, epoch, some);
        }
        foreach (Decision.TaskPreempted task in _preempted)
            yield return new PreemptTask(task.FrameworkId, epoch, task.AgentId, task.TaskId, task.For);
    }

    private static List<T> Of<T>(Dictionary<FrameworkId, List<T>> news, FrameworkId id)
    {
        if (!news.TryGetValue(id, out List<T>? list))
            news[id] = list = [];
        return list;
    }
}
