using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Quota;
using ActorScheduler.Allocation.Requests;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>What frameworks say they can use: slices, room gathered for large requests, preemption inside a role.</content>
public sealed partial class Allocator
{
    private readonly PriorityQueue<(Subscription Subscription, OpenRequest Request), long> _waiting = new();
    private readonly List<AgentEntry> _heldAgents = [];
    private int _searchCursor;
    private int _requests;

    /// <summary>Waiting requests are looked at no more often than this.</summary>
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(100);

    /// <summary>Tasks take a while to end: what they were displaced from is held for whom they made room even when gathering is off.</summary>
    private TimeSpan HoldTime => _options.GatherTimeout > TimeSpan.Zero ? _options.GatherTimeout : TimeSpan.FromMinutes(1);

    /// <summary>
    /// The framework says what it can use in a role: from now on its offers there are slices of these sizes, none beyond the
    /// number of instances, and a size that fits nowhere gets room gathered. Replaces an earlier request. An empty list goes back
    /// to offers of all that is left of an agent.
    /// </summary>
    public Refusal? Request(FrameworkId id, string role, IReadOnlyList<RequestedSize> sizes, TimeSpan now)
    {
        Advance(now);
        if (Find(id, [role], out IEnumerable<Subscription> found) is { } refusal)
            return refusal;
        if (sizes.Count > _options.SizesPerRequest)
            return new Refusal(RefusalKind.LimitReached, "sizes", $"must have at most {_options.SizesPerRequest} sizes, has {sizes.Count}");
        for (int i = 0; i < sizes.Count; i++)
        {
            RequestedSize size = sizes[i];
            if (size.Count < 1 || size.Ports is < 0 or > 65536 || size.Size.IsZero || size.Size.NonZero().Any(amount => amount.Value < 0))
                return Invalid($"sizes[{i}]", "needs a count of at least 1, ports from 0 to 65536 and some amount greater than 0");
            if (size.Size.NonZero().Any(amount => amount.Value > FixedPoint.Max / size.Count))
                return Invalid($"sizes[{i}]", "asks for more than any cluster has");
        }
        Subscription subscription = found.Single();
        EndRequest(subscription);
        subscription.Request = sizes.Count == 0 ? null : new OpenRequest([.. sizes], _now);
        _requests += sizes.Count == 0 ? 0 : 1;
        if (subscription.Request is { } request)
            AwaitRoom(subscription, request);
        Review(subscription);
        Mark(subscription);
        return null;
    }

    /// <summary>Enters a request among those that room may be made for, if room is ever made. Drops replaced ones when most are.</summary>
    private void AwaitRoom(Subscription subscription, OpenRequest request)
    {
        if (_options.GatherTimeout <= TimeSpan.Zero && _options.PreemptAfter == Timeout.InfiniteTimeSpan)
            return;
        if (_waiting.Count > 64 && _waiting.Count > 2 * _requests)
        {
            var live = _waiting.UnorderedItems.Where(item => ReferenceEquals(item.Element.Subscription.Request, item.Element.Request)).ToArray();
            _waiting.Clear();
            _waiting.EnqueueRange(live);
        }
        _waiting.Enqueue((subscription, request), After(_options.GatherAfter));
    }

    private void EndRequest(Subscription subscription)
    {
        if (subscription.Request is not { } request)
            return;
        if (request.Gathering is { } agent)
            Release(agent);
        subscription.Request = null;
        _requests--;
    }

    private long NextWaiting()
    {
        // While offers are withheld nobody looks at waiting requests, however overdue.
        long due = !IsPaused && _waiting.TryPeek(out _, out long waiting) ? waiting : long.MaxValue;
        foreach (AgentEntry agent in _heldAgents)
            due = Math.Min(due, agent.HeldUntil);
        return due;
    }

    /// <summary>Requests that have waited long enough get an agent held for them, by displacing lesser tasks of their role if need be.</summary>
    private void ServeWaiting()
    {
        int preemptionsLeft = _options.PreemptionsPerRun;
        for (int looked = 0; looked < 16
            && _waiting.TryPeek(out (Subscription Subscription, OpenRequest Request) next, out long due) && due <= _now; looked++)
        {
            _waiting.Dequeue();
            (Subscription subscription, OpenRequest request) = next;
            if (!ReferenceEquals(subscription.Request, request) || Array.TrueForAll(request.Wanted, static wanted => wanted == 0))
                continue;
            if (subscription.IsRunnable && FirstOpen(request) is { } size && HasWaited(request, _options.GatherAfter)
                && !TryPreempt(subscription, request, size, ref preemptionsLeft) && request.Gathering is null)
                TryGather(subscription, request, size);
            _waiting.Enqueue(next, NextLook(request));
        }
    }

    private bool HasWaited(OpenRequest request, TimeSpan time) =>
        time != Timeout.InfiniteTimeSpan && Later(request.WaitingSince, time) <= _now;

    private long NextLook(OpenRequest request)
    {
        long next = After(_options.GatherAfter < ShortestLook ? ShortestLook : _options.GatherAfter);
        if (_options.PreemptAfter != Timeout.InfiniteTimeSpan && Later(request.WaitingSince, _options.PreemptAfter) is var preempt && preempt > _now)
            next = Math.Min(next, preempt);
        return next;
    }

    private static RequestedSize? FirstOpen(OpenRequest request)
    {
        for (int i = 0; i < request.Sizes.Count; i++)
        {
            if (request.Wanted[i] > request.Promised[i])
                return request.Sizes[i];
        }
        return null;
    }

    /// <summary>Holds the agent on which most of the size is free already, among those that could carry it when empty.</summary>
    private void TryGather(Subscription subscription, OpenRequest request, RequestedSize size)
    {
        if (_options.GatherTimeout <= TimeSpan.Zero || request.NotBefore > _now || _agents.Count == 0
            || _heldAgents.Count >= Math.Max(1, (int)(_agents.Count * _options.GatheringFraction)) || !QuotaAllows(subscription, size))
            return;
        AgentEntry? best = null;
        double bestFree = -1;
        int most = Math.Min(_slots.Count, _options.AgentsSearchedPerRun);
        for (int i = 0; i < most; i++)
        {
            _searchCursor = (_searchCursor + 1) % _slots.Count;
            if (_slots[_searchCursor] is not { } agent || !CanCarry(subscription, agent, size))
                continue;
            double free = FreePart(agent.Available.Quantities, size.Size);
            if (free > bestFree)
                (best, bestFree) = (agent, free);
        }
        if (best is not null)
            Hold(best, subscription, request);
    }

    private bool QuotaAllows(Subscription subscription, RequestedSize size)
    {
        if (_quota.Roles.Count == 0)
            return true;
        Room room = QuotaBook.LimitRoom(subscription.Role.TopLevel);
        return size.Size.Cpus <= room.Cpus && size.Size.Mem <= room.Mem && size.Size.Disk <= room.Disk && size.Size.Gpus <= room.Gpus;
    }

    private bool CanCarry(Subscription subscription, AgentEntry agent, RequestedSize size)
    {
        if (!agent.IsOfferable || agent.HeldFor is { } other && !ReferenceEquals(other, subscription) || agent.Unavailability is not null
            || (agent.Required & ~subscription.Framework.Capabilities) != 0
            || HasRefused(subscription, agent, size) || !PassesConstraints(subscription, agent))
            return false;
        Resources usable = agent.Total.ObjectCount == 0 ? agent.Total : ForFramework(agent.Total, subscription).NonShared();
        return Slices.Fits(size, usable.Quantities, Slices.PortsOf(usable), 1) == 1;
    }

    /// <summary>Whether it refused what would hold the size; that it refused less, say what was left over, means nothing.</summary>
    private static bool HasRefused(Subscription subscription, AgentEntry agent, RequestedSize size)
    {
        for (RefuseFilter? filter = agent.Filters?.GetValueOrDefault(subscription); filter is not null; filter = filter.NextOfPair)
        {
            if (Slices.Fits(size, filter.Refused.Quantities, Slices.PortsOf(filter.Refused), 1) == 1)
                return true;
        }
        return false;
    }

    private static double FreePart(Quantities available, Quantities size)
    {
        double free = 1;
        foreach ((ResourceName name, long milli) in size.NonZero())
            free = Math.Min(free, (double)available[name] / milli);
        return free;
    }

    private void Hold(AgentEntry agent, Subscription subscription, OpenRequest request)
    {
        agent.HeldFor = subscription;
        agent.HeldUntil = After(HoldTime);
        request.Gathering = agent;
        _heldAgents.Add(agent);
    }

    /// <summary>Gives a held agent back to everybody.</summary>
    private void Release(AgentEntry agent)
    {
        if (agent.HeldFor is not { } subscription)
            return;
        agent.HeldFor = null;
        _heldAgents.Remove(agent);
        if (subscription.Request is { } request && ReferenceEquals(request.Gathering, agent))
        {
            request.Gathering = null;
            request.NotBefore = After(_options.GatherTimeout);
        }
        Mark(agent);
    }

    private void ReviewHeldAgents()
    {
        for (int i = _heldAgents.Count - 1; i >= 0; i--)
        {
            AgentEntry agent = _heldAgents[i];
            if (agent.HeldUntil <= _now || !agent.HeldFor!.IsRunnable)
                Release(agent);
        }
    }

    private void ServeHeld(AgentEntry agent)
    {
        Subscription subscription = agent.HeldFor!;
        if (!subscription.IsRunnable || agent.OpenIndex < 0 || !TryOffer(subscription, agent, _quota.Roles.Count == 0 ? Room.Unlimited : _quota.FairRoom(subscription.Role.TopLevel)))
            return;
        Release(agent);
        if (subscription.Request is { } request)
            request.NotBefore = 0;
    }

    /// <summary>Displaces the least important tasks of the same role on the agent where fewest have to go.</summary>
    private bool TryPreempt(Subscription subscription, OpenRequest request, RequestedSize size, ref int preemptionsLeft)
    {
        if (!HasWaited(request, _options.PreemptAfter) || request.NoPreemptionBefore > _now || !QuotaAllowsAfterPreemption(subscription, size))
            return false;
        AgentEntry? best = null;
        List<(Holding Holding, TaskSketch Task)> bestVictims = [];
        int searched = 0;
        foreach (Subscription neighbour in subscription.Role.Subscriptions.Values)
        {
            foreach (AgentEntry agent in neighbour.Agents)
            {
                if (searched++ >= _options.AgentsSearchedPerRun)
                    break;
                if (!CanCarry(subscription, agent, size) || Victims(agent, subscription, size) is not { } victims)
                    continue;
                if (best is null || IsLesser(victims, bestVictims))
                    (best, bestVictims) = (agent, victims);
            }
        }
        if (best is null || bestVictims.Count > preemptionsLeft)
            return false;
        preemptionsLeft -= bestVictims.Count;
        foreach ((Holding holding, TaskSketch task) in bestVictims)
        {
            (holding.Preempted ??= []).Add(task.Id);
            _decisions.Add(new Decision.TaskPreempted(best.Info.Id, holding.Subscription.Framework.Id, task.Id, subscription.Framework.Id));
        }
        if (request.Gathering is { } gathering)
            Release(gathering);
        request.NoPreemptionBefore = After(HoldTime);
        Hold(best, subscription, request);
        return true;
    }

    private static bool IsLesser(List<(Holding Holding, TaskSketch Task)> left, List<(Holding Holding, TaskSketch Task)> right)
    {
        int highestLeft = left.Max(victim => victim.Task.Priority);
        int highestRight = right.Max(victim => victim.Task.Priority);
        return highestLeft != highestRight ? highestLeft < highestRight : left.Count < right.Count;
    }

    /// <summary>A role at its limit may still exchange its own lesser tasks for a greater one.</summary>
    private static bool QuotaAllowsAfterPreemption(Subscription subscription, RequestedSize size) =>
        subscription.Role.TopLevel.Quota is not { } quota
        || size.Size.Cpus <= quota.LimitCpus && size.Size.Mem <= quota.LimitMem && size.Size.Disk <= quota.LimitDisk && size.Size.Gpus <= quota.LimitGpus;

    /// <summary>The tasks that have to go for the size to fit, none of them in vain; null when it would not fit all the same.</summary>
    private static List<(Holding Holding, TaskSketch Task)>? Victims(AgentEntry agent, Subscription subscription, RequestedSize size)
    {
        var candidates = new List<(Holding Holding, TaskSketch Task)>();
        foreach (Holding holding in agent.Holdings)
        {
            if (!ReferenceEquals(holding.Subscription.Role, subscription.Role) || holding.Tasks is null)
                continue;
            foreach (TaskSketch task in holding.Tasks.Values)
            {
                if (task.Priority < size.Priority && holding.Preempted?.Contains(task.Id) != true)
                    candidates.Add((holding, task));
            }
        }
        candidates.Sort(static (a, b) => a.Task.Priority != b.Task.Priority
            ? a.Task.Priority.CompareTo(b.Task.Priority)
            : string.CompareOrdinal(a.Task.Id.Value, b.Task.Id.Value));
        Resources room = ForFramework(agent.Available, subscription);
        var victims = new List<(Holding Holding, TaskSketch Task)>();
        foreach ((Holding holding, TaskSketch task) in candidates)
        {
            if (Fits(room))
                break;
            victims.Add((holding, task));
            room = room.Add(task.Resources.NonShared());
        }
        if (!Fits(room) || victims.Count == 0)
            return null;
        // Those chosen first may not be needed now that others go too; spare the most important first.
        for (int i = victims.Count - 1; i >= 0; i--)
        {
            if (room.TrySubtract(victims[i].Task.Resources.NonShared(), out Resources without) && Fits(without))
            {
                room = without;
                victims.RemoveAt(i);
            }
        }
        return victims;

        bool Fits(Resources resources) => Slices.Fits(size, resources.Quantities, Slices.PortsOf(resources), 1) == 1;
    }
}
