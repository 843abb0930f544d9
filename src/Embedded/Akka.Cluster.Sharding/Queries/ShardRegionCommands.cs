namespace Akka.Cluster.Sharding;

/// <summary>Marks what regions and shards are told to do.</summary>
public interface IShardRegionCommand;

/// <summary>An entity asks its parent, the shard, to be stopped without losing messages that come meanwhile.</summary>
public sealed class Passivate(object stopMessage) : IShardRegionCommand
{
    /// <summary>Comes back to the entity, which stops at it.</summary>
    public object StopMessage { get; } = stopMessage;

    public override string ToString() => $"Passivate({StopMessage})";
}

/// <summary>Tells a region to hand its shards over to others, and to stop then.</summary>
public sealed class GracefulShutdown : IShardRegionCommand
{
    public static readonly GracefulShutdown Instance = new();

    private GracefulShutdown()
    {
    }
}
