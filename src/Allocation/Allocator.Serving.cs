using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Quota;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>
/// The walk: per agent first the roles that guarantees are owed to, then all in order of share, then those for whom something
/// is reserved there. Each step makes one offer and starts over, as every offer changes the order.
/// </content>
public sealed partial class Allocator
{
    private void ServeMarked()
    {
        if (_quota.SurplusGrew)
            WakeShortRoles();
        if (_dirtySubscriptions.Count > MostDirtySubscriptions)
        {
            foreach (AgentEntry agent in _openAgents)
                Mark(agent);
            ForgetMarks();
        }
        if (_dirtyAgents.Count > 0)
        {
            (List<AgentEntry> agents, _dirtyAgents) = (_dirtyAgents, _spareAgents);
            _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(agents));
            foreach (AgentEntry agent in agents)
            {
                agent.IsDirty = false;
                Serve(agent);
            }
            agents.Clear();
            _spareAgents = agents;
        }
        // Before the newly interested: others may have been waiting for the same surplus with a lower share.
        ServeKeptBack();
        if (_dirtySubscriptions.Count > 0)
            ServeMarkedSubscriptions();
    }

    private void ForgetMarks()
    {
        foreach (Subscription subscription in _dirtySubscriptions)
            subscription.IsDirty = false;
        _dirtySubscriptions.Clear();
    }

    /// <summary>Offers what is available on an agent until nobody takes any more of it.</summary>
    private void Serve(AgentEntry agent)
    {
        if (agent.HeldFor is not null)
        {
            ServeHeld(agent);
            return;
        }
        while (agent.OpenIndex >= 0 && _root.Runnable > 0 && (TryOwed(agent) || TryFair(agent) || TryReserved(agent)))
        {
        }
    }

    /// <summary>Looks for takers among the newly interested only: all others have passed on what is left.</summary>
    private void ServeMarkedSubscriptions()
    {
        List<Subscription> interested = [.. _dirtySubscriptions.Where(subscription => subscription.IsRunnable)];
        ForgetMarks();
        interested.Sort(CompareForService);
        // From a random place on, so that no agent is always first.
        int start = _openAgents.Count == 0 ? 0 : _random.Next(_openAgents.Count);
        OfferTo(interested, start, int.MaxValue);
        OfferTo(interested, 0, start);
    }

    /// <summary>Walks the open agents of a range. One that closes is replaced by the last of the list, which is looked at in its place.</summary>
    private void OfferTo(List<Subscription> interested, int from, int to)
    {
        for (int i = from; i < to && i < _openAgents.Count && interested.Count > 0;)
        {
            AgentEntry agent = _openAgents[i];
            while (agent.HeldFor is null && agent.OpenIndex >= 0 && TryAny(interested, agent))
            {
                interested.RemoveAll(static subscription => !subscription.IsRunnable);
                if (interested.Count > 1)
                    interested.Sort(CompareForService);
            }
            if (agent.OpenIndex == i)
                i++;
        }
    }

    private bool TryAny(List<Subscription> interested, AgentEntry agent)
    {
        if (_owedOrder.Count > 0)
        {
            foreach (Subscription subscription in interested)
            {
                RoleNode top = subscription.Role.TopLevel;
                if (top.OwedPlace.Order is not null && Pays(agent, top) && TryOffer(subscription, agent, _quota.OwedRoom(top)))
                    return true;
            }
        }
        foreach (Subscription subscription in interested)
        {
            RoleNode top = subscription.Role.TopLevel;
            if (subscription.IsRunnable && !top.IsParked && TryOffer(subscription, agent, FairRoom(top, agent)))
                return true;
        }
        if (_parked == 0 || !agent.Available.HasReserved)
            return false;
        foreach (Subscription subscription in interested)
        {
            RoleNode top = subscription.Role.TopLevel;
            if (subscription.IsRunnable && top.IsParked && !agent.Available.AllocatableTo(subscription.Role.Name).Reserved().IsEmpty
                && TryOffer(subscription, agent, FairRoom(top, agent)))
                return true;
        }
        return false;
    }

    /// <summary>What was kept back for guarantees is looked at again when more than that is idle.</summary>
    private void ServeKeptBack()
    {
        long made;
        do
        {
            made = _offersMade + _offersExtended;
            if (!_quota.SurplusGrew)
                return;
            _quota.SurplusGrew = false;
            WakeShortRoles();
            // Special resources may be worth offering with however little of the surplus; plain ones need the minimum.
            for (int left = _keptBackSpecial.Count; left > 0; left--)
                ServeKeptBack(_keptBackSpecial);
            for (int left = _keptBack.Count; left > 0 && (_ownMinimums > 0 || _quota.Surplus().AllowsAny(_options.MinimumAllocatable)); left--)
                ServeKeptBack(_keptBack);
        }
        while (_offersMade + _offersExtended > made && _keptBack.Count + _keptBackSpecial.Count > 0);
    }

    /// <summary>For roles that something is owed to, even a surplus too small to be offered by itself makes a difference.</summary>
    private void WakeShortRoles()
    {
        foreach (RoleNode role in _short)
        {
            role.WasShort = false;
            Mark(role);
        }
        _short.Clear();
    }

    private void KeepBack(AgentEntry agent)
    {
        if (agent.IsKeptBack)
            return;
        agent.IsKeptBack = true;
        Queue<AgentEntry> queue = agent.Available.ObjectCount > 0 ? _keptBackSpecial : _keptBack;
        queue.Enqueue(agent);
        if (queue.Count <= 2 * _agents.Count + 16)
            return;
        // Agents that have left stand in it still.
        AgentEntry[] present = [.. queue.Where(entry => ReferenceEquals(_slots[entry.Slot], entry))];
        queue.Clear();
        foreach (AgentEntry entry in present)
            queue.Enqueue(entry);
    }

    private void ServeKeptBack(Queue<AgentEntry> queue)
    {
        AgentEntry agent = queue.Dequeue();
        agent.IsKeptBack = false;
        Serve(agent);
    }

    /// <summary>First stage: the roles that something is owed to, in order of share, up to what is owed.</summary>
    private bool TryOwed(AgentEntry agent)
    {
        if (_owedOrder.Count == 0)
            return false;
        _owedOrder.Refresh();
        for (int i = 0; i < _owedOrder.Count; i++)
        {
            RoleNode top = ((RoleNode.OwedRole)_owedOrder[i]).Role;
            if (Pays(agent, top) && TryRole(top, agent, _quota.OwedRoom(top)))
                return true;
        }
        return false;
    }

    /// <summary>Whether the agent has something of what is owed to the role.</summary>
    private static bool Pays(AgentEntry agent, RoleNode top)
    {
        Quantities owed = top.Quota!.Owed;
        Quantities idle = agent.Headroom;
        if (Math.Min(owed.Cpus, idle.Cpus) > 0 || Math.Min(owed.Mem, idle.Mem) > 0 || Math.Min(owed.Disk, idle.Disk) > 0
            || Math.Min(owed.Gpus, idle.Gpus) > 0)
            return true;
        foreach ((ResourceName name, long milli) in owed.Others)
        {
            if (Math.Min(milli, idle[name]) > 0)
                return true;
        }
        return false;
    }

    /// <summary>Second stage: everybody in order of share, up to limits and without touching what is owed to others.</summary>
    private bool TryFair(AgentEntry agent)
    {
        bool onlyWhatIsOwed = _quota.Roles.Count > 0 && _ownMinimums == 0 && agent.Available.ObjectCount == 0
            && !_quota.Surplus().AllowsAny(_options.MinimumAllocatable);
        if (onlyWhatIsOwed)
        {
            // Nothing is left beyond guarantees: no need to walk those that are owed nothing.
            KeepBack(agent);
            for (int i = 0; i < _owedOrder.Count; i++)
            {
                RoleNode owed = ((RoleNode.OwedRole)_owedOrder[i]).Role;
                if (TryRole(owed, agent, FairRoom(owed, agent)))
                    return true;
            }
            return false;
        }
        _root.ChildOrder.Refresh();
        for (int i = 0; i < _root.ChildOrder.Count; i++)
        {
            var top = (RoleNode)_root.ChildOrder[i];
            Room room = FairRoom(top, agent);
            bool isPointless = _ownMinimums == 0 && agent.Available.ObjectCount == 0 && !room.IsUnlimited
                && !room.AllowsAny(_options.MinimumAllocatable);
            if (!isPointless && TryRole(top, agent, room))
                return true;
        }
        return false;
    }

    /// <summary>Room in the second stage; notes what was kept from the role, so that it hears when that changes.</summary>
    private Room FairRoom(RoleNode top, AgentEntry agent)
    {
        if (_quota.Roles.Count == 0)
            return Room.Unlimited;
        Room room = _quota.FairRoom(top);
        if (!room.Cuts(agent.Available) && agent.Available.ObjectCount == 0)
            return room;
        Room limit = QuotaBook.LimitRoom(top);
        top.WasLimited |= limit.Cuts(agent.Available)
            || agent.Available.ObjectCount > 0 && (!limit.IsUnlimited || top.Quota is { LimitsOthers: true });
        Room surplus = _quota.Surplus();
        if (surplus.Cuts(agent.Available) || agent.Available.ObjectCount > 0 && (!surplus.IsUnlimited || _quota.OwesOthers))
        {
            KeepBack(agent);
            if (!top.WasShort && top.Quota is { Owed.IsZero: false })
            {
                top.WasShort = true;
                _short.Add(top);
            }
        }
        return room;
    }

    /// <summary>Last: roles at their limit that something on the agent is reserved for.</summary>
    private bool TryReserved(AgentEntry agent)
    {
        if (_parked == 0 || !agent.Available.HasReserved)
            return false;
        foreach (string role in agent.Available.ReservedRoles())
        {
            if (_roles.TryGetValue(role, out RoleNode? node) && node.Runnable > 0 && node.TopLevel.IsParked
                && TryRole(node, agent, FairRoom(node.TopLevel, agent)))
                return true;
        }
        return false;
    }

    private bool TryRole(RoleNode role, AgentEntry agent, in Room room)
    {
        role.ChildOrder.Refresh();
        for (int i = 0; i < role.ChildOrder.Count; i++)
        {
            ShareNode child = role.ChildOrder[i];
            if (child is RoleNode inner)
            {
                if (TryRole(inner, agent, room))
                    return true;
                continue;
            }
            ShareOrder frameworks = role.FrameworkOrder;
            frameworks.Refresh();
            for (int j = 0; j < frameworks.Count; j++)
            {
                if (TryOffer((Subscription)frameworks[j], agent, room))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Makes an offer of as much as may and should go to this framework in this role, if that is anything.</summary>
    private bool TryOffer(Subscription subscription, AgentEntry agent, in Room room)
    {
        if (Shape(subscription, agent, room, out int[]? promised) is not { } resources)
            return false;
        MakeOffer(subscription, agent, resources, promised);
        return true;
    }

    /// <summary>Who of two comes first when the tree is walked.</summary>
    private int CompareForService(Subscription a, Subscription b)
    {
        if (ReferenceEquals(a, b))
            return 0;
        RoleNode[] left = a.Role.Path;
        RoleNode[] right = b.Role.Path;
        int depth = 0;
        while (depth < left.Length && depth < right.Length && ReferenceEquals(left[depth], right[depth]))
            depth++;
        if (depth == left.Length && depth == right.Length)
        {
            a.Role.FrameworkOrder.Refresh();
            return ShareNode.Compare(a, b);
        }
        (depth == 0 ? _root : left[depth - 1]).ChildOrder.Refresh();
        return ShareNode.Compare(depth < left.Length ? left[depth] : a.Role.Own, depth < right.Length ? right[depth] : b.Role.Own);
    }
}
