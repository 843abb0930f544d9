namespace Akka.Cluster.Sharding;

/// <summary>The strategies that come with sharding.</summary>
public static class ShardAllocationStrategy
{
    /// <summary>Allocates to the region with the fewest shards, and evens out in rounds.</summary>
    /// <param name="absoluteLimit">Most shards that move in a round.</param>
    /// <param name="relativeLimit">Most shards that move in a round as a share of all, below 1.</param>
    public static IShardAllocationStrategy LeastShardAllocationStrategy(int absoluteLimit, double relativeLimit) =>
        new EvenShardAllocationStrategy(absoluteLimit, relativeLimit);
}
