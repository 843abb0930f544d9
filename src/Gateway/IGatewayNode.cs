using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Gateway;

/// <summary>What doors need of a node of their process.</summary>
internal interface IGatewayNode
{
    /// <summary>Where answers arrive.</summary>
    ActorSystem System { get; }

    /// <summary>The way to the masters.</summary>
    MasterLink Masters { get; }

    /// <summary>Its membership; null for a client of the masters.</summary>
    Akka.Cluster.Cluster? Cluster { get; }

    /// <summary>Where others reach it, with the port that it has.</summary>
    Address Address { get; }

    /// <summary>The same as operators write it.</summary>
    HostPort Contact { get; }

    /// <summary>Nodes that it was told to join.</summary>
    IReadOnlyList<HostPort> Seeds { get; }

    /// <summary>Longest that the allocator may take to answer a node that is ready.</summary>
    TimeSpan ReadyTimeout { get; }

    /// <summary>Why its agent does not run; null while it does, and without one.</summary>
    string? AgentTrouble { get; }

    /// <summary>Whether it leaves or has left.</summary>
    bool IsLeaving { get; }
}
