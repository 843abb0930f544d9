using System.Collections.Immutable;
using Akka.Cluster.Gossiping;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Events;

/// <summary>The events that lie between two versions of the membership, in the order in which subscribers hear them.</summary>
internal static class GossipDiff
{
    internal static IEnumerable<IClusterDomainEvent> Between(Gossip before, Gossip after, UniqueAddress self)
    {
        // Most gossip tells only who has seen it.
        if (ReferenceEquals(before.Members, after.Members) && ReferenceEquals(before.Reachability, after.Reachability)) yield break;
        foreach (var reachability in Reachability(before, after, self)) yield return reachability;
        foreach (var member in Members(before, after)) yield return member;
        if (before.Leader(self) != after.Leader(self)) yield return new LeaderChanged(after.Leader(self)?.Address);
        foreach (var role in after.Members.Concat(before.Members).SelectMany(member => member.Roles).Distinct())
            if (!Equals(before.RoleLeader(self, role), after.RoleLeader(self, role)))
                yield return new RoleLeaderChanged(role, after.RoleLeader(self, role));
    }

    internal static CurrentClusterState StateOf(Gossip gossip, UniqueAddress self) => new(
        gossip.Members, Unreachable(gossip, self), [.. gossip.Seen.Select(node => node.Address)], gossip.Leader(self)?.Address,
        gossip.Members.SelectMany(member => member.Roles).Distinct().ToImmutableDictionary(role => role, role => gossip.RoleLeader(self, role)));

    private static ImmutableHashSet<Member> Unreachable(Gossip gossip, UniqueAddress self)
    {
        if (gossip.Reachability.IsAllReachable) return [];
        var nodes = gossip.ReachabilityThatCounts.AllUnreachable;
        return [.. gossip.Members.Where(member => member.UniqueAddress != self && nodes.Contains(member.UniqueAddress))];
    }

    private static IEnumerable<IClusterDomainEvent> Reachability(Gossip before, Gossip after, UniqueAddress self)
    {
        var (was, isNow) = (Unreachable(before, self), Unreachable(after, self));
        foreach (var member in isNow.Except(was)) yield return new UnreachableMember(member);
        foreach (var member in was.Except(isNow))
            if (after.Find(member.UniqueAddress) is { } still)
                yield return new ReachableMember(still);
    }

    private static IEnumerable<IClusterDomainEvent> Members(Gossip before, Gossip after)
    {
        foreach (var member in after.Members)
        {
            var old = before.Find(member.UniqueAddress);
            if (old?.Status != member.Status && EventFor(member) is { } change) yield return change;
        }

        foreach (var member in before.Members.Where(member => !after.Has(member.UniqueAddress)))
            yield return new MemberRemoved(member.Copy(MemberStatus.Removed), member.Status);
    }

    private static IMemberEvent? EventFor(Member member) => member.Status switch
    {
        MemberStatus.Joining => new MemberJoined(member),
        MemberStatus.WeaklyUp => new MemberWeaklyUp(member),
        MemberStatus.Up => new MemberUp(member),
        MemberStatus.Leaving => new MemberLeft(member),
        MemberStatus.Exiting => new MemberExited(member),
        MemberStatus.Down => new MemberDowned(member),
        _ => null,
    };
}
