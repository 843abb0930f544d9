using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Sharding;

/// <summary>Marks what regions are asked.</summary>
public interface IShardRegionQuery;

/// <summary>Asks for the addresses of all regions; answered by <see cref="CurrentRegions"/>.</summary>
public sealed class GetCurrentRegions : IShardRegionQuery, IClusterShardingSerializable
{
    public static readonly GetCurrentRegions Instance = new();

    private GetCurrentRegions()
    {
    }
}

/// <summary>The nodes that have a region.</summary>
public sealed class CurrentRegions(IImmutableSet<Address> regions) : IClusterShardingSerializable
{
    public readonly IImmutableSet<Address> Regions = regions;

    public override bool Equals(object? obj) => obj is CurrentRegions other && Regions.SetEquals(other.Regions);

    public override int GetHashCode() => Regions.Count;

    public override string ToString() => $"CurrentRegions({string.Join(", ", Regions)})";
}

/// <summary>Asks how many entities are in each shard of each region; answered by <see cref="ClusterShardingStats"/>.</summary>
public sealed class GetClusterShardingStats(TimeSpan timeout) : IShardRegionQuery, IClusterShardingSerializable
{
    /// <summary>Regions that have not answered by then are left out.</summary>
    public readonly TimeSpan Timeout = timeout;

    public override bool Equals(object? obj) => obj is GetClusterShardingStats other && Timeout == other.Timeout;

    public override int GetHashCode() => Timeout.GetHashCode();
}

/// <summary>What each region has, by the address of its node.</summary>
public sealed class ClusterShardingStats(IImmutableDictionary<Address, ShardRegionStats> regions) : IClusterShardingSerializable
{
    public readonly IImmutableDictionary<Address, ShardRegionStats> Regions = regions;

    public override bool Equals(object? obj) => obj is ClusterShardingStats other && Regions.Count == other.Regions.Count
        && Regions.All(region => other.Regions.TryGetValue(region.Key, out var stats) && region.Value.Equals(stats));

    public override int GetHashCode() => Regions.Count;
}

/// <summary>Asks a region how many entities are in each of its shards; answered by <see cref="ShardRegionStats"/>.</summary>
public sealed class GetShardRegionStats : IShardRegionQuery, IClusterShardingSerializable
{
    public static readonly GetShardRegionStats Instance = new();

    private GetShardRegionStats()
    {
    }
}

/// <summary>How many entities are in each shard of a region.</summary>
public sealed class ShardRegionStats(IImmutableDictionary<string, int> stats, IImmutableSet<string> failed) : IClusterShardingSerializable
{
    public readonly IImmutableDictionary<string, int> Stats = stats;

    /// <summary>Shards that did not answer.</summary>
    public readonly IImmutableSet<string> Failed = failed;

    public ShardRegionStats(IImmutableDictionary<string, int> stats) : this(stats, ImmutableHashSet<string>.Empty)
    {
    }

    public override bool Equals(object? obj) => obj is ShardRegionStats other && Stats.Count == other.Stats.Count && Failed.SetEquals(other.Failed)
        && Stats.All(shard => other.Stats.TryGetValue(shard.Key, out var count) && count == shard.Value);

    public override int GetHashCode() => Stats.Count;

    public override string ToString() => $"ShardRegionStats({string.Join(", ", Stats.Select(shard => $"{shard.Key}: {shard.Value}"))})";
}

/// <summary>Asks a region for its shards and their entities; answered by <see cref="CurrentShardRegionState"/>.</summary>
public sealed class GetShardRegionState : IShardRegionQuery, IClusterShardingSerializable
{
    public static readonly GetShardRegionState Instance = new();

    private GetShardRegionState()
    {
    }
}

/// <summary>The shards of a region with their entities.</summary>
public sealed class CurrentShardRegionState(IImmutableSet<ShardState> shards, IImmutableSet<string> failed) : IClusterShardingSerializable
{
    public readonly IImmutableSet<ShardState> Shards = shards;

    /// <summary>Shards that did not answer.</summary>
    public readonly IImmutableSet<string> Failed = failed;

    public CurrentShardRegionState(IImmutableSet<ShardState> shards) : this(shards, ImmutableHashSet<string>.Empty)
    {
    }

    public override bool Equals(object? obj) => obj is CurrentShardRegionState other && Shards.SetEquals(other.Shards) && Failed.SetEquals(other.Failed);

    public override int GetHashCode() => Shards.Count;
}

/// <summary>The entities of a shard that are started.</summary>
public sealed class ShardState(string shardId, IImmutableSet<string> entityIds) : IClusterShardingSerializable
{
    public readonly string ShardId = shardId;

    public readonly IImmutableSet<string> EntityIds = entityIds;

    public override bool Equals(object? obj) => obj is ShardState other && ShardId == other.ShardId && EntityIds.SetEquals(other.EntityIds);

    public override int GetHashCode() => ShardId.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Asks a region where an entity is; answered by <see cref="EntityLocation"/>.</summary>
public sealed class GetEntityLocation(string entityId, TimeSpan timeout) : IShardRegionQuery
{
    public string EntityId { get; } = entityId;

    /// <summary>How long the region of the entity's shard has to say.</summary>
    public TimeSpan Timeout { get; } = timeout;
}

/// <summary>Where an entity is, as far as the region that was asked knows.</summary>
public sealed class EntityLocation(string entityId, string shardId, Address shardRegion, Option<IActorRef> entityRef)
{
    public string EntityId { get; } = entityId;

    /// <summary>Empty when the extractor knows no shard of it.</summary>
    public string ShardId { get; } = shardId;

    /// <summary>The node that has the shard; <see cref="Address.AllSystems"/> when that is not known.</summary>
    public Address ShardRegion { get; } = shardRegion;

    /// <summary>The entity, if it is started.</summary>
    public Option<IActorRef> EntityRef { get; } = entityRef;
}
