using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>Settings below <c>akka.cluster</c>.</summary>
public sealed class ClusterSettings
{
    public ClusterSettings(Config config, string systemName)
    {
        var cluster = config.GetConfig("akka.cluster") ?? throw ConfigurationException.NullOrEmptyConfig<ClusterSettings>("akka.cluster");
        LogInfo = cluster.GetBoolean("log-info");
        FailureDetectorConfig = cluster.GetConfig("failure-detector");
        FailureDetectorImplementationClass = FailureDetectorConfig.GetString("implementation-class");
        HeartbeatInterval = FailureDetectorConfig.GetTimeSpan("heartbeat-interval");
        HeartbeatExpectedResponseAfter = FailureDetectorConfig.GetTimeSpan("expected-response-after");
        MonitoredByNrOfMembers = AtLeast(FailureDetectorConfig, "akka.cluster.failure-detector.", "monitored-by-nr-of-members", 1);
        SeedNodes = [.. (cluster.GetStringList("seed-nodes") ?? []).Select(ParseSeed)];
        SeedNodeTimeout = cluster.GetTimeSpan("seed-node-timeout");
        RetryUnsuccessfulJoinAfter = TimeOrOff(cluster, "retry-unsuccessful-join-after");
        ShutdownAfterUnsuccessfulJoinSeedNodes = TimeOrOff(cluster, "shutdown-after-unsuccessful-join-seed-nodes");
        PeriodicTasksInitialDelay = cluster.GetTimeSpan("periodic-tasks-initial-delay");
        GossipInterval = cluster.GetTimeSpan("gossip-interval");
        GossipTimeToLive = cluster.GetTimeSpan("gossip-time-to-live");
        LeaderActionsInterval = cluster.GetTimeSpan("leader-actions-interval");
        UnreachableNodesReaperInterval = cluster.GetTimeSpan("unreachable-nodes-reaper-interval");
        GossipDifferentViewProbability = cluster.GetDouble("gossip-different-view-probability");
        var weaklyUp = TimeOrOff(cluster, "allow-weakly-up-members");
        AllowWeaklyUpMembers = weaklyUp is not null;
        WeaklyUpAfter = weaklyUp ?? TimeSpan.Zero;
        Roles = [.. cluster.GetStringList("roles") ?? []];
        MinNrOfMembers = AtLeast(cluster, "akka.cluster.", "min-nr-of-members", 1);
        MinNrOfMembersOfRole = OfRoles(cluster);
        RunCoordinatedShutdownWhenDown = cluster.GetBoolean("run-coordinated-shutdown-when-down");
        UseDispatcher = cluster.GetString("use-dispatcher") is { Length: > 0 } given ? given : Dispatch.Dispatchers.InternalDispatcherId;
        DownRemovalMargin = TimeOrOff(cluster, "down-removal-margin");
        DowningProviderClass = cluster.GetString("downing-provider-class") ?? "";
        AppVersion = cluster.GetString("app-version") is var version && version is null or "" or "assembly-version"
            ? AppVersion.Create(System.Reflection.Assembly.GetEntryAssembly()?.GetName().Version?.ToString() ?? "0.0.0")
            : AppVersion.Create(version);

        Address ParseSeed(string text) => Address.TryParse(text, out Address? address) && address.Port is not null
            ? address.System == systemName ? address
                : throw new ConfigurationException($"akka.cluster.seed-nodes: [{text}] is of the system [{address.System}], this one is [{systemName}]")
            : throw new ConfigurationException($"akka.cluster.seed-nodes: [{text}] is no address; expected akka.tcp://{systemName}@host:port");
    }

    public bool LogInfo { get; }

    public Config FailureDetectorConfig { get; }

    public string FailureDetectorImplementationClass { get; }

    public TimeSpan HeartbeatInterval { get; }

    public TimeSpan HeartbeatExpectedResponseAfter { get; }

    /// <summary>How many members send each member heartbeats.</summary>
    public int MonitoredByNrOfMembers { get; }

    public ImmutableList<Address> SeedNodes { get; }

    public TimeSpan SeedNodeTimeout { get; }

    public TimeSpan? RetryUnsuccessfulJoinAfter { get; }

    public TimeSpan? ShutdownAfterUnsuccessfulJoinSeedNodes { get; }

    public TimeSpan PeriodicTasksInitialDelay { get; }

    public TimeSpan GossipInterval { get; }

    public TimeSpan GossipTimeToLive { get; }

    public TimeSpan LeaderActionsInterval { get; }

    public TimeSpan UnreachableNodesReaperInterval { get; }

    /// <summary>How often gossip goes to somebody who has not seen it, rather than to anybody.</summary>
    public double GossipDifferentViewProbability { get; }

    public bool AllowWeaklyUpMembers { get; }

    public TimeSpan WeaklyUpAfter { get; }

    public ImmutableHashSet<string> Roles { get; }

    public int MinNrOfMembers { get; }

    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    public string UseDispatcher { get; }

    public AppVersion AppVersion { get; }

    internal TimeSpan? DownRemovalMargin { get; }

    internal string DowningProviderClass { get; }

    private static TimeSpan? TimeOrOff(Config config, string key) =>
        config.GetString(key)?.ToLowerInvariant() is "off" or "false" or "" or null ? null : config.GetTimeSpan(key);

    private static int AtLeast(Config config, string section, string key, int least)
    {
        var value = config.GetInt(key);
        return value >= least ? value : throw new ConfigurationException($"{section}{key} = {value}: expected at least {least}");
    }

    private static ImmutableDictionary<string, int> OfRoles(Config cluster)
    {
        var section = cluster.GetConfig("role");
        if (section is null || section.IsEmpty) return ImmutableDictionary<string, int>.Empty;
        return section.Root.GetObject().Items.Keys.ToImmutableDictionary(
            role => role, role => section.GetInt($"\"{role}\".min-nr-of-members", 1));
    }
}
