namespace Akka.Cluster.Sharding;

/// <summary>Where shards keep which entities they have.</summary>
public enum RememberEntitiesStore
{
    /// <summary>In replicated data; not available here.</summary>
    DData = 0,

    /// <summary>In the journal.</summary>
    Eventsourced = 1,

    /// <summary>In a store of the application; not available here.</summary>
    Custom = 2,
}
