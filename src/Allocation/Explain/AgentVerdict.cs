using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Explain;

/// <summary>Why one agent is not offered, or does not take a task.</summary>
/// <param name="AgentId">Which agent.</param>
/// <param name="Hostname">Its host.</param>
/// <param name="Obstacle">The first thing in the way.</param>
/// <param name="Detail">For people, with the numbers: <c>needs 4 cpus, 1.5 free of 8</c>.</param>
public sealed record AgentVerdict(AgentId AgentId, string Hostname, Obstacle Obstacle, string Detail);
