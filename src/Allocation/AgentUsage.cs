using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <summary>What one framework uses on an agent in one role; told by the agent when it registers.</summary>
/// <param name="FrameworkId">Who.</param>
/// <param name="Role">In which role.</param>
/// <param name="Resources">All of it, executors included.</param>
/// <param name="Tasks">The tasks among it, or null when not known; needed to end them by id and to preempt them.</param>
public sealed record AgentUsage(FrameworkId FrameworkId, string Role, Resources Resources, IReadOnlyList<TaskSketch>? Tasks = null);
