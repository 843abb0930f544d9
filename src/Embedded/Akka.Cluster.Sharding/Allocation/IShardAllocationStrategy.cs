using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Decides where shards are. Used by the coordinator alone, one call at a time.</summary>
public interface IShardAllocationStrategy : INoSerializationVerificationNeeded
{
    /// <summary>The region that gets a shard that none has.</summary>
    /// <param name="requester">The region that has messages for it.</param>
    /// <param name="shardId">The shard.</param>
    /// <param name="currentShardAllocations">All regions that may get shards with those they have, in the order in which they got them.</param>
    Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations);

    /// <summary>The shards to take from their regions, so that they are allocated anew.</summary>
    /// <param name="currentShardAllocations">All regions with their shards.</param>
    /// <param name="rebalanceInProgress">Shards that are on their way already.</param>
    Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress);
}

/// <summary>A strategy with something to start when its coordinator starts.</summary>
public interface IStartableAllocationStrategy : IShardAllocationStrategy
{
    void Start();
}

/// <summary>A strategy that needs its actor system.</summary>
public interface IActorSystemDependentAllocationStrategy : IShardAllocationStrategy
{
    void Start(ActorSystem system);
}
