using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Requests;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>The book of open offers: making, answering, rescinding, expiring.</content>
public sealed partial class Allocator
{
    private OfferEntry? _oldestOffer;
    private OfferEntry? _newestOffer;
    private long _offersExtended;

    /// <summary>Number of open offers.</summary>
    public int OpenOffers => _offers.Count;

    /// <summary>The framework does not want these offers. Offers that are no longer open are passed over.</summary>
    /// <param name="frameworkId">Whose offers.</param>
    /// <param name="offerIds">Which.</param>
    /// <param name="refuseFor">How long it does not want to see the same resources, or fewer of them, again.</param>
    /// <param name="now">The caller's clock.</param>
    /// <returns>Null, or a refusal for the first offer that was not open; the others are declined all the same.</returns>
    public Refusal? Decline(FrameworkId frameworkId, IReadOnlyList<OfferId> offerIds, TimeSpan refuseFor, TimeSpan now)
    {
        Advance(now);
        Refusal? refusal = null;
        for (int i = 0; i < offerIds.Count; i++)
        {
            if (!_offers.TryGetValue(offerIds[i], out OfferEntry? offer) || offer.Subscription.Framework.Id != frameworkId)
            {
                refusal ??= Unknown($"offer_ids[{i}]", offerIds[i]);
                continue;
            }
            Answered(offer, launched: 0);
            AddFilter(offer.Subscription, offer.Agent, offer.Resources, refuseFor);
        }
        return refusal;
    }

    private void MakeOffer(Subscription subscription, AgentEntry agent, Resources resources, int[]? promised)
    {
        FrameworkEntry framework = subscription.Framework;
        if (_options.MergeOffers && promised is null && agent.Offers.Count > 0 && OfferOfThisRun(subscription, agent) is { } begun)
        {
            Extend(begun, resources);
            return;
        }
        var id = new OfferId($"{_options.IdPrefix}-O{_offersMade++}");
        var offer = new OfferEntry(id, subscription, agent, resources, _now) { DecisionIndex = _decisions.Count, Run = _run };
        if (promised is not null)
        {
            OpenRequest request = subscription.Request!;
            offer.Promised = promised;
            offer.Request = request;
            request.WaitingSince = _now;
            for (int i = 0; i < promised.Length; i++)
                request.Promised[i] += promised[i];
        }
        _offers.Add(id, offer);
        offer.Older = _newestOffer;
        if (_newestOffer is null)
            _oldestOffer = offer;
        else
            _newestOffer.Newer = offer;
        _newestOffer = offer;
        offer.OlderOfFramework = framework.LastOffer;
        if (framework.LastOffer is null)
            framework.FirstOffer = offer;
        else
            framework.LastOffer.NewerOfFramework = offer;
        framework.LastOffer = offer;
        agent.Offers.Add(offer);
        SetAvailable(agent, agent.Available.Subtract(resources.NonShared()));
        Charge(subscription, resources, isOffer: true);
        framework.OffersHeld++;
        framework.Offered.Add(resources.NonShared().Quantities);
        ReviewShareCap(framework);
        if (framework.OffersHeld >= framework.HoldLimit || framework.IsShareCapped)
            ReviewAll(framework);
        else if (promised is not null)
            Review(subscription);
        _decisions.Add(new Decision.OfferMade(new Offer(
            id, framework.Id, subscription.Role.Name, agent.Info, resources, agent.Unavailability, promised is not null)));
    }

    private OfferEntry? OfferOfThisRun(Subscription subscription, AgentEntry agent)
    {
        OfferEntry last = agent.Offers[^1];
        return last.Run == _run && last.Promised is null && ReferenceEquals(last.Subscription, subscription) ? last : null;
    }

    /// <summary>What two stages give to one framework in one role on one agent goes out as one offer.</summary>
    private void Extend(OfferEntry offer, Resources resources)
    {
        FrameworkEntry framework = offer.Subscription.Framework;
        offer.Resources = offer.Resources.Add(resources.NonShared());
        SetAvailable(offer.Agent, offer.Agent.Available.Subtract(resources.NonShared()));
        Charge(offer.Subscription, resources.NonShared(), isOffer: false);
        framework.Offered.Add(resources.NonShared().Quantities);
        ReviewShareCap(framework);
        if (framework.IsShareCapped)
            ReviewAll(framework);
        var made = (Decision.OfferMade)_decisions[offer.DecisionIndex];
        _decisions[offer.DecisionIndex] = new Decision.OfferMade(made.Offer with { Resources = offer.Resources });
        _offersExtended++;
    }

    /// <summary>Takes an offer out of the book; its resources are not yet anybody's.</summary>
    private void Close(OfferEntry offer, int launched)
    {
        FrameworkEntry framework = offer.Subscription.Framework;
        _offers.Remove(offer.Id);
        if (offer.Older is null)
            _oldestOffer = offer.Newer;
        else
            offer.Older.Newer = offer.Newer;
        if (offer.Newer is null)
            _newestOffer = offer.Older;
        else
            offer.Newer.Older = offer.Older;
        if (offer.OlderOfFramework is null)
            framework.FirstOffer = offer.NewerOfFramework;
        else
            offer.OlderOfFramework.NewerOfFramework = offer.NewerOfFramework;
        if (offer.NewerOfFramework is null)
            framework.LastOffer = offer.OlderOfFramework;
        else
            offer.NewerOfFramework.OlderOfFramework = offer.OlderOfFramework;
        offer.Agent.Offers.Remove(offer);
        framework.OffersHeld--;
        framework.Offered.Subtract(offer.Resources.NonShared().Quantities);
        if (offer.Request is { } request)
            request.Settle(offer.Promised!, launched);
    }

    /// <summary>Closes an offer and frees what it held.</summary>
    private void Withdraw(OfferEntry offer, int launched)
    {
        Close(offer, launched);
        Discharge(offer.Subscription, offer.Resources);
        GiveBack(offer.Agent, offer.Resources);
        FrameworkEntry framework = offer.Subscription.Framework;
        ReviewShareCap(framework);
        if (framework.OffersHeld < framework.HoldLimit)
            ReviewAll(framework);
        DropIfLeft(offer.Subscription);
    }

    private void Answered(OfferEntry offer, int launched)
    {
        FrameworkEntry framework = offer.Subscription.Framework;
        RaiseHoldLimit(framework);
        Withdraw(offer, launched);
    }

    private void RaiseHoldLimit(FrameworkEntry framework) =>
        framework.HoldLimit = (int)Math.Min(_options.OffersHeldPerFramework, framework.HoldLimit * 2L);

    private void Rescind(OfferEntry offer, RescindReason reason)
    {
        Withdraw(offer, launched: 0);
        _decisions.Add(new Decision.OfferRescinded(offer.Subscription.Framework.Id, offer.Id, reason));
    }

    private void RescindAll(AgentEntry agent, RescindReason reason)
    {
        while (agent.Offers.Count > 0)
            Rescind(agent.Offers[^1], reason);
    }

    private void RescindAll(FrameworkEntry framework, RescindReason reason)
    {
        while (framework.FirstOffer is { } offer)
            Rescind(offer, reason);
    }

    private void RescindAll(Subscription subscription, RescindReason reason)
    {
        OfferEntry? next = subscription.Framework.FirstOffer;
        while (next is not null)
        {
            OfferEntry offer = next;
            next = offer.NewerOfFramework;
            if (ReferenceEquals(offer.Subscription, subscription))
                Rescind(offer, reason);
        }
    }

    private void ExpireOffers()
    {
        while (_oldestOffer is { } offer && NextOfferExpiry() <= _now)
        {
            // Whoever does not answer may hold less, and does not get the same at once.
            FrameworkEntry framework = offer.Subscription.Framework;
            framework.HoldLimit = Math.Max(1, framework.HoldLimit / 2);
            Rescind(offer, RescindReason.Expired);
            ReviewAll(framework);
            AddFilter(offer.Subscription, offer.Agent, offer.Resources, _options.ExpiredOfferRefusal);
        }
    }

    private long NextOfferExpiry() =>
        _oldestOffer is null || _options.OfferTimeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Later(_oldestOffer.MadeAt, _options.OfferTimeout);

    /// <summary>Whether a framework sits on so much that others should come first.</summary>
    private bool IsOverShare(FrameworkEntry framework) =>
        _options.OfferedSharePerFramework < 1 && _activeFrameworks > 1 && framework.OffersHeld > 0
        && _totals.DominantShare(framework.Offered) >= _options.OfferedSharePerFramework;

    private void ReviewShareCap(FrameworkEntry framework)
    {
        bool wasCapped = framework.IsShareCapped;
        framework.IsShareCapped = IsOverShare(framework);
        if (framework.IsShareCapped && !wasCapped)
            _shareCapped.Add(framework);
        else if (wasCapped && !framework.IsShareCapped)
            _shareCapped.Remove(framework);
    }

    /// <summary>Frameworks found over their share during a walk, because the cluster shrank or others came; entered after it.</summary>
    private void EnterOverShare()
    {
        foreach (FrameworkEntry framework in _overShare)
        {
            ReviewShareCap(framework);
            ReviewAll(framework);
        }
        _overShare.Clear();
    }

    /// <summary>The cluster or the number of frameworks has changed: those who held too much of it may hold more.</summary>
    private void ReviewShareCaps()
    {
        if (_shareCapped.Count == 0)
            return;
        foreach (FrameworkEntry framework in _shareCapped.ToArray())
        {
            ReviewShareCap(framework);
            ReviewAll(framework);
        }
    }

    /// <summary>Few: each holds a large part of the cluster.</summary>
    private readonly List<FrameworkEntry> _shareCapped = [];
    private readonly List<FrameworkEntry> _overShare = [];
}
