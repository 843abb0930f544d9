using Akka.Cluster.Sharding;

namespace ActorScheduler.Protocol.Links;

/// <summary>Finds the framework of a message.</summary>
/// <param name="shards">How many shards there are: the same on all nodes, and for as long as the journal lives.</param>
public sealed class FrameworkExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    /// <summary>Most shards: each has actors of its own on each master.</summary>
    internal const int MostShards = 10_000;

    /// <inheritdoc/>
    public override string? EntityId(object message) => (message as IFrameworkMessage)?.FrameworkId.Value;
}
