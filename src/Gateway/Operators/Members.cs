using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Cluster;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Reads a node's membership.</summary>
internal static class Members
{
    private static readonly Comparer<Member> ByAge = Comparer<Member>.Create(static (one, other) => one.Equals(other) ? 0 : one.IsOlderThan(other) ? -1 : 1);

    /// <summary>What a node knows of its cluster.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="summary">What its allocator counts, or null.</param>
    /// <param name="contacts">Masters that a client has heard of; null for its seeds.</param>
    internal static ClusterView View(IGatewayNode node, ClusterSummary? summary, IReadOnlyList<Address>? contacts = null)
    {
        if (node.Cluster is not { } cluster)
            return new ClusterView($"{node.Contact}", false, [.. contacts?.Select(Text) ?? node.Seeds.Select(static seed => $"{seed}")], [], null, summary);
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
    internal static Address? Find(IGatewayNode node, string? address) =>
        node.Cluster?.State.Members.FirstOrDefault(member => Text(member.Address) == address || $"{member.Address}" == address)?.Address;

    private static string Text(Address address) => $"{address.Host}:{address.Port}";
}
