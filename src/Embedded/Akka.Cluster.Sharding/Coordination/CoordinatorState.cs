using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>Which region has which shard. Changed by events alone, so that a replay leads to the same.</summary>
internal sealed class CoordinatorState
{
    private readonly Dictionary<IActorRef, RegionEntry> _regions = [];
    private readonly Dictionary<IActorRef, int> _proxies = [];
    private readonly Dictionary<string, IActorRef> _homes = [];
    private readonly HashSet<string> _unallocated = [];

    internal IReadOnlyCollection<IActorRef> Regions => _regions.Keys;

    internal IReadOnlyCollection<IActorRef> Proxies => _proxies.Keys;

    /// <summary>Shards that had a region and have none now.</summary>
    internal IReadOnlyCollection<string> Unallocated => _unallocated;

    internal IActorRef? HomeOf(string shard) => _homes.GetValueOrDefault(shard);

    internal bool HasRegion(IActorRef region) => _regions.ContainsKey(region);

    internal bool HasProxy(IActorRef proxy) => _proxies.ContainsKey(proxy);

    /// <summary>The incarnation of the node of a region or proxy.</summary>
    internal int NodeUidOf(IActorRef regionOrProxy) =>
        _regions.TryGetValue(regionOrProxy, out var region) ? region.NodeUid : _proxies.GetValueOrDefault(regionOrProxy);

    internal IReadOnlyList<string> ShardsOf(IActorRef region) => _regions.TryGetValue(region, out var entry) ? entry.Shards : [];

    internal void Apply(ICoordinatorEvent change)
    {
        switch (change)
        {
            case ShardRegionRegistered registered:
                _regions.TryAdd(registered.Region, new RegionEntry(registered.NodeUid, []));
                break;
            case ShardRegionTerminated terminated:
                if (!_regions.Remove(terminated.Region, out var gone)) break;
                foreach (var shard in gone.Shards)
                {
                    _homes.Remove(shard);
                    _unallocated.Add(shard);
                }

                break;
            case ShardRegionProxyRegistered registered:
                _proxies[registered.Proxy] = registered.NodeUid;
                break;
            case ShardRegionProxyTerminated terminated:
                _proxies.Remove(terminated.Proxy);
                break;
            case ShardHomeAllocated allocated:
                // The region may have gone while this was written; the shard has no home then.
                if (_homes.ContainsKey(allocated.Shard)) break;
                if (_regions.TryGetValue(allocated.Region, out var region))
                {
                    _homes[allocated.Shard] = allocated.Region;
                    region.Shards.Add(allocated.Shard);
                    _unallocated.Remove(allocated.Shard);
                }
                else
                {
                    _unallocated.Add(allocated.Shard);
                }

                break;
            case ShardHomeDeallocated deallocated:
                if (!_homes.Remove(deallocated.Shard, out var home)) break;
                _regions[home].Shards.Remove(deallocated.Shard);
                _unallocated.Add(deallocated.Shard);
                break;
        }
    }

    internal void Restore(CoordinatorSnapshot snapshot)
    {
        foreach (var (region, uid, shards) in snapshot.Regions)
        {
            _regions[region] = new RegionEntry(uid, [.. shards]);
            foreach (var shard in shards) _homes[shard] = region;
        }

        foreach (var (proxy, uid) in snapshot.Proxies) _proxies[proxy] = uid;
        _unallocated.UnionWith(snapshot.Unallocated);
    }

    internal CoordinatorSnapshot ToSnapshot() => new(
        [.. _regions.Select(region => (region.Key, region.Value.NodeUid, region.Value.Shards.ToImmutableArray()))],
        [.. _proxies.Select(proxy => (proxy.Key, proxy.Value))],
        [.. _unallocated]);

    private sealed record RegionEntry(int NodeUid, List<string> Shards);
}
