using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>An agent was refused for good, and its node should end. Published on the node's event stream.</summary>
/// <param name="AgentId">Which agent.</param>
/// <param name="Problem">Why.</param>
public sealed record AgentEnded(AgentId AgentId, Problem Problem);

/// <summary>Asks an agent to leave in good order; answered with <see cref="Left"/>. Its containers go on.</summary>
internal sealed record Leave
{
    public static readonly Leave Instance = new();
}

/// <summary>The agent has said that it leaves.</summary>
internal sealed record Left
{
    public static readonly Left Instance = new();
}
