using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Registry;

/// <summary>What is durable of an agent.</summary>
/// <param name="Id">Which agent.</param>
/// <param name="Hostname">Its host.</param>
/// <param name="Node">The member it runs on; null for a client.</param>
/// <param name="LostAt">Since when it does not answer; null when it did at last.</param>
/// <param name="GoneAt">When an operator declared it gone; null when nobody did.</param>
/// <param name="IsDeactivated">Whether it gets no new tasks.</param>
/// <param name="Drain">Set while it is emptied, and after that until it is reactivated.</param>
/// <param name="Unavailability">When it is to be away.</param>
/// <param name="Instructions">What it has not carried out yet, in order.</param>
internal sealed record RegisteredAgent(
    AgentId Id, string Hostname, string? Node, DateTimeOffset? LostAt = null, DateTimeOffset? GoneAt = null, bool IsDeactivated = false,
    DrainBegun? Drain = null, Unavailability? Unavailability = null, IReadOnlyList<AgentDecision>? Instructions = null)
{
    /// <summary>What it has not carried out yet, in order.</summary>
    public IReadOnlyList<AgentDecision> Open => Instructions ?? [];
}
