using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Book;

/// <summary>An agent in the book.</summary>
internal sealed class AgentEntry(AgentInfo info, int slot)
{
    /// <summary>Small number, reused: index into per-framework tables.</summary>
    public readonly int Slot = slot;
    public AgentInfo Info = info;
    public Resources Total = Resources.Empty;

    /// <summary>What is neither used nor offered. Shared resources are always available.</summary>
    public Resources Available = Resources.Empty;

    /// <summary>Scalars of <see cref="Available"/> that count as head-room, as booked.</summary>
    public Quantities Headroom = Quantities.Zero;

    /// <summary>What is used, by framework and role. Few on any one agent.</summary>
    public readonly List<Holding> Holdings = [];

    /// <summary>Open offers, few.</summary>
    public readonly List<OfferEntry> Offers = [];
    public Dictionary<Subscription, RefuseFilter>? Filters;

    /// <summary>Capabilities that a framework needs to see it.</summary>
    public FrameworkCapabilities Required;
    public bool IsActive = true;
    public bool IsReachable = true;
    public bool IsDraining;
    public bool IsDrained;
    public Unavailability? Unavailability;
    public Dictionary<FrameworkId, InverseEntry>? InverseOffers;

    /// <summary>The request that it is held for, and until when.</summary>
    public Subscription? HeldFor;
    public long HeldUntil;

    /// <summary>To be looked at by everybody in the next run.</summary>
    public bool IsDirty;

    /// <summary>More is used and offered than the agent now says it has.</summary>
    public bool IsOvercommitted;

    /// <summary>Something was kept back for unsatisfied guarantees.</summary>
    public bool IsKeptBack;

    /// <summary>Place in the list of agents with something left, or -1.</summary>
    public int OpenIndex = -1;

    public bool IsOfferable => IsActive && IsReachable && !IsDraining;

    public Holding? HoldingOf(Subscription subscription)
    {
        foreach (Holding holding in Holdings)
        {
            if (ReferenceEquals(holding.Subscription, subscription))
                return holding;
        }
        return null;
    }
}
