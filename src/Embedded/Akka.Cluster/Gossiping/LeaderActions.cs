using System.Collections.Immutable;

namespace Akka.Cluster.Gossiping;

/// <summary>What the leader does once all have seen the same: lets the joining up, the leaving out, and drops who is gone.</summary>
internal static class LeaderActions
{
    /// <summary>What came of it: the changed gossip, and who was removed.</summary>
    internal sealed record Outcome(Gossip Gossip, ImmutableHashSet<Member> Removed);

    internal static Outcome? OnConvergence(
        Gossip gossip, UniqueAddress self, IReadOnlySet<UniqueAddress> confirmedExits, int minimum, IReadOnlyDictionary<string, int> minimumOfRole, long now)
    {
        var unreachable = gossip.ReachabilityThatCounts.AllUnreachable;
        var removed = gossip.Members
            // A member that is down but reachable is left in: so it hears of that, ends, and then is unreachable.
            .Where(member => (member.Status is MemberStatus.Down && unreachable.Contains(member.UniqueAddress))
                || (member.Status is MemberStatus.Exiting && (confirmedExits.Contains(member.UniqueAddress) || unreachable.Contains(member.UniqueAddress))))
            .ToImmutableHashSet();
        var changed = new List<Member>();
        var enough = IsEnough(gossip, minimum, minimumOfRole);
        var next = gossip.Members.Where(member => member.UpNumber != Member.NotUpYet).Select(member => member.UpNumber).DefaultIfEmpty(0).Max() + 1;
        foreach (var member in gossip.Members)
        {
            if (removed.Contains(member)) continue;
            switch (member.Status)
            {
                case MemberStatus.Joining or MemberStatus.WeaklyUp when enough && !unreachable.Contains(member.UniqueAddress):
                    changed.Add(member.CopyUp(next++));
                    break;
                case MemberStatus.Leaving:
                    changed.Add(member.Copy(MemberStatus.Exiting));
                    break;
            }
        }

        if (removed.IsEmpty && changed.Count == 0) return null;
        var result = changed.Aggregate(gossip, static (all, member) => all.With(member));
        if (!removed.IsEmpty) result = result.Remove([.. removed.Select(member => member.UniqueAddress)], now);
        return new Outcome(result.Changed(self), removed);
    }

    /// <summary>While somebody is unreachable nobody comes up; who joined meanwhile may at least be seen.</summary>
    internal static Gossip? WithoutConvergence(Gossip gossip, UniqueAddress self, int minimum, IReadOnlyDictionary<string, int> minimumOfRole)
    {
        if (!IsEnough(gossip, minimum, minimumOfRole)) return null;
        var reachability = gossip.ReachabilityThatCounts;
        var changed = gossip.Members
            .Where(member => member.Status == MemberStatus.Joining && reachability.IsReachable(member.UniqueAddress))
            .Select(member => member.Copy(MemberStatus.WeaklyUp)).ToList();
        return changed.Count == 0 ? null : changed.Aggregate(gossip, static (all, member) => all.With(member)).Changed(self);
    }

    private static bool IsEnough(Gossip gossip, int minimum, IReadOnlyDictionary<string, int> minimumOfRole) =>
        gossip.Members.Count(member => member.Status != MemberStatus.Down) >= minimum
        && minimumOfRole.All(role => gossip.Members.Count(member => member.HasRole(role.Key) && member.Status != MemberStatus.Down) >= role.Value);
}
