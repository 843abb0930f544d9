namespace ActorScheduler.Model;

/// <summary>What a framework says it understands; what it does not understand it is not offered.</summary>
[Flags]
public enum FrameworkCapabilities
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Takes resources that may be taken back (oversubscription).</summary>
    RevocableResources = 1,

    /// <summary>Wants TASK_KILLING.</summary>
    TaskKillingState = 2,

    /// <summary>Knows what graphics processors are for; others are not offered agents that have them.</summary>
    GpuResources = 4,

    /// <summary>Takes persistent volumes that tasks share.</summary>
    SharedResources = 8,

    /// <summary>Tells a lost agent from a lost task.</summary>
    PartitionAware = 16,

    /// <summary>May have several roles.</summary>
    MultiRole = 32,

    /// <summary>Understands reservations within reservations.</summary>
    ReservationRefinement = 64,

    /// <summary>Takes agents in other regions than the allocator's.</summary>
    RegionAware = 128,
}
