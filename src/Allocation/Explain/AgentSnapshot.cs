using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Explain;

/// <summary>One agent in the book.</summary>
/// <param name="Info">The agent.</param>
/// <param name="Total">All its resources.</param>
/// <param name="Available">Neither used nor offered.</param>
/// <param name="Used">Used, by framework and role.</param>
/// <param name="Offers">Open offers on it.</param>
/// <param name="IsOfferable">Active, reachable and not being drained.</param>
/// <param name="HeldFor">The framework whose large request it is held for, or null.</param>
public sealed record AgentSnapshot(
    AgentInfo Info, Resources Total, Resources Available, IReadOnlyList<AgentUsage> Used, IReadOnlyList<OfferId> Offers, bool IsOfferable,
    FrameworkId? HeldFor);
