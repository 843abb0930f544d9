using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Configuration;

namespace ActorScheduler.Master.Frameworks;

/// <summary>Times and limits of frameworks' actors: <c>actorscheduler.frameworks</c>.</summary>
public sealed record FrameworkSettings
{
    /// <summary>How many shards there are of frameworks' actors.</summary>
    public required int Shards { get; init; }

    /// <summary>How often schedulers are to show up.</summary>
    public required TimeSpan SessionInterval { get; init; }

    /// <summary>A scheduler that was not heard of for so long is not there.</summary>
    public required TimeSpan SessionTimeout { get; init; }

    /// <summary>First pause before something is sent again; it doubles.</summary>
    public required TimeSpan RetryMin { get; init; }

    /// <summary>Longest pause before something is sent again.</summary>
    public required TimeSpan RetryMax { get; init; }

    /// <summary>Most tasks that have not ended, of one framework.</summary>
    public required int Tasks { get; init; }

    /// <summary>Tasks that have ended, kept for those who ask.</summary>
    public required int CompletedTasks { get; init; }

    /// <summary>Events between snapshots, at least.</summary>
    public required int SnapshotEvery { get; init; }

    /// <summary>Most updates in one message to a scheduler.</summary>
    public required int UpdatesPerMessage { get; init; }

    /// <summary>Most offers in one message to a scheduler.</summary>
    public required int OffersPerMessage { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    public static FrameworkSettings From(Config config)
    {
        var section = new SettingsSection(config, "actorscheduler.frameworks");
        return new FrameworkSettings
        {
            Shards = section.Count("shards", FrameworkExtractor.MostShards),
            SessionInterval = section.Time("session-interval"),
            SessionTimeout = section.Time("session-timeout"),
            RetryMin = section.Time("retry-min"),
            RetryMax = section.Time("retry-max"),
            Tasks = section.Count("max-tasks"),
            CompletedTasks = section.Count("completed-tasks"),
            SnapshotEvery = section.Count("snapshot-every"),
            UpdatesPerMessage = section.Count("updates-per-message"),
            OffersPerMessage = section.Count("offers-per-message"),
        };
    }
}
