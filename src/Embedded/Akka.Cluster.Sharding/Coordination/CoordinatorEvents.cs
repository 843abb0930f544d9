using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>What the coordinator keeps in its journal.</summary>
internal interface ICoordinatorEvent : IClusterShardingSerializable;

internal sealed record ShardRegionRegistered(IActorRef Region, int NodeUid) : ICoordinatorEvent;

internal sealed record ShardRegionTerminated(IActorRef Region) : ICoordinatorEvent;

internal sealed record ShardRegionProxyRegistered(IActorRef Proxy, int NodeUid) : ICoordinatorEvent;

internal sealed record ShardRegionProxyTerminated(IActorRef Proxy) : ICoordinatorEvent;

internal sealed record ShardHomeAllocated(string Shard, IActorRef Region) : ICoordinatorEvent;

internal sealed record ShardHomeDeallocated(string Shard) : ICoordinatorEvent;

/// <summary>All of it, at one moment: regions with their shards, proxies, and shards without a region.</summary>
internal sealed record CoordinatorSnapshot(
    ImmutableArray<(IActorRef Region, int NodeUid, ImmutableArray<string> Shards)> Regions,
    ImmutableArray<(IActorRef Proxy, int NodeUid)> Proxies,
    ImmutableArray<string> Unallocated) : IClusterShardingSerializable;
