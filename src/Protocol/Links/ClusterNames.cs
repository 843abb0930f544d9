namespace ActorScheduler.Protocol.Links;

/// <summary>Where things are in every cluster. The same in all versions, since nodes of several versions meet.</summary>
public static class ClusterNames
{
    /// <summary>Name of every node's actor system: part of every address.</summary>
    public const string System = "actorscheduler";

    /// <summary>Role of nodes that may hold the allocator and frameworks' actors.</summary>
    public const string MasterRole = "master";

    /// <summary>Role of nodes that run tasks.</summary>
    public const string AgentRole = "agent";

    /// <summary>Name of the actor that keeps the allocator a singleton, below <c>/user</c>.</summary>
    public const string Allocator = "allocator";

    /// <summary>Sharding's name for frameworks' actors.</summary>
    public const string Frameworks = "frameworks";

    /// <summary>Path of the actor on each master that passes on what clients send.</summary>
    public const string Door = "/user/door";
}
