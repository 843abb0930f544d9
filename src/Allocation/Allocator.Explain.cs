using System.Globalization;
using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Explain;
using ActorScheduler.Allocation.Quota;
using ActorScheduler.Allocation.Requests;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>Why somebody is not offered something. Reads the book only; costs one look at each agent.</content>
public sealed partial class Allocator
{
    /// <summary>Says why a framework is not offered resources in a role, or why a task that it describes is not placed.</summary>
    /// <param name="id">The framework.</param>
    /// <param name="role">One of its roles.</param>
    /// <param name="need">A task; null for any offer at all.</param>
    /// <param name="listAgents">How many agents to list one by one; counts are always complete.</param>
    /// <param name="now">The caller's clock.</param>
    public Result<Explanation> Explain(FrameworkId id, string role, Need? need, int listAgents, TimeSpan now)
    {
        Advance(now);
        if (!_frameworks.TryGetValue(id, out FrameworkEntry? framework))
            return new Problem("framework_id", $"'{id}' is not known");
        if (role is null || !framework.Subscriptions.TryGetValue(role, out Subscription? subscription))
            return new Problem("role", $"the framework does not have role '{role}'");
        var counts = new SortedDictionary<Obstacle, int>();
        var listed = new List<AgentVerdict>();
        foreach (AgentEntry agent in _agents.Values)
        {
            (Obstacle obstacle, string detail) = Judge(subscription, agent, need);
            counts[obstacle] = counts.GetValueOrDefault(obstacle) + 1;
            if (listed.Count < listAgents)
                listed.Add(new AgentVerdict(agent.Info.Id, agent.Info.Hostname, obstacle, detail));
        }
        return new Explanation(id, role, GeneralObstacles(subscription), counts, listed);
    }

    /// <summary>Says how a role stands and what keeps it from offers.</summary>
    public Result<RoleExplanation> ExplainRole(string role)
    {
        if (role is null || !_roles.TryGetValue(role, out RoleNode? node))
            return new Problem("role", $"'{role}' is not known: no framework, quota or reservation has it");
        RoleQuota? quota = node.Quota;
        bool isTop = ReferenceEquals(node.TopLevel, node);
        int frameworks = CountFrameworks(node);
        var remarks = new List<string>();
        if (frameworks == 0)
            remarks.Add("no framework is subscribed in it");
        else if (node.Runnable == 0)
            remarks.Add("no framework in it wants offers: all are inactive, suppressed, served or hold too many offers");
        if (node.TopLevel.IsParked)
            remarks.Add($"the quota limit of '{node.TopLevel.Name}' is used up");
        if (node.Parent == _root && quota is null && _quota.Roles.Count > 0 && !_quota.Surplus().AllowsAny(_options.MinimumAllocatable))
            remarks.Add($"all that is idle is kept for guarantees of other roles ({_quota.Required})");
        return new RoleExplanation(
            role, node.Weight, _totals.DominantShare(node.Allocated), node.Allocated.ToQuantities(),
            isTop ? node.UnreservedAllocated.ToQuantities().Add(node.Reserved.ToQuantities()) : Quantities.Zero,
            quota?.Guarantees ?? Quantities.Zero, quota?.Limits ?? new Dictionary<ResourceName, long>(), quota?.Owed ?? Quantities.Zero,
            frameworks, node.Runnable, remarks);
    }

    private static int CountFrameworks(RoleNode node) =>
        node.Subscriptions.Values.Count(subscription => subscription.IsSubscribed) + node.Children.Values.Sum(CountFrameworks);

    private List<string> GeneralObstacles(Subscription subscription)
    {
        FrameworkEntry framework = subscription.Framework;
        var found = new List<string>();
        if (!framework.IsRegistered)
            found.Add("the framework has not registered since the allocator started; agents report its tasks");
        else if (!framework.IsActive)
            found.Add("the framework is not connected");
        if (!subscription.IsSubscribed)
            found.Add("the framework is no longer subscribed in this role");
        if (subscription.IsSuppressed)
            found.Add("offers are suppressed in this role until it is revived");
        if (framework.OffersHeld >= framework.HoldLimit)
            found.Add($"the framework holds {framework.OffersHeld} open offers, as many as it may ({framework.HoldLimit})");
        if (framework.IsShareCapped)
            found.Add($"open offers of the framework hold {Percent(_totals.DominantShare(framework.Offered))} of the cluster");
        if (subscription.Request is { IsCovered: true })
            found.Add("open offers cover all that it requested");
        if (subscription.Role.TopLevel.IsParked)
            found.Add($"the quota limit of role '{subscription.Role.TopLevel.Name}' is used up");
        if (IsPaused)
            found.Add($"after a fail-over {_agents.Count} of at least {_recoveryTarget} agents are back");
        return found;

        static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);
    }

    private (Obstacle Obstacle, string Detail) Judge(Subscription subscription, AgentEntry agent, Need? need)
    {
        if (!agent.IsReachable)
            return (Obstacle.AgentUnreachable, "the agent cannot be reached");
        if (agent.IsDraining)
            return (Obstacle.AgentDraining, "the agent is being drained");
        if (!agent.IsActive)
            return (Obstacle.AgentInactive, "the agent is deactivated");
        FrameworkCapabilities missing = agent.Required & ~subscription.Framework.Capabilities;
        if (missing.HasFlag(FrameworkCapabilities.GpuResources))
            return (Obstacle.GpuFence, "the agent has gpus; the framework lacks GPU_RESOURCES");
        if (missing != 0)
            return (Obstacle.Region, $"the agent is in region '{agent.Info.Domain?.Region}'; the framework lacks REGION_AWARE");
        if ((subscription.Constraints?.FirstFailing(agent.Info) ?? need?.Constraints?.FirstFailing(agent.Info)) is { } constraint)
            return (Obstacle.Attribute, $"constraint '{constraint}' fails");
        return need is null ? JudgeIdle(subscription, agent) : JudgeNeed(subscription, agent, need);
    }

    private (Obstacle Obstacle, string Detail) JudgeNeed(Subscription subscription, AgentEntry agent, Need need)
    {
        var size = new RequestedSize(need.Size, 1, need.Ports);
        Resources usable = ForFramework(agent.Total, subscription);
        if (!Holds(usable, size))
        {
            return Holds(agent.Total, size)
                ? (Obstacle.Reservation, "enough is there, but reserved for other roles or of a kind that the framework does not understand")
                : Lack(size, usable, usable);
        }
        Resources idle = ForFramework(agent.Available, subscription);
        if (Holds(idle, size))
            return JudgeQuota(subscription, agent, idle, size);
        Resources own = WithOffers(agent, subscription, idle, own: true);
        if (Holds(own, size))
            return (Obstacle.OfferHeldByItself, $"{OffersText(agent, subscription, own: true)} of the framework itself");
        if (Holds(WithOffers(agent, subscription, own, own: false), size))
            return (Obstacle.OfferHeldByAnother, OffersText(agent, subscription, own: false));
        return Lack(size, idle, usable);
    }

    private (Obstacle Obstacle, string Detail) JudgeIdle(Subscription subscription, AgentEntry agent)
    {
        Resources idle = ForFramework(agent.Available, subscription);
        if (IsWorthOffering(subscription, idle))
            return JudgeQuota(subscription, agent, idle, null);
        Resources own = WithOffers(agent, subscription, idle, own: true);
        if (IsWorthOffering(subscription, own))
            return (Obstacle.OfferHeldByItself, $"{OffersText(agent, subscription, own: true)} of the framework itself");
        if (IsWorthOffering(subscription, WithOffers(agent, subscription, own, own: false)))
            return (Obstacle.OfferHeldByAnother, OffersText(agent, subscription, own: false));
        if (IsWorthOffering(subscription, agent.Available))
            return (Obstacle.Reservation, "what is idle is reserved for other roles or of a kind that the framework does not understand");
        return Lack(
            new RequestedSize((subscription.Minimum ?? _options.MinimumAllocatable)[0]), idle, ForFramework(agent.Total, subscription));
    }

    private (Obstacle Obstacle, string Detail) JudgeQuota(Subscription subscription, AgentEntry agent, Resources idle, RequestedSize? size)
    {
        if (agent.HeldFor is { } other && !ReferenceEquals(other, subscription))
            return (Obstacle.HeldForRequest, $"held for a large request of '{other.Framework.Id}' for {Left(agent.HeldUntil)}");
        RoleNode top = subscription.Role.TopLevel;
        if (_quota.Roles.Count > 0)
        {
            if (!Suffices(Allowed(subscription, agent, QuotaBook.LimitRoom(top))))
                return (Obstacle.QuotaLimit, $"role '{top.Name}' consumes {top.UnreservedAllocated.ToQuantities().Add(top.Reserved.ToQuantities())} and may not exceed its limits");
            if (!Suffices(Allowed(subscription, agent, _quota.FairRoom(top))))
                return (Obstacle.QuotaHeadroom, $"{_quota.Required} is kept for guarantees of other roles, {_quota.Available} is idle");
        }
        for (RefuseFilter? filter = agent.Filters?.GetValueOrDefault(subscription); filter is not null; filter = filter.NextOfPair)
        {
            if (filter.Refused.Contains(idle))
                return (Obstacle.Filter, $"refused by the framework for another {Left(filter.Until)}");
        }
        return (Obstacle.None, "it will be offered in turn");

        bool Suffices(Resources resources) => size is null ? IsWorthOffering(subscription, resources) : Holds(resources, size);
    }

    private string Left(long until) =>
        until == long.MaxValue ? "ever" : string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(until - _now).TotalSeconds:0.#} s");

    private static Resources WithOffers(AgentEntry agent, Subscription subscription, Resources idle, bool own)
    {
        foreach (OfferEntry offer in agent.Offers)
        {
            if (own == ReferenceEquals(offer.Subscription.Framework, subscription.Framework))
                idle = idle.Add(ForFramework(offer.Resources.NonShared(), subscription));
        }
        return idle;
    }

    private string OffersText(AgentEntry agent, Subscription subscription, bool own)
    {
        OfferEntry oldest = agent.Offers.First(offer => own == ReferenceEquals(offer.Subscription.Framework, subscription.Framework));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"in an offer to '{oldest.Subscription.Framework.Id}', unanswered for {TimeSpan.FromTicks(_now - oldest.MadeAt).TotalSeconds:0.#} s");
    }

    private static bool Holds(Resources resources, RequestedSize size) =>
        Slices.Fits(size, resources.Quantities, Slices.PortsOf(resources), 1) == 1;

    private static (Obstacle Obstacle, string Detail) Lack(RequestedSize size, Resources idle, Resources usable)
    {
        foreach ((ResourceName name, long milli) in size.Size.NonZero())
        {
            if (idle.Quantities[name] >= milli)
                continue;
            Obstacle obstacle = name == ResourceName.Cpus ? Obstacle.Cpus
                : name == ResourceName.Mem ? Obstacle.Mem
                : name == ResourceName.Disk ? Obstacle.Disk
                : name == ResourceName.Gpus ? Obstacle.Gpus
                : Obstacle.OtherResource;
            return (obstacle, $"needs {FixedPoint.Format(milli)} {name}, {FixedPoint.Format(idle.Quantities[name])} free of {FixedPoint.Format(usable.Quantities[name])}");
        }
        return (Obstacle.Ports, $"needs {size.Ports} ports, {Slices.PortsOf(idle)} free of {Slices.PortsOf(usable)}");
    }
}
