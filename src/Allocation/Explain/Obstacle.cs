namespace ActorScheduler.Allocation.Explain;

/// <summary>The first requirement that stands in the way, in the order in which they are looked at.</summary>
public enum Obstacle
{
    /// <summary>Nothing: it will be offered, as soon as those with a lower share have had theirs.</summary>
    None,

    /// <summary>The agent is deactivated.</summary>
    AgentInactive,

    /// <summary>The agent cannot be reached.</summary>
    AgentUnreachable,

    /// <summary>The agent is being emptied.</summary>
    AgentDraining,

    /// <summary>The agent has graphics processors and the framework does not say that it knows them.</summary>
    GpuFence,

    /// <summary>The agent is in another region and the framework does not say that it takes that.</summary>
    Region,

    /// <summary>The agent's attributes, host name, region or zone do not satisfy the framework's constraints.</summary>
    Attribute,

    /// <summary>Enough is there, but reserved for other roles, or of a kind that the framework does not understand.</summary>
    Reservation,

    /// <summary>Not enough cpus.</summary>
    Cpus,

    /// <summary>Not enough memory.</summary>
    Mem,

    /// <summary>Not enough disk.</summary>
    Disk,

    /// <summary>Not enough graphics processors.</summary>
    Gpus,

    /// <summary>Not enough ports.</summary>
    Ports,

    /// <summary>Not enough of a resource of another name.</summary>
    OtherResource,

    /// <summary>Enough would be there, were it not in open offers to the framework itself.</summary>
    OfferHeldByItself,

    /// <summary>Enough would be there, were it not in open offers to others.</summary>
    OfferHeldByAnother,

    /// <summary>The agent is held for a large request of another framework.</summary>
    HeldForRequest,

    /// <summary>The role's limit leaves no room.</summary>
    QuotaLimit,

    /// <summary>What is idle is kept for guarantees of other roles.</summary>
    QuotaHeadroom,

    /// <summary>The framework refused it; see the seconds left.</summary>
    Filter,
}
