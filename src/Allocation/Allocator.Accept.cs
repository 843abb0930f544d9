using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>Acceptance of offers with operations, and the end of what was accepted.</content>
public sealed partial class Allocator
{
    /// <summary>
    /// Uses offers of one agent in one role: operations apply in order, each to what the earlier ones left; what is left at the
    /// end is declined. When any offer is not valid the whole call is void and the others are given up, as in Mesos.
    /// </summary>
    /// <param name="frameworkId">Whose offers.</param>
    /// <param name="offerIds">One or more.</param>
    /// <param name="operations">What to do; none means to decline.</param>
    /// <param name="refuseFor">How long it does not want to see what is left again.</param>
    /// <param name="now">The caller's clock.</param>
    public AcceptOutcome Accept(
        FrameworkId frameworkId, IReadOnlyList<OfferId> offerIds, IReadOnlyList<Operation> operations, TimeSpan refuseFor, TimeSpan now)
    {
        Advance(now);
        if (CheckOffers(frameworkId, offerIds, out List<OfferEntry> offers) is { } refusal)
        {
            foreach (OfferEntry valid in offers)
                Answered(valid, launched: 0);
            return AcceptOutcome.Void(refusal);
        }
        AgentEntry agent = offers[0].Agent;
        Subscription subscription = offers[0].Subscription;
        var acceptance = new Acceptance(agent, subscription, offers.Aggregate(Resources.Empty, Together), offers);
        foreach (Operation operation in operations)
            acceptance.Perform(operation);

        int launched = acceptance.Launched.Count;
        foreach (OfferEntry offer in offers)
        {
            int share = offer.Promised is null ? 0 : Math.Min(launched, offer.Promised.Sum());
            launched -= share;
            Close(offer, share);
            Discharge(subscription, offer.Resources);
        }
        foreach ((_, Conversion conversion) in acceptance.Applied)
            Convert(agent, conversion);
        if (!acceptance.Used.IsEmpty)
            Use(agent, subscription, acceptance.Used, acceptance.Launched);
        // Conversions change which resources there are, and new shared volumes are available to all at once.
        if (acceptance.Applied.Count > 0)
            RecomputeAvailable(agent);
        else
            GiveBack(agent, acceptance.Pool);
        Mark(agent);
        FrameworkEntry framework = subscription.Framework;
        RaiseHoldLimit(framework);
        ReviewShareCap(framework);
        ReviewAll(framework);
        AddFilter(subscription, agent, acceptance.Pool, refuseFor);
        return new AcceptOutcome(
            null, agent.Info.Id, subscription.Role.Name, acceptance.Launched, acceptance.RefusedTasks, acceptance.Applied,
            acceptance.RefusedOperations, acceptance.Pool);
    }

    /// <summary>A task has ended: what it used is free, at once.</summary>
    public Refusal? EndTask(FrameworkId frameworkId, AgentId agentId, TaskId taskId, TimeSpan now)
    {
        Advance(now);
        if (!_agents.TryGetValue(agentId, out AgentEntry? agent))
            return Unknown("agent_id", agentId);
        foreach (Holding holding in agent.Holdings)
        {
            if (holding.Subscription.Framework.Id == frameworkId && holding.Tasks is { } tasks && tasks.Remove(taskId, out TaskSketch? task))
            {
                holding.Preempted?.Remove(taskId);
                // Resources of an executor that several tasks share are freed when the executor ends.
                Free(agent, holding, task.ExecutorId is null ? task.Total : task.Resources);
                return null;
            }
        }
        return Unknown("task_id", taskId);
    }

    /// <summary>Resources are no longer used: an executor ended, or tasks that the book does not know one by one.</summary>
    public Refusal? RecoverResources(FrameworkId frameworkId, AgentId agentId, string role, Resources resources, TimeSpan now)
    {
        Advance(now);
        if (!_agents.TryGetValue(agentId, out AgentEntry? agent))
            return Unknown("agent_id", agentId);
        if (!_frameworks.TryGetValue(frameworkId, out FrameworkEntry? framework)
            || role is null || !framework.Subscriptions.TryGetValue(role, out Subscription? subscription) || agent.HoldingOf(subscription) is not { } holding)
            return Unknown("framework_id", frameworkId);
        if (resources.CheckAmounts("resources") is { } badAmount)
            return Invalid(badAmount);
        if (!holding.Resources.Contains(resources))
            return new Refusal(RefusalKind.Conflict, "resources", $"the framework uses {holding.Resources} in role '{role}' there, not {resources}");
        Free(agent, holding, resources);
        return null;
    }

    /// <summary>An operator reserves, unreserves, creates or destroys idle resources of an agent. Open offers that hold them are rescinded.</summary>
    public Result<Conversion> Operate(AgentId agentId, Operation operation, TimeSpan now)
    {
        Advance(now);
        if (!_agents.TryGetValue(agentId, out AgentEntry? agent))
            return new Problem("agent_id", $"'{agentId}' is not known");
        if (!Conversions.Of(operation, role: null).TryGet(out Conversion? conversion, out Problem? problem))
            return problem;
        Resources idle = agent.Offers.Aggregate(agent.Available, (sum, offer) => sum.Add(offer.Resources.NonShared()));
        var acceptance = new Acceptance(agent, null, idle, []);
        if (acceptance.Check(operation, conversion) is { } refused)
            return refused;
        for (int i = agent.Offers.Count - 1; i >= 0 && !agent.Available.Contains(conversion.Consumed); i--)
            Rescind(agent.Offers[i], RescindReason.Reclaimed);
        Convert(agent, conversion);
        RecomputeAvailable(agent);
        Mark(agent);
        return conversion;
    }

    /// <summary>What offers of one agent hold together: a shared resource that several of them carry is still only one.</summary>
    private static Resources Together(Resources pool, OfferEntry offer) => !offer.Resources.HasShared
        ? pool.Add(offer.Resources)
        : pool.Add(offer.Resources.NonShared()).Add(offer.Resources.Shared().Where(key => pool[key].Number == 0, withPlain: false));

    private Refusal? CheckOffers(FrameworkId frameworkId, IReadOnlyList<OfferId> offerIds, out List<OfferEntry> offers)
    {
        offers = new List<OfferEntry>(offerIds.Count);
        Refusal? refusal = offerIds.Count == 0 ? Invalid("offer_ids", "must not be empty") : null;
        for (int i = 0; i < offerIds.Count; i++)
        {
            string field = $"offer_ids[{i}]";
            if (!_offers.TryGetValue(offerIds[i], out OfferEntry? offer) || offer.Subscription.Framework.Id != frameworkId)
            {
                refusal ??= new Refusal(RefusalKind.Unknown, field, $"Offer {offerIds[i]} is no longer valid");
                continue;
            }
            if (offers.Contains(offer))
            {
                refusal ??= Invalid(field, $"offer '{offerIds[i]}' is named twice");
                continue;
            }
            if (offers.Count > 0 && !ReferenceEquals(offers[0].Agent, offer.Agent))
                refusal ??= Invalid(field, "offers of several agents cannot be used together");
            else if (offers.Count > 0 && !ReferenceEquals(offers[0].Subscription, offer.Subscription))
                refusal ??= Invalid(field, "offers of several roles cannot be used together");
            offers.Add(offer);
        }
        return refusal;
    }
}
