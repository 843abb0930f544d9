using Akka.Event;

namespace Akka.Cluster.Sharding;

// What a region tells its own shards; none of it leaves the node.

/// <summary>There are entities to start.</summary>
internal sealed class StartsDue
{
    internal static readonly StartsDue Instance = new();
}

/// <summary>Stop all entities, then yourself.</summary>
internal sealed class StopShard : IDeadLetterSuppression
{
    internal static readonly StopShard Instance = new();
}
