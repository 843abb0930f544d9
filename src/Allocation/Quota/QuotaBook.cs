using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Quota;

/// <summary>
/// Running sums of quota: what each role consumes (its allocation plus all that is reserved for it), what is owed to all roles
/// together, and what is available to pay it with. Nothing here is ever summed up anew.
/// </summary>
internal sealed class QuotaBook
{
    private Tally _available;
    private Tally _required;

    /// <summary>Top-level roles with quota.</summary>
    public readonly List<RoleNode> Roles = [];

    /// <summary>More could be allocated beyond guarantees than when this was last cleared.</summary>
    public bool SurplusGrew;

    /// <summary>Unreserved and idle on agents that take part.</summary>
    public Quantities Available => _available.ToQuantities();

    /// <summary>Whether something but cpus, mem, disk and gpus is owed.</summary>
    public bool OwesOthers => _required.Others is { Count: > 0 };

    /// <summary>Owed to all roles together.</summary>
    public Quantities Required => _required.ToQuantities();

    public void ChangeAvailable(Quantities before, Quantities after)
    {
        _available.Subtract(before);
        _available.Add(after);
        SurplusGrew |= !before.Contains(after);
    }

    /// <summary>Consumption as quota counts it.</summary>
    public static long Consumed(RoleNode top, ResourceName name) => top.UnreservedAllocated.Of(name) + top.Reserved.Of(name);

    /// <summary>Recomputes what is owed to a role after its consumption or quota changed; true when more is owed than before.</summary>
    public bool Settle(RoleNode top, Quantities owedBefore)
    {
        Quantities owed = Quantities.Zero;
        if (top.Quota is { } quota && !quota.Guarantees.IsZero)
        {
            Quantities guarantees = quota.Guarantees;
            owed = guarantees.Others.Length == 0
                ? Quantities.OfMilli(
                    Math.Max(0, guarantees.Cpus - top.UnreservedAllocated.Cpus - top.Reserved.Cpus),
                    Math.Max(0, guarantees.Mem - top.UnreservedAllocated.Mem - top.Reserved.Mem),
                    Math.Max(0, guarantees.Disk - top.UnreservedAllocated.Disk - top.Reserved.Disk),
                    Math.Max(0, guarantees.Gpus - top.UnreservedAllocated.Gpus - top.Reserved.Gpus))
                : guarantees.SubtractOrZero(top.UnreservedAllocated.ToQuantities().Add(top.Reserved.ToQuantities()));
        }
        if (top.Quota is not null)
            top.Quota.Owed = owed;
        _required.Subtract(owedBefore);
        _required.Add(owed);
        SurplusGrew |= !owed.Contains(owedBefore);
        return !owedBefore.Contains(owed);
    }

    /// <summary>What may be allocated beyond guarantees: no bound for a resource that nothing is owed of.</summary>
    public Room Surplus() => new(
        Beyond(_available.Cpus, _required.Cpus), Beyond(_available.Mem, _required.Mem),
        Beyond(_available.Disk, _required.Disk), Beyond(_available.Gpus, _required.Gpus));

    /// <summary>The same for a resource of another name.</summary>
    public long Surplus(ResourceName name) => Beyond(_available.Of(name), _required.Of(name));

    /// <summary>Room under the role's limits.</summary>
    public static Room LimitRoom(RoleNode top)
    {
        if (top.Quota is not { } quota)
            return Room.Unlimited;
        return new Room(
            Left(quota.LimitCpus, top.UnreservedAllocated.Cpus + top.Reserved.Cpus),
            Left(quota.LimitMem, top.UnreservedAllocated.Mem + top.Reserved.Mem),
            Left(quota.LimitDisk, top.UnreservedAllocated.Disk + top.Reserved.Disk),
            Left(quota.LimitGpus, top.UnreservedAllocated.Gpus + top.Reserved.Gpus));
    }

    /// <summary>Room in the first stage: guaranteed resources up to the guarantee, others as far as they are nobody's guarantee.</summary>
    public Room OwedRoom(RoleNode top)
    {
        RoleQuota quota = top.Quota!;
        Room surplus = Surplus();
        return new Room(
            quota.Guarantees.Cpus > 0 ? quota.Owed.Cpus : surplus.Cpus, quota.Guarantees.Mem > 0 ? quota.Owed.Mem : surplus.Mem,
            quota.Guarantees.Disk > 0 ? quota.Owed.Disk : surplus.Disk, quota.Guarantees.Gpus > 0 ? quota.Owed.Gpus : surplus.Gpus)
            .AtMost(LimitRoom(top));
    }

    /// <summary>Room in the second stage: what is owed to the role itself, and beyond that what is owed to nobody.</summary>
    public Room FairRoom(RoleNode top)
    {
        Room surplus = Surplus();
        if (top.Quota is not { } quota)
            return surplus;
        return new Room(
            Plus(surplus.Cpus, quota.Owed.Cpus), Plus(surplus.Mem, quota.Owed.Mem),
            Plus(surplus.Disk, quota.Owed.Disk), Plus(surplus.Gpus, quota.Owed.Gpus))
            .AtMost(LimitRoom(top));
    }

    private static long Beyond(long available, long required) => required == 0 ? long.MaxValue : Math.Max(0, available - required);

    private static long Left(long limit, long consumed) => limit == long.MaxValue ? limit : Math.Max(0, limit - consumed);

    private static long Plus(long surplus, long owed) => surplus == long.MaxValue ? surplus : surplus + owed;
}
