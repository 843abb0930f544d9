namespace Akka.Cluster.Sharding;

/// <summary>Times and bounds of sharding, as in the section <c>akka.cluster.sharding</c>.</summary>
public class TuningParameters
{
    /// <summary>After which a failed coordinator is started again.</summary>
    public readonly TimeSpan CoordinatorFailureBackoff;

    /// <summary>How often what was not answered is asked for again.</summary>
    public readonly TimeSpan RetryInterval;

    /// <summary>Most messages that a region, and each shard, holds back.</summary>
    public readonly int BufferSize;

    /// <summary>How long the entities of a shard that moves have to stop.</summary>
    public readonly TimeSpan HandOffTimeout;

    /// <summary>How often a region is told again to start a shard.</summary>
    public readonly TimeSpan ShardStartTimeout;

    /// <summary>After which a failed shard is started again.</summary>
    public readonly TimeSpan ShardFailureBackoff;

    /// <summary>After which a remembered entity that stopped is started again.</summary>
    public readonly TimeSpan EntityRestartBackoff;

    /// <summary>How often it is looked whether shards should move.</summary>
    public readonly TimeSpan RebalanceInterval;

    /// <summary>Events between two snapshots.</summary>
    public readonly int SnapshotAfter;

    /// <summary>Snapshots that are kept.</summary>
    public readonly int KeepNrOfBatches;

    public readonly int LeastShardAllocationRebalanceThreshold;

    public readonly int LeastShardAllocationMaxSimultaneousRebalance;

    public readonly TimeSpan WaitingForStateTimeout;

    public readonly TimeSpan UpdatingStateTimeout;

    /// <summary><c>all</c> or <c>constant</c>.</summary>
    public readonly string EntityRecoveryStrategy;

    public readonly TimeSpan EntityRecoveryConstantRateStrategyFrequency;

    public readonly int EntityRecoveryConstantRateStrategyNumberOfEntities;

    public readonly int CoordinatorStateWriteMajorityPlus;

    public readonly int CoordinatorStateReadMajorityPlus;

    /// <summary>Most shards that move in one round; 0 for the older strategy.</summary>
    public readonly int LeastShardAllocationAbsoluteLimit;

    /// <summary>Most shards that move in one round, as a share of all.</summary>
    public readonly double LeastShardAllocationRelativeLimit;

    /// <exception cref="ArgumentException">The recovery strategy is neither all nor constant.</exception>
    public TuningParameters(
        TimeSpan coordinatorFailureBackoff,
        TimeSpan retryInterval,
        int bufferSize,
        TimeSpan handOffTimeout,
        TimeSpan shardStartTimeout,
        TimeSpan shardFailureBackoff,
        TimeSpan entityRestartBackoff,
        TimeSpan rebalanceInterval,
        int snapshotAfter,
        int keepNrOfBatches,
        int leastShardAllocationRebalanceThreshold,
        int leastShardAllocationMaxSimultaneousRebalance,
        TimeSpan waitingForStateTimeout,
        TimeSpan updatingStateTimeout,
        string entityRecoveryStrategy,
        TimeSpan entityRecoveryConstantRateStrategyFrequency,
        int entityRecoveryConstantRateStrategyNumberOfEntities,
        int coordinatorStateWriteMajorityPlus,
        int coordinatorStateReadMajorityPlus,
        int leastShardAllocationAbsoluteLimit,
        double leastShardAllocationRelativeLimit)
    {
        if (entityRecoveryStrategy is not ("all" or "constant"))
            throw new ArgumentException($"Unknown 'entity-recovery-strategy' [{entityRecoveryStrategy}], valid values are 'all' or 'constant'", nameof(entityRecoveryStrategy));
        CoordinatorFailureBackoff = coordinatorFailureBackoff;
        RetryInterval = retryInterval;
        BufferSize = bufferSize;
        HandOffTimeout = handOffTimeout;
        ShardStartTimeout = shardStartTimeout;
        ShardFailureBackoff = shardFailureBackoff;
        EntityRestartBackoff = entityRestartBackoff;
        RebalanceInterval = rebalanceInterval;
        SnapshotAfter = snapshotAfter;
        KeepNrOfBatches = keepNrOfBatches;
        LeastShardAllocationRebalanceThreshold = leastShardAllocationRebalanceThreshold;
        LeastShardAllocationMaxSimultaneousRebalance = leastShardAllocationMaxSimultaneousRebalance;
        WaitingForStateTimeout = waitingForStateTimeout;
        UpdatingStateTimeout = updatingStateTimeout;
        EntityRecoveryStrategy = entityRecoveryStrategy;
        EntityRecoveryConstantRateStrategyFrequency = entityRecoveryConstantRateStrategyFrequency;
        EntityRecoveryConstantRateStrategyNumberOfEntities = entityRecoveryConstantRateStrategyNumberOfEntities;
        CoordinatorStateWriteMajorityPlus = coordinatorStateWriteMajorityPlus;
        CoordinatorStateReadMajorityPlus = coordinatorStateReadMajorityPlus;
        LeastShardAllocationAbsoluteLimit = leastShardAllocationAbsoluteLimit;
        LeastShardAllocationRelativeLimit = leastShardAllocationRelativeLimit;
    }

    public TuningParameters WithCoordinatorFailureBackoff(TimeSpan coordinatorFailureBackoff) => Copy(coordinatorFailureBackoff: coordinatorFailureBackoff);

    public TuningParameters WithRetryInterval(TimeSpan retryInterval) => Copy(retryInterval: retryInterval);

    public TuningParameters WithBufferSize(int bufferSize) => Copy(bufferSize: bufferSize);

    public TuningParameters WithHandOffTimeout(TimeSpan handOffTimeout) => Copy(handOffTimeout: handOffTimeout);

    public TuningParameters WithShardStartTimeout(TimeSpan shardStartTimeout) => Copy(shardStartTimeout: shardStartTimeout);

    public TuningParameters WithShardFailureBackoff(TimeSpan shardFailureBackoff) => Copy(shardFailureBackoff: shardFailureBackoff);

    public TuningParameters WithEntityRestartBackoff(TimeSpan entityRestartBackoff) => Copy(entityRestartBackoff: entityRestartBackoff);

    public TuningParameters WithRebalanceInterval(TimeSpan rebalanceInterval) => Copy(rebalanceInterval: rebalanceInterval);

    public TuningParameters WithSnapshotAfter(int snapshotAfter) => Copy(snapshotAfter: snapshotAfter);

    public TuningParameters WithKeepNrOfBatches(int keepNrOfBatches) => Copy(keepNrOfBatches: keepNrOfBatches);

    public TuningParameters WithLeastShardAllocationRebalanceThreshold(int leastShardAllocationRebalanceThreshold) => Copy(leastShardAllocationRebalanceThreshold: leastShardAllocationRebalanceThreshold);

    public TuningParameters WithLeastShardAllocationMaxSimultaneousRebalance(int leastShardAllocationMaxSimultaneousRebalance) => Copy(leastShardAllocationMaxSimultaneousRebalance: leastShardAllocationMaxSimultaneousRebalance);

    public TuningParameters WithWaitingForStateTimeout(TimeSpan waitingForStateTimeout) => Copy(waitingForStateTimeout: waitingForStateTimeout);

    public TuningParameters WithUpdatingStateTimeout(TimeSpan updatingStateTimeout) => Copy(updatingStateTimeout: updatingStateTimeout);

    public TuningParameters WithEntityRecoveryStrategy(string entityRecoveryStrategy) => Copy(entityRecoveryStrategy: entityRecoveryStrategy);

    public TuningParameters WithEntityRecoveryConstantRateStrategyFrequency(TimeSpan entityRecoveryConstantRateStrategyFrequency) => Copy(entityRecoveryConstantRateStrategyFrequency: entityRecoveryConstantRateStrategyFrequency);

    public TuningParameters WithEntityRecoveryConstantRateStrategyNumberOfEntities(int entityRecoveryConstantRateStrategyNumberOfEntities) => Copy(entityRecoveryConstantRateStrategyNumberOfEntities: entityRecoveryConstantRateStrategyNumberOfEntities);

    public TuningParameters WithCoordinatorStateWriteMajorityPlus(int coordinatorStateWriteMajorityPlus) => Copy(coordinatorStateWriteMajorityPlus: coordinatorStateWriteMajorityPlus);

    public TuningParameters WithCoordinatorStateReadMajorityPlus(int coordinatorStateReadMajorityPlus) => Copy(coordinatorStateReadMajorityPlus: coordinatorStateReadMajorityPlus);

    public TuningParameters WithLeastShardAllocationAbsoluteLimit(int leastShardAllocationAbsoluteLimit) => Copy(leastShardAllocationAbsoluteLimit: leastShardAllocationAbsoluteLimit);

    public TuningParameters WithLeastShardAllocationRelativeLimit(double leastShardAllocationRelativeLimit) => Copy(leastShardAllocationRelativeLimit: leastShardAllocationRelativeLimit);

    private TuningParameters Copy(
        TimeSpan? coordinatorFailureBackoff = null,
        TimeSpan? retryInterval = null,
        int? bufferSize = null,
        TimeSpan? handOffTimeout = null,
        TimeSpan? shardStartTimeout = null,
        TimeSpan? shardFailureBackoff = null,
        TimeSpan? entityRestartBackoff = null,
        TimeSpan? rebalanceInterval = null,
        int? snapshotAfter = null,
        int? keepNrOfBatches = null,
        int? leastShardAllocationRebalanceThreshold = null,
        int? leastShardAllocationMaxSimultaneousRebalance = null,
        TimeSpan? waitingForStateTimeout = null,
        TimeSpan? updatingStateTimeout = null,
        string? entityRecoveryStrategy = null,
        TimeSpan? entityRecoveryConstantRateStrategyFrequency = null,
        int? entityRecoveryConstantRateStrategyNumberOfEntities = null,
        int? coordinatorStateWriteMajorityPlus = null,
        int? coordinatorStateReadMajorityPlus = null,
        int? leastShardAllocationAbsoluteLimit = null,
        double? leastShardAllocationRelativeLimit = null) => new(
        coordinatorFailureBackoff ?? CoordinatorFailureBackoff,
        retryInterval ?? RetryInterval,
        bufferSize ?? BufferSize,
        handOffTimeout ?? HandOffTimeout,
        shardStartTimeout ?? ShardStartTimeout,
        shardFailureBackoff ?? ShardFailureBackoff,
        entityRestartBackoff ?? EntityRestartBackoff,
        rebalanceInterval ?? RebalanceInterval,
        snapshotAfter ?? SnapshotAfter,
        keepNrOfBatches ?? KeepNrOfBatches,
        leastShardAllocationRebalanceThreshold ?? LeastShardAllocationRebalanceThreshold,
        leastShardAllocationMaxSimultaneousRebalance ?? LeastShardAllocationMaxSimultaneousRebalance,
        waitingForStateTimeout ?? WaitingForStateTimeout,
        updatingStateTimeout ?? UpdatingStateTimeout,
        entityRecoveryStrategy ?? EntityRecoveryStrategy,
        entityRecoveryConstantRateStrategyFrequency ?? EntityRecoveryConstantRateStrategyFrequency,
        entityRecoveryConstantRateStrategyNumberOfEntities ?? EntityRecoveryConstantRateStrategyNumberOfEntities,
        coordinatorStateWriteMajorityPlus ?? CoordinatorStateWriteMajorityPlus,
        coordinatorStateReadMajorityPlus ?? CoordinatorStateReadMajorityPlus,
        leastShardAllocationAbsoluteLimit ?? LeastShardAllocationAbsoluteLimit,
        leastShardAllocationRelativeLimit ?? LeastShardAllocationRelativeLimit);
}
