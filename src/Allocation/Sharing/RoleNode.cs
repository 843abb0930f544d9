using ActorScheduler.Allocation.Quota;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Sharing;

/// <summary>
/// A role in the tree. Only what wants offers stands in an order, so that a thousand suppressed frameworks cost nothing.
/// <code>
///   root: order of top-level roles
///     eng: order of child roles and, under "eng/.", of its own frameworks
///       eng/web: ...
/// </code>
/// </summary>
internal sealed class RoleNode : ShareNode
{
    public readonly RoleNode? Parent;
    public readonly RoleNode[] Path;
    public readonly Dictionary<string, RoleNode> Children = new(StringComparer.Ordinal);
    public readonly Dictionary<FrameworkId, Subscription> Subscriptions = [];
    public readonly ShareOrder ChildOrder;
    public readonly ShareOrder FrameworkOrder;
    public readonly OwnFrameworks Own;

    /// <summary>Its place among the roles that guarantees are owed to; an order of its own, hence a node of its own.</summary>
    public readonly OwedRole OwedPlace;

    /// <summary>Quota; top-level roles only.</summary>
    public RoleQuota? Quota;

    /// <summary>Scalars reserved for the role and below on all agents, in use or not; top-level roles only.</summary>
    public Tally Reserved;

    /// <summary>Unreserved, non-revocable scalars allocated to the role and below; top-level roles only.</summary>
    public Tally UnreservedAllocated;

    /// <summary>Subscriptions in the sub-tree that want offers.</summary>
    public int Runnable;

    /// <summary>Its limit leaves nothing worth offering; it does not stand in the root's order.</summary>
    public bool IsParked;

    /// <summary>Somebody in it was passed over because of the limit since it last grew.</summary>
    public bool WasLimited;

    /// <summary>Something is owed to it, and for want of surplus it was passed over with a little more.</summary>
    public bool WasShort;

    public RoleNode(string name, RoleNode? parent, ClusterTotals totals)
        : base(name)
    {
        Parent = parent;
        // The root is no part of a path: Path[0] is the top-level role.
        Path = parent is null ? [] : [.. parent.Path, this];
        ChildOrder = new ShareOrder(totals);
        FrameworkOrder = new ShareOrder(totals);
        Own = new OwnFrameworks(this);
        OwedPlace = new OwedRole(this);
    }

    public string Name => Id;

    public RoleNode TopLevel => Path[0];

    public bool CanBePruned =>
        Parent is not null && Children.Count == 0 && Subscriptions.Count == 0 && Quota is null && Allocated.IsZero && Reserved.IsZero;

    /// <summary>The frameworks directly in a role, as one competitor among the child roles; its weight is 1, as in Mesos.</summary>
    internal sealed class OwnFrameworks(RoleNode role) : ShareNode(role.Id + "/.")
    {
        public readonly RoleNode Role = role;
    }
    /// <summary>A role among those that guarantees are owed to.</summary>
    internal sealed class OwedRole(RoleNode role) : ShareNode(role.Id)
    {
        public readonly RoleNode Role = role;
    }
}
