using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Explain;

/// <summary>Why a framework is not offered what it waits for, from the state at hand.</summary>
/// <param name="FrameworkId">Which framework.</param>
/// <param name="Role">In which role.</param>
/// <param name="General">What keeps it from any offer, whatever the agent: not active, suppressed, too many open offers, ... Empty when nothing does.</param>
/// <param name="Counts">Number of agents by first obstacle; those in the way nowhere under <see cref="Obstacle.None"/>.</param>
/// <param name="Agents">As many agents as were asked for, in no special order.</param>
public sealed record Explanation(
    FrameworkId FrameworkId, string Role, IReadOnlyList<string> General, IReadOnlyDictionary<Obstacle, int> Counts,
    IReadOnlyList<AgentVerdict> Agents);
