using ActorScheduler.Allocation;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Master.Offers;

/// <summary>Times and limits of the allocator: <c>actorscheduler.allocator</c>.</summary>
public sealed record AllocatorSettings
{
    /// <summary>How long commands gather before offers are made.</summary>
    public required TimeSpan BatchDelay { get; init; }

    /// <summary>How often agents are to show up.</summary>
    public required TimeSpan HeartbeatInterval { get; init; }

    /// <summary>An agent that was not heard of for so long is unreachable.</summary>
    public required TimeSpan UnreachableAfter { get; init; }

    /// <summary>Facts between snapshots, at least.</summary>
    public required int SnapshotEvery { get; init; }

    /// <summary>The pure allocator's own.</summary>
    public required AllocationOptions Allocation { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    public static AllocatorSettings From(Config config)
    {
        var section = new SettingsSection(config, "actorscheduler.allocator");
        var options = new AllocationOptions
        {
            OfferTimeout = section.Time("offer-timeout"),
            OffersHeldPerFramework = section.Count("offers-held-per-framework"),
            OfferedSharePerFramework = section.Fraction("offered-share-per-framework"),
            RecoveryFraction = section.Fraction("recovery-fraction"),
            RecoveryTimeout = section.Time("recovery-timeout"),
            PreemptAfter = section.Time("preempt-after"),
            GatherAfter = section.Time("gather-after"),
            MinimumAllocatable = [Quantities.Of(cpus: section.Number("min-cpus")), Quantities.Of(mem: section.Number("min-mem"))],
        };
        var settings = new AllocatorSettings
        {
            BatchDelay = section.Time("batch-delay"),
            HeartbeatInterval = section.Time("heartbeat-interval"),
            UnreachableAfter = section.Time("unreachable-after"),
            SnapshotEvery = section.Count("snapshot-every"),
            Allocation = options,
        };
        return options.Check() is { } problem ? throw new ArgumentException($"actorscheduler.allocator: {problem}")
            : settings.UnreachableAfter < settings.HeartbeatInterval * 2
                ? throw new ArgumentException("actorscheduler.allocator.unreachable-after must be at least twice the heartbeat-interval")
                : settings;
    }
}
