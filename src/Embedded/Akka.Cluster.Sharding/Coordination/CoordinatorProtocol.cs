using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Coordination;

// Regions to the coordinator.

/// <summary>A region offers itself, with the incarnation of its node and the shards that it has.</summary>
internal sealed record Register(IActorRef Region, int NodeUid, ImmutableArray<string> Shards) : IClusterShardingSerializable, IDeadLetterSuppression;

/// <summary>A region without shards of its own wants to know where they are.</summary>
internal sealed record RegisterProxy(IActorRef Proxy, int NodeUid) : IClusterShardingSerializable, IDeadLetterSuppression;

internal sealed record GetShardHome(string Shard) : IClusterShardingSerializable, IDeadLetterSuppression;

internal sealed record ShardStarted(string Shard) : IClusterShardingSerializable;

/// <summary>The sender sends nothing more for the shard to its region, and what it sent is there.</summary>
internal sealed record BeginHandOffAck(string Shard, long Number) : IClusterShardingSerializable;

/// <summary>No entity of the shard lives any more.</summary>
internal sealed record ShardStopped(string Shard, long Number) : IClusterShardingSerializable;

/// <summary>A region wants to hand all its shards over.</summary>
internal sealed record GracefulShutdownReq(IActorRef Region) : IClusterShardingSerializable, IDeadLetterSuppression;

// The coordinator to regions.

/// <summary>A coordinator has started: come and register.</summary>
internal sealed record CoordinatorStarted(IActorRef Coordinator) : IClusterShardingSerializable, IDeadLetterSuppression;

internal sealed record RegisterAck(IActorRef Coordinator) : IClusterShardingSerializable;

internal sealed record ShardHome(string Shard, IActorRef Region) : IClusterShardingSerializable;

/// <summary>Start the shard.</summary>
internal sealed record HostShard(string Shard) : IClusterShardingSerializable;

/// <summary>The shard will move: hold back what is for it. Numbers grow, so that late ones are told apart.</summary>
internal sealed record BeginHandOff(string Shard, long Number) : IClusterShardingSerializable;

/// <summary>All regions hold back what is for the shard: stop its entities.</summary>
internal sealed record HandOff(string Shard, long Number) : IClusterShardingSerializable;

// Regions among each other.

/// <summary>The last that the sender sends for a shard before it moves; the receiver tells the coordinator in its name.</summary>
internal sealed record LastBeforeHandOff(string Shard, long Number, IActorRef Coordinator) : IClusterShardingSerializable;
