using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Explain;

/// <summary>The whole book at one moment, for dashboards and for checks against a model. Costs as much as there is in it.</summary>
/// <param name="Agents">Every agent.</param>
/// <param name="Frameworks">Every framework in every role of it.</param>
/// <param name="Roles">Every role of the tree, by name.</param>
/// <param name="Total">Scalars of all agents.</param>
/// <param name="Idle">Unreserved scalars that are idle on agents that take part; what guarantees can be paid with.</param>
/// <param name="Owed">What is owed to all roles with guarantees together.</param>
public sealed record AllocationSnapshot(
    IReadOnlyList<AgentSnapshot> Agents, IReadOnlyList<SubscriptionSnapshot> Frameworks, IReadOnlyDictionary<string, RoleExplanation> Roles,
    Quantities Total, Quantities Idle, Quantities Owed);
