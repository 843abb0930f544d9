using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Quota;
using ActorScheduler.Allocation.Requests;
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
        int start = _openAgents.Count == 0 ? 0 : _random.Next(_openAgents.Count);
        AgentEntry[] agents = interested.Count == 0 ? [] : [.. _openAgents[start..], .. _openAgents[..start]];
        foreach (AgentEntry agent in agents)
        {
            if (interested.Count == 0)
                return;
            if (agent.HeldFor is not null)
                continue;
            while (agent.OpenIndex >= 0 && TryAny(interested, agent))
            {
                interested.RemoveAll(static subscription => !subscription.IsRunnable);
                if (interested.Count > 1)
                    interested.Sort(CompareForService);
            }
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
        (agent.Available.ObjectCount > 0 ? _keptBackSpecial : _keptBack).Enqueue(agent);
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
        top.WasLimited |= limit.Cuts(agent.Available) || agent.Available.ObjectCount > 0 && !limit.IsUnlimited;
        Room surplus = _quota.Surplus();
        if (surplus.Cuts(agent.Available) || agent.Available.ObjectCount > 0 && !surplus.IsUnlimited)
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

    private Resources? Shape(Subscription subscription, AgentEntry agent, in Room room, out int[]? promised)
    {
        promised = null;
        if (IsOverShare(subscription.Framework))
        {
            if (!_overShare.Contains(subscription.Framework))
                _overShare.Add(subscription.Framework);
            return null;
        }
        if ((agent.Required & ~subscription.Framework.Capabilities) != 0 || IsRefused(subscription, agent, agent.Available)
            || !PassesConstraints(subscription, agent))
            return null;
        Resources resources = Allowed(subscription, agent, room);
        if (subscription.Request is { } request)
        {
            promised = Slices.Cut(request, ref resources);
            if (promised is null)
                return null;
        }
        else if (!IsWorthOffering(subscription, resources))
        {
            return null;
        }
        return IsRefused(subscription, agent, resources) ? null : resources;
    }

    /// <summary>What of the available resources the framework may be given by role, capabilities and quota.</summary>
    private Resources Allowed(Subscription subscription, AgentEntry agent, in Room room)
    {
        Resources resources = agent.Available;
        if (resources.ObjectCount > 0)
        {
            resources = ForFramework(resources, subscription);
            if (!room.IsUnlimited || subscription.Role.TopLevel.Quota is { LimitsOthers: true } || _quota.OwesOthers)
                return UnderQuota(resources, subscription.Role.TopLevel, room);
        }
        return room.Cuts(resources) ? resources.WithPlainAtMost(room.Cpus, room.Mem, room.Disk, room.Gpus) : resources;
    }

    private static Resources ForFramework(Resources resources, Subscription subscription)
    {
        FrameworkCapabilities able = subscription.Framework.Capabilities;
        string role = subscription.Role.Name;
        bool revocable = able.HasFlag(FrameworkCapabilities.RevocableResources);
        bool shared = able.HasFlag(FrameworkCapabilities.SharedResources);
        bool refined = able.HasFlag(FrameworkCapabilities.ReservationRefinement);
        return resources.Where(
            key => key.IsAllocatableTo(role) && (revocable || !key.IsRevocable) && (shared || !key.IsShared) && (refined || !key.IsRefined),
            withPlain: true);
    }

    /// <summary>Unreserved objects (whole disks, resources of other names) count against quota too, each as a whole.</summary>
    private Resources UnderQuota(Resources resources, RoleNode top, Room room)
    {
        long cpus = room.Cpus, mem = room.Mem, disk = room.Disk, gpus = room.Gpus;
        Resources objects = Resources.From(resources.Where(static _ => true, withPlain: false).Objects().Where(resource =>
        {
            ResourceKey key = resource.Key;
            if (!key.IsUnreserved || key.IsRevocable || key.IsShared || key.Kind != ValueKind.Scalar)
                return true;
            long milli = key.IsIndivisible ? key.Size * resource.Amount.Number : resource.Amount.Number;
            if (key.Name == ResourceName.Cpus)
                return Fits(ref cpus, milli);
            if (key.Name == ResourceName.Mem)
                return Fits(ref mem, milli);
            if (key.Name == ResourceName.Disk)
                return Fits(ref disk, milli);
            if (key.Name == ResourceName.Gpus)
                return Fits(ref gpus, milli);
            long left = Math.Min(
                _quota.Surplus(key.Name) is var surplus && surplus == long.MaxValue ? surplus : surplus + (top.Quota?.Owed[key.Name] ?? 0),
                top.Quota is { } quota && quota.Limits.TryGetValue(key.Name, out long limit)
                    ? Math.Max(0, limit - QuotaBook.Consumed(top, key.Name)) : long.MaxValue);
            return Fits(ref left, milli);
        }));
        return Resources.OfMilli(
            Math.Min(resources.PlainCpus, cpus), Math.Min(resources.PlainMem, mem), Math.Min(resources.PlainDisk, disk),
            Math.Min(resources.PlainGpus, gpus), resources.PlainPorts).Add(objects);

        static bool Fits(ref long left, long milli)
        {
            if (milli > left)
                return false;
            left = left == long.MaxValue ? left : left - milli;
            return true;
        }
    }

    private bool IsWorthOffering(Subscription subscription, Resources resources) =>
        HasMinimum(resources.HasShared ? resources.NonShared() : resources, subscription.Minimum ?? _options.MinimumAllocatable)
        || resources.HasReserved && !resources.Where(static key => !key.IsUnreserved && !key.IsShared, withPlain: false).IsEmpty;

    private bool PassesConstraints(Subscription subscription, AgentEntry agent)
    {
        if (subscription.Constraints is not { } constraints)
            return true;
        if (agent.Slot >= subscription.ConstraintVerdicts.Length)
            Array.Resize(ref subscription.ConstraintVerdicts, Math.Max(_slots.Count, agent.Slot + 1));
        ref byte verdict = ref subscription.ConstraintVerdicts[agent.Slot];
        if (verdict == 0)
            verdict = constraints.AreSatisfiedBy(agent.Info) ? (byte)1 : (byte)2;
        return verdict == 1;
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
