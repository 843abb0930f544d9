using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>An agent was refused for good or cannot start, and its node should end. Published on the node's event stream.</summary>
/// <param name="AgentId">Which agent.</param>
/// <param name="Problem">Why.</param>
/// <param name="IsRefused">Whether masters refused it; else it cannot start.</param>
public sealed record AgentEnded(AgentId AgentId, Problem Problem, bool IsRefused = true)
{
    /// <inheritdoc/>
    public override string ToString() => $"agent {AgentId} {(IsRefused ? "was refused for good" : "cannot start")}: {Problem}";
}

/// <summary>An agent has read its checkpoint, or could not and tries again. Published on the node's event stream.</summary>
/// <param name="Trouble">Why it has not started yet; null when it has.</param>
public sealed record AgentStarted(string? Trouble);

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
