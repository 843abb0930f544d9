using ActorScheduler.Model;

namespace ActorScheduler.Client;

/// <summary>An executor ended, or a whole agent is gone.</summary>
/// <param name="AgentId">Which agent.</param>
/// <param name="ExecutorId">Which executor; null for the agent.</param>
/// <param name="ExitCode">Of the executor; null while unknown.</param>
public sealed record Failure(AgentId AgentId, ExecutorId? ExecutorId, int? ExitCode);
