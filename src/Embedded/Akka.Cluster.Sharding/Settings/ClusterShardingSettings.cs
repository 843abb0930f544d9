using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace Akka.Cluster.Sharding;

/// <summary>Settings of one type of entities, begun with those of the section <c>akka.cluster.sharding</c>.</summary>
public sealed class ClusterShardingSettings : INoSerializationVerificationNeeded
{
    /// <summary>Members that have it host shards; null for all members.</summary>
    public readonly string? Role;

    public readonly bool RememberEntities;

    /// <summary>Configuration path of the journal; empty for the default one.</summary>
    public readonly string JournalPluginId;

    /// <summary>Configuration path of the snapshot store; empty for the default one.</summary>
    public readonly string SnapshotPluginId;

    /// <summary>Entities without messages for so long are stopped; zero for never.</summary>
    public readonly TimeSpan PassivateIdleEntityAfter;

    public readonly StateStoreMode StateStoreMode;

    public readonly RememberEntitiesStore RememberEntitiesStore;

    public readonly TimeSpan ShardRegionQueryTimeout;

    public readonly TuningParameters TuningParameters;

    public readonly ClusterSingletonManagerSettings CoordinatorSingletonSettings;

    /// <exception cref="ArgumentException">The state is to be kept where it cannot be here.</exception>
    public ClusterShardingSettings(
        string? role,
        bool rememberEntities,
        string journalPluginId,
        string snapshotPluginId,
        TimeSpan passivateIdleEntityAfter,
        StateStoreMode stateStoreMode,
        TuningParameters tuningParameters,
        ClusterSingletonManagerSettings coordinatorSingletonSettings)
        : this(
            role, rememberEntities, journalPluginId, snapshotPluginId, passivateIdleEntityAfter, stateStoreMode,
            RememberEntitiesStore.Eventsourced, TimeSpan.FromSeconds(3), tuningParameters, coordinatorSingletonSettings)
    {
    }

    private ClusterShardingSettings(
        string? role,
        bool rememberEntities,
        string journalPluginId,
        string snapshotPluginId,
        TimeSpan passivateIdleEntityAfter,
        StateStoreMode stateStoreMode,
        RememberEntitiesStore rememberEntitiesStore,
        TimeSpan shardRegionQueryTimeout,
        TuningParameters tuningParameters,
        ClusterSingletonManagerSettings coordinatorSingletonSettings)
    {
        if (stateStoreMode != StateStoreMode.Persistence)
        {
            throw new ArgumentException(
                $"akka.cluster.sharding.state-store-mode = {stateStoreMode.ToString().ToLowerInvariant()}: this engine keeps the state of sharding in a journal only; use persistence",
                nameof(stateStoreMode));
        }

        Role = string.IsNullOrEmpty(role) ? null : role;
        RememberEntities = rememberEntities;
        JournalPluginId = journalPluginId ?? "";
        SnapshotPluginId = snapshotPluginId ?? "";
        PassivateIdleEntityAfter = passivateIdleEntityAfter;
        StateStoreMode = stateStoreMode;
        RememberEntitiesStore = rememberEntitiesStore;
        ShardRegionQueryTimeout = shardRegionQueryTimeout;
        TuningParameters = tuningParameters;
        CoordinatorSingletonSettings = coordinatorSingletonSettings;
    }

    /// <summary>Whether idle entities are stopped.</summary>
    internal bool PassivatesIdleEntities => PassivateIdleEntityAfter > TimeSpan.Zero && !RememberEntities;

    public static ClusterShardingSettings Create(ActorSystem system)
    {
        ClusterSharding.InjectDefaults(system);
        var sharding = system.Settings.Config.GetConfig("akka.cluster.sharding");
        return Create(sharding, system.Settings.Config.GetConfig(sharding.GetString("coordinator-singleton")));
    }

    /// <param name="config">The section akka.cluster.sharding.</param>
    /// <param name="singletonConfig">The section of the coordinator's singleton.</param>
    /// <exception cref="ConfigurationException">A value is none of those that are known.</exception>
    public static ClusterShardingSettings Create(Config config, Config singletonConfig)
    {
        var idle = config.GetString("passivate-idle-entity-after")?.ToLowerInvariant() is "off" or "false" or "no"
            ? TimeSpan.Zero
            : config.GetTimeSpan("passivate-idle-entity-after");
        return new ClusterShardingSettings(
            config.GetString("role"),
            config.GetBoolean("remember-entities"),
            config.GetString("journal-plugin-id"),
            config.GetString("snapshot-plugin-id"),
            idle,
            Read<StateStoreMode>(config, "state-store-mode"),
            Read<RememberEntitiesStore>(config, "remember-entities-store"),
            config.GetTimeSpan("shard-region-query-timeout"),
            ReadTuning(config),
            ClusterSingletonManagerSettings.Create(singletonConfig));
    }

    public ClusterShardingSettings WithRole(string? role) => Copy(role: role ?? "");

    public ClusterShardingSettings WithRememberEntities(bool rememberEntities) => Copy(rememberEntities: rememberEntities);

    public ClusterShardingSettings WithJournalPluginId(string journalPluginId) => Copy(journalPluginId: journalPluginId ?? "");

    public ClusterShardingSettings WithSnapshotPluginId(string snapshotPluginId) => Copy(snapshotPluginId: snapshotPluginId ?? "");

    public ClusterShardingSettings WithTuningParameters(TuningParameters tuningParameters) =>
        Copy(tuningParameters: tuningParameters ?? throw new ArgumentNullException(nameof(tuningParameters)));

    public ClusterShardingSettings WithStateStoreMode(StateStoreMode mode) => Copy(stateStoreMode: mode);

    public ClusterShardingSettings WithPassivateIdleAfter(TimeSpan duration) => Copy(passivateIdleAfter: duration);

    public ClusterShardingSettings WithCoordinatorSingletonSettings(ClusterSingletonManagerSettings coordinatorSingletonSettings) =>
        Copy(coordinatorSingletonSettings: coordinatorSingletonSettings);

    private static TuningParameters ReadTuning(Config config) => new(
        config.GetTimeSpan("coordinator-failure-backoff"),
        config.GetTimeSpan("retry-interval"),
        config.GetInt("buffer-size"),
        config.GetTimeSpan("handoff-timeout"),
        config.GetTimeSpan("shard-start-timeout"),
        config.GetTimeSpan("shard-failure-backoff"),
        config.GetTimeSpan("entity-restart-backoff"),
        config.GetTimeSpan("rebalance-interval"),
        config.GetInt("snapshot-after"),
        config.GetInt("keep-nr-of-batches"),
        config.GetInt("least-shard-allocation-strategy.rebalance-threshold"),
        config.GetInt("least-shard-allocation-strategy.max-simultaneous-rebalance"),
        config.GetTimeSpan("waiting-for-state-timeout"),
        config.GetTimeSpan("updating-state-timeout"),
        config.GetString("entity-recovery-strategy"),
        config.GetTimeSpan("entity-recovery-constant-rate-strategy.frequency"),
        config.GetInt("entity-recovery-constant-rate-strategy.number-of-entities"),
        config.GetInt("coordinator-state.write-majority-plus"),
        config.GetInt("coordinator-state.read-majority-plus"),
        config.GetInt("least-shard-allocation-strategy.rebalance-absolute-limit"),
        config.GetDouble("least-shard-allocation-strategy.rebalance-relative-limit"));

    private static T Read<T>(Config config, string key)
        where T : struct, Enum =>
        Enum.TryParse<T>(config.GetString(key), ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new ConfigurationException(
                $"akka.cluster.sharding.{key} = {config.GetString(key)}: expected one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

    private ClusterShardingSettings Copy(
        string? role = null,
        bool? rememberEntities = null,
        string? journalPluginId = null,
        string? snapshotPluginId = null,
        TimeSpan? passivateIdleAfter = null,
        StateStoreMode? stateStoreMode = null,
        TuningParameters? tuningParameters = null,
        ClusterSingletonManagerSettings? coordinatorSingletonSettings = null) => new(
        role ?? Role,
        rememberEntities ?? RememberEntities,
        journalPluginId ?? JournalPluginId,
        snapshotPluginId ?? SnapshotPluginId,
        passivateIdleAfter ?? PassivateIdleEntityAfter,
        stateStoreMode ?? StateStoreMode,
        RememberEntitiesStore,
        ShardRegionQueryTimeout,
        tuningParameters ?? TuningParameters,
        coordinatorSingletonSettings ?? CoordinatorSingletonSettings);
}
