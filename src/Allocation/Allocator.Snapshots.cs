using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Explain;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>The book as values.</content>
public sealed partial class Allocator
{
    /// <summary>Number of agents.</summary>
    public int Agents => _agents.Count;

    /// <summary>Number of frameworks, those included that only agents have told of.</summary>
    public int Frameworks => _frameworks.Count;

    /// <summary>Weights that were set, by role.</summary>
    public IReadOnlyDictionary<string, double> Weights => _weights;

    /// <summary>One agent, or null when it is not known.</summary>
    public AgentSnapshot? Agent(AgentId id) => _agents.TryGetValue(id, out AgentEntry? agent) ? Snapshot(agent) : null;

    /// <summary>Everything.</summary>
    public AllocationSnapshot Snapshot() => new(
        [.. _agents.Values.Select(Snapshot)],
        [
            .. _frameworks.Values.SelectMany(framework => framework.Subscriptions.Values).Select(subscription => new SubscriptionSnapshot(
                subscription.Framework.Id, subscription.Role.Name, subscription.Allocated.ToQuantities(),
                _totals.DominantShare(subscription.Allocated), subscription.Framework.OffersHeld, subscription.Framework.HoldLimit,
                subscription.Framework.FilterCount, subscription.IsSuppressed, subscription.IsRunnable && !IsOverShare(subscription.Framework))),
        ],
        _roles.Keys.ToDictionary(role => role, role => ExplainRole(role).Value, StringComparer.Ordinal),
        _totals.Sum, _quota.Available, _quota.Required);

    private static AgentSnapshot Snapshot(AgentEntry agent) => new(
        agent.Info, agent.Total, agent.Available,
        [
            .. agent.Holdings.Select(holding => new AgentUsage(
                holding.Subscription.Framework.Id, holding.Subscription.Role.Name, holding.Resources, holding.Tasks?.Values.ToArray())),
        ],
        [.. agent.Offers.Select(offer => offer.Id)], agent.IsOfferable, agent.HeldFor?.Framework.Id);
}
