using ActorScheduler.Containers;
using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>What an agent is started with.</summary>
public sealed record AgentOptions
{
    /// <summary>Name of its host.</summary>
    public required string Hostname { get; init; }

    /// <summary>What it may give away.</summary>
    public required Resources Resources { get; init; }

    /// <summary>What runs containers; the first that can run a task does.</summary>
    public required IReadOnlyList<IContainerizer> Containerizers { get; init; }

    /// <summary>
    /// Names of containerizers whose tasks are given up where they cannot be seen any more: what ran them is not among
    /// <see cref="Containerizers"/>, or another engine is in its place.
    /// </summary>
    public IReadOnlyCollection<string> GivenUp { get; init; } = [];

    /// <summary>Facts about the host.</summary>
    public IReadOnlyList<AgentAttribute> Attributes { get; init; } = [];

    /// <summary>Region and zone; null when none is configured.</summary>
    public FaultDomain? Domain { get; init; }

    /// <summary>Folder for what it must not forget; null to keep nothing beyond the process.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Address of the cluster member it runs on; null for a client.</summary>
    public string? Node { get; init; }

    /// <summary>Port of the node's HTTP, for those who look at its tasks; 0 when there is none.</summary>
    public int HttpPort { get; init; }
}
