using System.Text.Json.Serialization;

namespace ActorScheduler.Model;

/// <summary>What an agent says of itself, apart from its resources.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Hostname">Name of the host.</param>
/// <param name="Attributes">Facts set by operators.</param>
/// <param name="Domain">Region and zone, or null when none is configured.</param>
/// <param name="Port">Port it listens on.</param>
/// <param name="Kinds">Kinds of containers that it starts now: a task of another is refused on it. None when it does not say.</param>
[method: JsonConstructor]
public sealed record AgentInfo(
    AgentId Id, string Hostname, IReadOnlyList<AgentAttribute> Attributes, FaultDomain? Domain = null, int Port = 5051,
    ContainerKinds Kinds = ContainerKinds.None)
{
    /// <summary>An agent without attributes.</summary>
    public AgentInfo(AgentId id, string hostname)
        : this(id, hostname, [])
    {
    }
}
