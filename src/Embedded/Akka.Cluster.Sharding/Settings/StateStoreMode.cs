namespace Akka.Cluster.Sharding;

/// <summary>Where the coordinator keeps which region has which shard.</summary>
public enum StateStoreMode
{
    /// <summary>In the journal, which all nodes share.</summary>
    Persistence = 0,

    /// <summary>In replicated data; not available here.</summary>
    DData = 1,

    /// <summary>In a store of the application; not available here.</summary>
    Custom = 2,
}
