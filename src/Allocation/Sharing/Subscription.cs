using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Requests;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Sharing;

/// <summary>One framework in one role: what offers are made to.</summary>
internal sealed class Subscription(FrameworkEntry framework, RoleNode role) : ShareNode(framework.Id.Value)
{
    public readonly FrameworkEntry Framework = framework;
    public readonly RoleNode Role = role;

    /// <summary>The framework lists the role; else it merely still holds something in it.</summary>
    public bool IsSubscribed;
    public bool IsSuppressed;

    /// <summary>Stands in its role's order: it may be offered something.</summary>
    public bool IsRunnable;

    /// <summary>Became able to take what others left; to be tried on agents that are settled otherwise.</summary>
    public bool IsDirty;

    public OfferConstraints? Constraints;
    public IReadOnlyList<Quantities>? Minimum;

    /// <summary>What it said it can use; null for whole machines.</summary>
    public OpenRequest? Request;

    /// <summary>Verdicts of the constraints by agent slot: 0 not asked yet, 1 passes, 2 fails.</summary>
    public byte[] ConstraintVerdicts = [];

    /// <summary>Refusals, oldest first.</summary>
    public RefuseFilter? OldestFilter;
    public RefuseFilter? NewestFilter;

    /// <summary>Agents on which it uses something.</summary>
    public readonly HashSet<AgentEntry> Agents = [];
}
