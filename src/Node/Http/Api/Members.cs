using ActorScheduler.Node.Daemon;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Cluster;

namespace ActorScheduler.Node.Http.Api;

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

/// <summary>Reads a node's membership.</summary>
internal static class Members
{
    private static readonly Comparer<Member> ByAge = Comparer<Member>.Create(static (one, other) => one.Equals(other) ? 0 : one.IsOlderThan(other) ? -1 : 1);

    /// <summary>What a node knows of its cluster.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="summary">What its allocator counts, or null.</param>
    /// <param name="contacts">Masters that a client has heard of; null for its seeds.</param>
    internal static ClusterView View(RunningNode node, ClusterSummary? summary, IReadOnlyList<Address>? contacts = null)
    {
        if (node.Cluster is not { } cluster)
            return new ClusterView($"{node.Contact}", false, [.. contacts?.Select(Text) ?? node.Settings.Seeds.Select(static seed => $"{seed}")], [], null, summary);
        ClusterEvent.CurrentClusterState state = cluster.State;
        Member[] members = [.. state.Members.Order(ByAge)];
        Member? oldest = members.FirstOrDefault(static member => member.HasRole(ClusterNames.MasterRole) && member.Status is MemberStatus.Up or MemberStatus.Leaving);
        return new ClusterView(
            $"{node.Contact}", true,
            [.. members.Where(static member => member.HasRole(ClusterNames.MasterRole) && member.Status == MemberStatus.Up).Select(static member => Text(member.Address))],
            [
                .. members.Select(member => new MemberView(
                    Text(member.Address), $"{member.Status}", [.. member.Roles.Order(StringComparer.Ordinal)],
                    !state.Unreachable.Contains(member), member == oldest)),
            ],
            state.Leader is { } leader ? Text(leader) : null, summary);
    }

    /// <summary>The member of an address as operators write it; null when there is none.</summary>
    internal static Address? Find(RunningNode node, string? address) =>
        node.Cluster?.State.Members.FirstOrDefault(member => Text(member.Address) == address || $"{member.Address}" == address)?.Address;

    private static string Text(Address address) => $"{address.Host}:{address.Port}";
}
