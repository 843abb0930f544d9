using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>Limits of sandboxes: <c>actorscheduler.agent.sandbox</c>.</summary>
internal sealed record SandboxSettings
{
    /// <summary>Longest that all artifacts of a task may take.</summary>
    public required TimeSpan FetchTimeout { get; init; }

    /// <summary>Longest that a download may stand still.</summary>
    public required TimeSpan StallTimeout { get; init; }

    /// <summary>How often a download is tried whose server or connection fails.</summary>
    public required int FetchAttempts { get; init; }

    /// <summary>Pause before the second attempt; it doubles.</summary>
    public required TimeSpan FetchPause { get; init; }

    /// <summary>Most bytes of one artifact.</summary>
    public required long MaxArtifactSize { get; init; }

    /// <summary>Most bytes that one archive may become.</summary>
    public required long MaxUnpackedSize { get; init; }

    /// <summary>Most bytes in the cache.</summary>
    public required long CacheSize { get; init; }

    /// <summary>How long sandboxes of ended runs are kept while the disk is empty.</summary>
    public required TimeSpan GcAge { get; init; }

    /// <summary>Part of the disk that is to stay free.</summary>
    public required double GcHeadroom { get; init; }

    /// <summary>Whether a task is ended whose sandbox takes more than the task has of the disk.</summary>
    public required bool EnforceDisk { get; init; }

    /// <summary>How often it is looked how much sandboxes take.</summary>
    public required TimeSpan DiskInterval { get; init; }

    /// <summary>Part of the disk below which no more tasks start.</summary>
    public required double MinFree { get; init; }

    /// <summary>How often it is looked for sandboxes to remove.</summary>
    public required TimeSpan GcInterval { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    public static SandboxSettings From(Config config)
    {
        var section = new SettingsSection(config, "actorscheduler.agent.sandbox");
        return new SandboxSettings
        {
            FetchTimeout = section.Time("fetch-timeout"),
            StallTimeout = section.Time("stall-timeout"),
            FetchAttempts = section.Count("fetch-attempts"),
            FetchPause = section.Time("fetch-pause"),
            MaxArtifactSize = section.Bytes("max-artifact-size"),
            MaxUnpackedSize = section.Bytes("max-unpacked-size"),
            CacheSize = section.Bytes("cache-size"),
            GcAge = section.Age("gc-age"),
            GcHeadroom = section.Fraction("gc-headroom"),
            EnforceDisk = section.Switch("enforce-disk"),
            DiskInterval = section.Time("disk-interval"),
            MinFree = section.Fraction("min-free"),
            GcInterval = section.Time("gc-interval"),
        };
    }
}
