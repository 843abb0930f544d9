using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Quota;
using ActorScheduler.Allocation.Requests;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>What of an agent one framework in one role would be offered.</content>
public sealed partial class Allocator
{
    private readonly Resources?[] _allowed = new Resources?[8];
    private Resources? _allowedOf;
    private RoleNode? _allowedRole;
    private Room _allowedRoom;

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
        return IsRefused(subscription, agent, resources, isSlice: promised is not null) ? null : resources;
    }

    /// <summary>What of the available resources the framework may be given by role, capabilities and quota.</summary>
    private Resources Allowed(Subscription subscription, AgentEntry agent, in Room room)
    {
        Resources resources = agent.Available;
        if (resources.ObjectCount > 0)
            return AllowedOfSpecial(subscription, resources, room);
        return room.Cuts(resources) ? resources.WithPlainAtMost(room.Cpus, room.Mem, room.Disk, room.Gpus) : resources;
    }

    /// <summary>
    /// The same where there is more than plain resources. Frameworks of one role that understand the same are allowed the same, and
    /// they are asked one after the other: the last answers are kept.
    /// </summary>
    private Resources AllowedOfSpecial(Subscription subscription, Resources available, in Room room)
    {
        if (!ReferenceEquals(_allowedOf, available) || !ReferenceEquals(_allowedRole, subscription.Role) || !_allowedRoom.Equals(room))
        {
            Array.Clear(_allowed);
            (_allowedOf, _allowedRole, _allowedRoom) = (available, subscription.Role, room);
        }
        FrameworkCapabilities able = subscription.Framework.Capabilities;
        int kind = (able.HasFlag(FrameworkCapabilities.RevocableResources) ? 1 : 0) | (able.HasFlag(FrameworkCapabilities.SharedResources) ? 2 : 0)
            | (able.HasFlag(FrameworkCapabilities.ReservationRefinement) ? 4 : 0);
        // What quota allows of other names changes with the books though agent and room stay the same: nothing is remembered then.
        bool dependsOnOthers = _quota.OwesOthers || subscription.Role.TopLevel.Quota is { LimitsOthers: true };
        if (!dependsOnOthers && _allowed[kind] is { } known)
            return known;
        Resources resources = ForFramework(available, subscription);
        if (!room.IsUnlimited || dependsOnOthers)
            resources = UnderQuota(resources, subscription.Role.TopLevel, room);
        if (!dependsOnOthers)
            _allowed[kind] = resources;
        return resources;
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

    /// <summary>
    /// Unreserved objects (whole disks, resources of other names) count against quota too. Divisible ones are cut to the room;
    /// others go whole or not at all.
    /// </summary>
    private Resources UnderQuota(Resources resources, RoleNode top, Room room)
    {
        long cpus = room.Cpus, mem = room.Mem, disk = room.Disk, gpus = room.Gpus;
        Dictionary<ResourceName, long>? others = null;
        Resources objects = Resources.From(resources.Where(static _ => true, withPlain: false).Objects().Select(resource =>
        {
            ResourceKey key = resource.Key;
            if (!key.IsUnreserved || key.IsRevocable || key.IsShared || key.Kind != ValueKind.Scalar)
                return resource;
            if (key.Name == ResourceName.Cpus)
                return Take(ref cpus, resource);
            if (key.Name == ResourceName.Mem)
                return Take(ref mem, resource);
            if (key.Name == ResourceName.Disk)
                return Take(ref disk, resource);
            if (key.Name == ResourceName.Gpus)
                return Take(ref gpus, resource);
            // One room for all objects of a name.
            others ??= [];
            long left = others.TryGetValue(key.Name, out long rest) ? rest : RoomForOther(top, key.Name);
            resource = Take(ref left, resource);
            others[key.Name] = left;
            return resource;
        }));
        return Resources.OfMilli(
            Math.Min(resources.PlainCpus, cpus), Math.Min(resources.PlainMem, mem), Math.Min(resources.PlainDisk, disk),
            Math.Min(resources.PlainGpus, gpus), resources.PlainPorts).Add(objects);

        static Resource Take(ref long left, Resource resource)
        {
            if (left == long.MaxValue)
                return resource;
            long number = !resource.Key.IsIndivisible ? Math.Min(left, resource.Amount.Number)
                : resource.Key.Size == 0 ? resource.Amount.Number
                : Math.Min(left / resource.Key.Size, resource.Amount.Number);
            left -= resource.Key.IsIndivisible ? number * resource.Key.Size : number;
            return resource with { Amount = new Amount(number) };
        }
    }

    /// <summary>Room for a resource that is not one of the four well-known ones; the same in both stages.</summary>
    private long RoomForOther(RoleNode top, ResourceName name)
    {
        long surplus = _quota.Surplus(name);
        long room = surplus == long.MaxValue ? surplus : surplus + (top.Quota?.Owed[name] ?? 0);
        return top.Quota is { } quota && quota.Limits.TryGetValue(name, out long limit)
            ? Math.Min(room, Math.Max(0, limit - QuotaBook.Consumed(top, name)))
            : room;
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
}
