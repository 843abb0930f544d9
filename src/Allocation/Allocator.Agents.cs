using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>Commands about agents, and the book of what is available on them.</content>
public sealed partial class Allocator
{
    private readonly Stack<int> _freeSlots = [];
    private readonly List<AgentEntry?> _slots = [];

    /// <summary>Enters an agent with what is used on it already. Frameworks that are not known yet are noted as not active.</summary>
    /// <param name="info">The agent.</param>
    /// <param name="total">All its resources, reserved, revocable and in use included.</param>
    /// <param name="usages">What is used on it; several entries of one framework and role add up.</param>
    /// <param name="now">The caller's clock.</param>
    public Refusal? AddAgent(AgentInfo info, Resources total, IReadOnlyList<AgentUsage> usages, TimeSpan now)
    {
        Advance(now);
        if (IdRules.Check("info.id", info.Id.Value) is { } badId)
            return Invalid(badId);
        if (total.CheckAmounts("total") is { } badTotal)
            return Invalid(badTotal);
        if (_agents.ContainsKey(info.Id))
            return new Refusal(RefusalKind.Duplicate, "info.id", $"'{info.Id}' is there already");
        if (_agents.Count >= _options.Agents)
            return new Refusal(RefusalKind.LimitReached, "info.id", $"there are {_options.Agents} agents already");
        if (CheckUsages(usages) is { } refusal)
            return refusal;
        if (!_freeSlots.TryPop(out int slot))
        {
            slot = _slots.Count;
            _slots.Add(null);
        }
        var agent = new AgentEntry(info, slot);
        _slots[slot] = agent;
        _agents.Add(info.Id, agent);
        ForgetVerdicts(agent);
        SetTotal(agent, total);
        foreach (AgentUsage usage in usages)
            Use(agent, SubscriptionOf(FrameworkOf(usage.FrameworkId), RoleOf(usage.Role)), usage.Resources, usage.Tasks);
        RecomputeAvailable(agent);
        Mark(agent);
        return null;
    }

    /// <summary>
    /// The agent has other resources or says other things of itself. Open offers on it are rescinded when what they hold is no
    /// longer there, or when its facts changed. What is in use stays booked even if the agent claims to have less.
    /// </summary>
    public Refusal? UpdateAgent(AgentInfo info, Resources total, TimeSpan now)
    {
        Advance(now);
        if (!_agents.TryGetValue(info.Id, out AgentEntry? agent))
            return Unknown("info.id", info.Id);
        if (total.CheckAmounts("total") is { } badTotal)
            return Invalid(badTotal);
        bool factsChanged = agent.Info.Hostname != info.Hostname || agent.Info.Domain != info.Domain || agent.Info.Kinds != info.Kinds
            || !agent.Info.Attributes.SequenceEqual(info.Attributes);
        agent.Info = info;
        Resources held = agent.Holdings.Aggregate(Resources.Empty, (sum, holding) => sum.Add(holding.Resources.NonShared()));
        held = agent.Offers.Aggregate(held, (sum, offer) => sum.Add(offer.Resources.NonShared()));
        bool isSharedGone = agent.Offers.Exists(offer => offer.Resources.HasShared && !total.Contains(offer.Resources.Shared()));
        if (factsChanged || isSharedGone || !total.Contains(held))
            RescindAll(agent, RescindReason.AgentChanged);
        if (factsChanged)
            ForgetVerdicts(agent);
        SetTotal(agent, total);
        RecomputeAvailable(agent);
        Mark(agent);
        return null;
    }

    /// <summary>Forgets an agent (gone, or declared gone by an operator) and all that is used on it.</summary>
    public Refusal? RemoveAgent(AgentId id, TimeSpan now)
    {
        Advance(now);
        if (!_agents.TryGetValue(id, out AgentEntry? agent))
            return Unknown("id", id);
        RescindAll(agent, RescindReason.AgentRemoved);
        Release(agent);
        CancelMaintenance(agent);
        agent.IsActive = false;
        // Nobody waits for an agent that is gone to become empty.
        agent.IsDrained = true;
        foreach (Holding holding in agent.Holdings.ToArray())
            Free(agent, holding, holding.Resources);
        RemoveFilters(agent);
        SetTotal(agent, Resources.Empty);
        SetAvailable(agent, Resources.Empty);
        _agents.Remove(id);
        _slots[agent.Slot] = null;
        _freeSlots.Push(agent.Slot);
        return null;
    }

    /// <summary>The agent cannot be reached: nothing of it is offered. What runs there stays booked, as it may still run.</summary>
    public Refusal? MarkUnreachable(AgentId id, TimeSpan now) => ChangeState(id, now, agent => agent.IsReachable = false);

    /// <summary>The agent can be reached again.</summary>
    public Refusal? MarkReachable(AgentId id, TimeSpan now) => ChangeState(id, now, agent => agent.IsReachable = true);

    /// <summary>Offers nothing of the agent until it is reactivated. Its tasks stay.</summary>
    public Refusal? DeactivateAgent(AgentId id, TimeSpan now) => ChangeState(id, now, agent => agent.IsActive = false);

    /// <summary>Empties the agent: nothing of it is offered, and <see cref="Decision.AgentDrained"/> follows when nothing is used any more.</summary>
    public Refusal? DrainAgent(AgentId id, TimeSpan now) => ChangeState(id, now, agent => agent.IsDraining = true);

    /// <summary>Ends deactivation and drain.</summary>
    public Refusal? ReactivateAgent(AgentId id, TimeSpan now) => ChangeState(id, now, static agent =>
    {
        agent.IsActive = true;
        agent.IsDraining = false;
        agent.IsDrained = false;
    });

    private Refusal? ChangeState(AgentId id, TimeSpan now, Action<AgentEntry> change)
    {
        Advance(now);
        if (!_agents.TryGetValue(id, out AgentEntry? agent))
            return Unknown("id", id);
        change(agent);
        if (!agent.IsOfferable)
        {
            RescindAll(agent, RescindReason.AgentInactive);
            Release(agent);
        }
        SetAvailable(agent, agent.Available);
        Mark(agent);
        ReviewDrain(agent);
        return null;
    }

    private void ReviewDrain(AgentEntry agent)
    {
        if (!agent.IsDraining || agent.IsDrained || agent.Holdings.Count > 0)
            return;
        agent.IsDrained = true;
        _decisions.Add(new Decision.AgentDrained(agent.Info.Id));
    }

    private static Refusal? CheckUsages(IReadOnlyList<AgentUsage> usages)
    {
        for (int i = 0; i < usages.Count; i++)
        {
            if (IdRules.Check($"usages[{i}].framework_id", usages[i].FrameworkId.Value) is { } badId)
                return Invalid(badId);
            if (RoleName.Check($"usages[{i}].role", usages[i].Role) is { } badRole)
                return Invalid(badRole);
            if (usages[i].Resources.CheckAmounts($"usages[{i}].resources") is { } badAmount)
                return Invalid(badAmount);
            foreach (TaskSketch task in usages[i].Tasks ?? [])
            {
                if ((IdRules.Check("task_id", task.Id.Value) ?? task.Resources.CheckAmounts("resources")
                    ?? task.ExecutorResources?.CheckAmounts("executor.resources")) is { } badTask)
                    return Invalid(badTask.Under($"usages[{i}].tasks"));
            }
        }
        return null;
    }

    /// <summary>Books a new total: denominators of shares, what is reserved for whom, who may see the agent.</summary>
    private void SetTotal(AgentEntry agent, Resources total)
    {
        Resources before = agent.Total;
        agent.Total = total;
        if (!before.Quantities.Equals(total.Quantities))
        {
            _totals.Subtract(before.Quantities);
            _totals.Add(total.Quantities);
            ReviewShareCaps();
        }
        if (before.HasReserved || total.HasReserved)
            SetReserved(before, total);
        agent.Required = (_options.FenceGpus && total.Quantities.Gpus > 0 ? FrameworkCapabilities.GpuResources : 0)
            | (_options.HomeRegion is { } home && agent.Info.Domain is { } domain && domain.Region != home ? FrameworkCapabilities.RegionAware : 0);
    }

    /// <summary>Books what a reservation or volume operation did to an agent: costs as much as it changed.</summary>
    private void Convert(AgentEntry agent, Conversion conversion)
    {
        agent.Total = agent.Total.Subtract(conversion.Consumed).Add(conversion.Converted);
        SetReserved(conversion.Consumed, conversion.Converted);
    }

    private void SetReserved(Resources before, Resources after)
    {
        IReadOnlyDictionary<string, Quantities> was = before.ReservedQuantities();
        IReadOnlyDictionary<string, Quantities> now = after.ReservedQuantities();
        foreach (string role in was.Keys.Union(now.Keys).ToArray())
        {
            Quantities less = was.GetValueOrDefault(role, Quantities.Zero);
            Quantities more = now.GetValueOrDefault(role, Quantities.Zero);
            if (less.Equals(more))
                continue;
            RoleNode node = RoleOf(role);
            node.TopLevel.Reserved.Subtract(less);
            node.TopLevel.Reserved.Add(more);
            ConsumptionChanged(node.TopLevel, hasShrunk: !more.Contains(less));
            Prune(node);
        }
    }

    /// <summary>Books resources as used.</summary>
    private void Use(AgentEntry agent, Subscription subscription, Resources resources, IReadOnlyList<TaskSketch>? tasks)
    {
        Holding? holding = agent.HoldingOf(subscription);
        if (holding is null)
        {
            agent.Holdings.Add(holding = new Holding(subscription));
            subscription.Agents.Add(agent);
        }
        holding.Resources = holding.Resources.Add(resources);
        foreach (TaskSketch task in tasks ?? [])
            (holding.Tasks ??= [])[task.Id] = task;
        Charge(subscription, resources, isOffer: false);
    }

    /// <summary>Books used resources as free again. The agent is marked.</summary>
    private void Free(AgentEntry agent, Holding holding, Resources resources)
    {
        // A task may claim more than is still booked: what is not held cannot be freed, or it would be offered twice.
        if (holding.Resources.TrySubtract(resources, out Resources left))
        {
            holding.Resources = left;
        }
        else
        {
            left = holding.Resources.SubtractOrEmpty(resources);
            resources = holding.Resources.Subtract(left);
            holding.Resources = left;
        }
        Discharge(holding.Subscription, resources);
        if (holding.Resources.IsEmpty)
        {
            agent.Holdings.Remove(holding);
            holding.Subscription.Agents.Remove(agent);
            DropIfLeft(holding.Subscription);
            ReviewDrain(agent);
        }
        GiveBack(agent, resources);
    }

    /// <summary>Forgets a role of a framework, and a framework that only agents told of, once nothing is left of it.</summary>
    private void DropIfLeft(Subscription subscription)
    {
        if (subscription.IsSubscribed || subscription.Agents.Count > 0 || !subscription.Allocated.IsZero)
            return;
        DropSubscription(subscription);
        FrameworkEntry framework = subscription.Framework;
        if (!framework.IsRegistered && framework.Subscriptions.Count == 0)
            _frameworks.Remove(framework.Id);
    }

    /// <summary>Puts resources that nobody holds any more back into what is available.</summary>
    private void GiveBack(AgentEntry agent, Resources resources)
    {
        if (agent.IsOvercommitted)
            RecomputeAvailable(agent);
        else
            SetAvailable(agent, agent.Available.Add(resources.NonShared()));
        Mark(agent);
    }

    private void RecomputeAvailable(AgentEntry agent)
    {
        Resources available = agent.Total;
        agent.IsOvercommitted = false;
        foreach (Holding holding in agent.Holdings)
            available = Without(agent, available, holding.Resources);
        foreach (OfferEntry offer in agent.Offers)
            available = Without(agent, available, offer.Resources);
        SetAvailable(agent, available);
    }

    private static Resources Without(AgentEntry agent, Resources available, Resources taken)
    {
        Resources exclusive = taken.NonShared();
        if (available.TrySubtract(exclusive, out Resources left))
            return left;
        agent.IsOvercommitted = true;
        return available.SubtractOrEmpty(exclusive);
    }

    private void SetAvailable(AgentEntry agent, Resources available)
    {
        agent.Available = available;
        Quantities headroom = agent.IsOfferable ? HeadroomOf(available) : Quantities.Zero;
        if (!ReferenceEquals(headroom, agent.Headroom))
        {
            _quota.ChangeAvailable(agent.Headroom, headroom);
            agent.Headroom = headroom;
        }
        UpdateOpen(agent);
    }

    /// <summary>Keeps the list of agents that have something left worth offering.</summary>
    private void UpdateOpen(AgentEntry agent)
    {
        // What may be taken back is worth nothing as long as nobody would take it.
        Resources left = _revocableTakers > 0 ? agent.Available : agent.Available.NonRevocable();
        bool isOpen = agent.IsOfferable
            && (HasMinimum(left, _options.MinimumAllocatable) || _ownMinimums > 0 && !left.IsEmpty || left.HasReserved);
        if (isOpen == agent.OpenIndex >= 0)
            return;
        if (isOpen)
        {
            agent.OpenIndex = _openAgents.Count;
            _openAgents.Add(agent);
            return;
        }
        AgentEntry last = _openAgents[^1];
        _openAgents[agent.OpenIndex] = last;
        last.OpenIndex = agent.OpenIndex;
        _openAgents.RemoveAt(_openAgents.Count - 1);
        agent.OpenIndex = -1;
    }

    private static bool HasMinimum(Resources resources, IReadOnlyList<Quantities> minimums)
    {
        if (resources.IsEmpty)
            return false;
        Quantities quantities = resources.Quantities;
        foreach (Quantities minimum in minimums)
        {
            if (quantities.Contains(minimum))
                return true;
        }
        return false;
    }

    private void ForgetVerdicts(AgentEntry agent)
    {
        foreach (Subscription subscription in _constrained)
        {
            if (agent.Slot < subscription.ConstraintVerdicts.Length)
                subscription.ConstraintVerdicts[agent.Slot] = 0;
        }
    }
}
