namespace ActorScheduler.Allocation.Sharing;

/// <summary>Something that competes with its siblings: a role, the frameworks directly in a role, or one framework in a role.</summary>
internal abstract class ShareNode(string id)
{
    /// <summary>Breaks the last tie, so that the order is total.</summary>
    public readonly string Id = id;

    /// <summary>What it holds, offers included.</summary>
    public Tally Allocated;

    /// <summary>Entitlement relative to siblings.</summary>
    public double Weight = 1;

    /// <summary>Dominant share divided by weight, as of when its order was last computed. Written by <see cref="ShareOrder"/> alone.</summary>
    public double Share;

    /// <summary>How often it was given something: who got less often goes first on a tie, as in Mesos.</summary>
    public long Allocations;

    /// <summary>The order it stands in; null while it wants nothing.</summary>
    public ShareOrder? Order;

    public static int Compare(ShareNode a, ShareNode b)
    {
        if (a.Share != b.Share)
            return a.Share < b.Share ? -1 : 1;
        if (a.Allocations != b.Allocations)
            return a.Allocations < b.Allocations ? -1 : 1;
        return string.CompareOrdinal(a.Id, b.Id);
    }
}
