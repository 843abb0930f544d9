using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Internal;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Moves shards from the fullest region while it has more than a threshold more than the emptiest, and at most so many
/// at a time.
/// </summary>
public class LeastShardAllocationStrategy(int rebalanceThreshold, int maxSimultaneousRebalance) : AbstractLeastShardAllocationStrategy
{
    public override Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress)
    {
        if (rebalanceInProgress.Count >= maxSimultaneousRebalance) return NoRebalance;
        var regions = RegionEntriesFor(currentShardAllocations);
        if (regions.IsEmpty || !IsAGoodTimeToRebalance(regions)) return NoRebalance;
        var (_, fewest) = MostSuitableRegion(regions);
        // What is on its way counts no more for the region that it leaves.
        var most = regions.Select(region => region.ShardIds.Where(shard => !rebalanceInProgress.Contains(shard)).ToList()).MaxBy(shards => shards.Count)!;
        var difference = most.Count - fewest.Count;
        if (difference <= rebalanceThreshold) return NoRebalance;
        var count = Math.Min(Math.Min(difference - rebalanceThreshold, rebalanceThreshold), maxSimultaneousRebalance - rebalanceInProgress.Count);
        return Task.FromResult<IImmutableSet<string>>(most.Order(StringComparer.Ordinal).Take(count).ToImmutableHashSet());
    }
}
