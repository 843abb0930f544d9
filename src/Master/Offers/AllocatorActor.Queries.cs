using ActorScheduler.Allocation;
using ActorScheduler.Allocation.Explain;
using ActorScheduler.Master.Registry;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;
using RefusalKind = ActorScheduler.Protocol.RefusalKind;

namespace ActorScheduler.Master.Offers;

/// <content>Questions.</content>
internal sealed partial class AllocatorActor
{
    private void ReceiveQueries()
    {
        Command<GetAgents>(query =>
        {
            (IReadOnlyList<AgentSummary> page, bool hasMore) = Page(_registry.Agents.Values, static agent => agent.Id.Value, query.After?.Value, query.Count, Summary);
            Sender.Tell(new AgentsSnapshot(Epoch, page, hasMore));
        });
        Command<GetFrameworks>(query =>
        {
            Dictionary<FrameworkId, List<AgentUsage>> used = _allocator.Snapshot().Agents.SelectMany(static agent => agent.Used)
                .GroupBy(static usage => usage.FrameworkId).ToDictionary(static group => group.Key, static group => group.ToList());
            (IReadOnlyList<FrameworkSummary> page, bool hasMore) = Page(
                _frameworks.Keys.Union(used.Keys), static id => id.Value, query.After?.Value, query.Count, id => Summary(id, used.GetValueOrDefault(id) ?? []));
            Sender.Tell(new FrameworksSnapshot(Epoch, page, hasMore));
        });
        Command<GetClusterSummary>(_ => Sender.Tell(new ClusterSummary(
            Epoch, _agents.Values.Count(static agent => agent.LostAt is null), _registry.Agents.Values.Count(static agent => agent is { LostAt: not null, GoneAt: null }),
            _frameworks.Count, _frameworks.Values.Count(static framework => framework.Registered.IsActive),
            _agents.Keys.Sum(id => _allocator.Agent(id)!.Used.Sum(static usage => usage.Tasks?.Count ?? 0)), _allocator.OpenOffers)));
        Command<GetOffers>(query =>
        {
            IEnumerable<Offer> open = _frameworks.Values.SelectMany(static framework => framework.Offers.Values)
                .Where(offer => query.FrameworkId is null || offer.FrameworkId == query.FrameworkId);
            (IReadOnlyList<Offer> page, bool hasMore) = Page(open, static offer => offer.Id.Value, query.After?.Value, query.Count, static offer => offer);
            Sender.Tell(new OffersSnapshot(Epoch, page, hasMore));
        });
        Command<GetRoles>(query => Sender.Tell(Roles(query)));
        Command<ExplainOffers>(query => Sender.Tell(Explain(query)));
        Command<ITaskQuestion>(question =>
        {
            if (question.AgentId is { } agent && _agents.TryGetValue(agent, out AgentOnBook? entry))
                entry.Actor.Forward(question);
            else
                Sender.Tell(new CommandRefused(Guid.Empty, RefusalKind.Unavailable, new Problem("agent_id", $"'{question.AgentId}' is not registered now")));
        });
    }

    private const int MostPerPage = 1000;

    /// <summary>What comes after an id, as many as are wanted and fit into one message, and whether there is more.</summary>
    private static (IReadOnlyList<TSummary> Page, bool HasMore) Page<T, TSummary>(
        IEnumerable<T> all, Func<T, string> id, string? after, int count, Func<T, TSummary> summary)
        where TSummary : class
    {
        int most = Math.Clamp(count, 1, MostPerPage);
        T[] found = [.. all.Where(item => after is null || string.CompareOrdinal(id(item), after) > 0).OrderBy(id, StringComparer.Ordinal).Take(most + 1)];
        IReadOnlyList<TSummary> page = Pages.First<TSummary>([.. found.Take(most).Select(summary)]);
        return (page, found.Length > page.Count);
    }

    private AgentSummary Summary(RegisteredAgent agent)
    {
        AgentSnapshot? booked = _allocator.Agent(agent.Id);
        AgentOnBook? entry = _agents.GetValueOrDefault(agent.Id);
        AgentInfo info = booked?.Info ?? new AgentInfo(agent.Id, agent.Hostname);
        if (booked is null)
        {
            return new AgentSummary(
                info, Standing(agent.Id).State, false, agent.Drain is not null, false, Resources.Empty, Resources.Empty, Resources.Empty, 0, agent.Unavailability, agent.Node,
                agent.Drain?.Deadline);
        }
        Resources used = booked.Used.Aggregate(Resources.Empty, static (sum, usage) => sum.Add(usage.Resources));
        return new AgentSummary(
            info, Standing(agent.Id).State, booked.IsOfferable, agent.Drain is not null, entry?.Registered.IsDegraded == true, booked.Total, used,
            booked.Total.SubtractOrEmpty(used).SubtractOrEmpty(booked.Available), booked.Used.Sum(static usage => usage.Tasks?.Count ?? 0), agent.Unavailability, agent.Node,
            agent.Drain?.Deadline, entry?.Registered.Aside, entry?.Registered.Condition);
    }

    private FrameworkSummary Summary(FrameworkId id, List<AgentUsage> used)
    {
        FrameworkOnBook? framework = _frameworks.GetValueOrDefault(id);
        return new FrameworkSummary(
            id, framework?.Registered.Info, framework?.Registered.IsActive == true,
            used.Aggregate(Resources.Empty, static (sum, usage) => sum.Add(usage.Resources)),
            (framework?.Offers.Values ?? Enumerable.Empty<Offer>()).Aggregate(Resources.Empty, static (sum, offer) => sum.Add(offer.Resources)),
            used.Sum(static usage => usage.Tasks?.Count ?? 0));
    }

    private RolesSnapshot Roles(GetRoles query)
    {
        AllocationSnapshot book = _allocator.Snapshot();
        ILookup<string, FrameworkId> frameworks = book.Frameworks.ToLookup(static framework => framework.Role, static framework => framework.FrameworkId);
        (IReadOnlyList<RoleSummary> page, bool hasMore) = Page(book.Roles.Keys.Union(_registry.Weights.Keys), static name => name, query.After, query.Count, Of);
        return new RolesSnapshot(Epoch, page, hasMore);

        RoleSummary Of(string name)
        {
            RoleExplanation? role = book.Roles.GetValueOrDefault(name);
            QuotaSet? quota = _registry.Quotas.GetValueOrDefault(name);
            return new RoleSummary(
                name, role?.Weight ?? _registry.Weights[name], role?.Share ?? 0, role?.Allocated ?? Quantities.Zero,
                quota?.Guarantees ?? Quantities.Zero, quota?.Limits ?? new Dictionary<string, long>(), [.. frameworks[name]]);
        }
    }

    private OffersExplained Explain(ExplainOffers query)
    {
        Need? need = query.Size is { } size ? new Need(size.Size, size.Ports) : null;
        if (!_allocator.Explain(query.FrameworkId, query.Role, need, listAgents: 0, Elapsed).TryGet(out Explanation? explanation, out Problem? problem))
            return new OffersExplained(problem, problem.ToString(), new Dictionary<string, int>());
        explanation.Counts.TryGetValue(Obstacle.None, out int open);
        string verdict = explanation.General.Count > 0 ? string.Join("; ", explanation.General)
            : open > 0 ? $"{open} {(open == 1 ? "agent has" : "agents have")} room; an offer is due"
            : "no agent fits";
        // That of those that fit is said in the verdict.
        return new OffersExplained(null, verdict, explanation.Counts.Where(static count => count.Key != Obstacle.None).ToDictionary(static count => count.Key.ToString(), static count => count.Value));
    }
}
