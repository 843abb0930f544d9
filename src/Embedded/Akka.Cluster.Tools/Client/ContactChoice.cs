using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Client;

/// <summary>
/// Which receptionists a client is to use. Every node gives a client the same ones, clients are spread over the nodes, and
/// when a node comes or goes only few clients get others: by rendezvous hashing (Thaler and Ravishankar, 1998) the nodes with
/// the highest hashes of node and client are taken.
/// </summary>
internal sealed class ContactChoice(ClusterReceptionistSettings settings, string path)
{
    private readonly HashSet<UniqueAddress> _members = [];
    private readonly HashSet<UniqueAddress> _unreachable = [];

    internal string PathOf(Address node) => node + path;

    internal ImmutableList<string> For(IActorRef client)
    {
        var reachable = _members.Where(node => !_unreachable.Contains(node)).Select(node => PathOf(node.Address)).ToArray();
        if (reachable.Length <= settings.NumberOfContacts) return [.. reachable.Order(StringComparer.Ordinal)];
        var key = client.Path.ToStringWithAddress();
        return
        [
            .. reachable.OrderByDescending(node => MurmurHash.StringHash(node + key)).ThenBy(node => node, StringComparer.Ordinal)
                .Take(settings.NumberOfContacts),
        ];
    }

    internal void Take(CurrentClusterState state)
    {
        foreach (var member in state.Members) Take(member);
        _unreachable.UnionWith(state.Unreachable.Select(member => member.UniqueAddress));
    }

    /// <summary>True when there are other receptionists now than before.</summary>
    internal bool Take(Member member)
    {
        if (settings.Role is { } role && !member.HasRole(role)) return false;
        if (member.Status == MemberStatus.Removed) _unreachable.Remove(member.UniqueAddress);
        return member.Status is MemberStatus.Up or MemberStatus.WeaklyUp ? _members.Add(member.UniqueAddress) : _members.Remove(member.UniqueAddress);
    }

    internal void Take(IReachabilityEvent change)
    {
        switch (change)
        {
            case UnreachableMember unreachable:
                _unreachable.Add(unreachable.Member.UniqueAddress);
                break;
            case ReachableMember reachable:
                _unreachable.Remove(reachable.Member.UniqueAddress);
                break;
        }
    }
}
