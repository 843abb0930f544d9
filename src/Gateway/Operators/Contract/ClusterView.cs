using ActorScheduler.Protocol;

namespace ActorScheduler.Gateway.Operators.Contract;

/// <summary>The cluster as the asked node sees it.</summary>
/// <param name="Node">The asked node, <c>host:port</c>.</param>
/// <param name="IsMember">Whether it is a member; a client of the masters knows no members.</param>
/// <param name="Masters">Masters that schedulers connect to, <c>host:port</c>.</param>
/// <param name="Members">In the order of their age, the oldest first; without them for a client.</param>
/// <param name="Leader">Who admits and removes members, <c>host:port</c>.</param>
/// <param name="Summary">How many there are of everything; null when no allocator answers.</param>
internal sealed record ClusterView(
    string Node, bool IsMember, IReadOnlyList<string> Masters, IReadOnlyList<MemberView> Members, string? Leader, ClusterSummary? Summary);

/// <summary>A member.</summary>
/// <param name="Address"><c>host:port</c>.</param>
/// <param name="Status">As the engine says it: Joining, WeaklyUp, Up, Leaving, Exiting, Down.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="IsReachable">Whether the asked node, and those that it hears from, reach it.</param>
/// <param name="IsOldestMaster">Whether it is the master on which the allocator runs, or is about to.</param>
internal sealed record MemberView(string Address, string Status, IReadOnlyList<string> Roles, bool IsReachable, bool IsOldestMaster);
