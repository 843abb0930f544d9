using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Internal;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Comes to an even spread in few rounds: first what regions have above the even share moves, then single shards from
/// full regions while others are below it by more than one. Each round is limited by number and by share of all shards.
/// </summary>
internal sealed class EvenShardAllocationStrategy(int absoluteLimit, double relativeLimit) : AbstractLeastShardAllocationStrategy
{
    public override Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations, IImmutableSet<string> rebalanceInProgress)
    {
        if (rebalanceInProgress.Count > 0) return NoRebalance;
        var regions = RegionEntriesFor(currentShardAllocations).Sort(static (a, b) => a.ShardIds.Count.CompareTo(b.ShardIds.Count));
        if (regions.IsEmpty || !IsAGoodTimeToRebalance(regions)) return NoRebalance;
        var total = regions.Sum(region => region.ShardIds.Count);
        var share = (total + regions.Count - 1) / regions.Count;
        var limit = Math.Max(1, Math.Min((int)(relativeLimit * total), absoluteLimit));
        var above = regions.SelectMany(region => region.ShardIds.Skip(share)).Take(limit).ToImmutableHashSet();
        return Task.FromResult<IImmutableSet<string>>(above.IsEmpty ? FromFullRegions(regions, share, limit) : above);
    }

    private static ImmutableHashSet<string> FromFullRegions(ImmutableList<AbstractLeastShardAllocationStrategy.RegionEntry> regions, int share, int limit)
    {
        var missing = regions.Sum(region => Math.Max(0, share - 1 - region.ShardIds.Count));
        return missing == 0
            ? []
            : [.. regions.Where(region => region.ShardIds.Count >= share).Select(region => region.ShardIds[0]).Take(Math.Min(limit, missing))];
    }
}
