using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>What a side of a split does.</summary>
internal enum DowningDecision
{
    /// <summary>It goes on; the others are declared to be down.</summary>
    DownUnreachable,

    /// <summary>It goes down itself; the others go on.</summary>
    DownReachable,

    /// <summary>Nobody goes on.</summary>
    DownAll,
}

/// <summary>Each side of a split decides by the same rule on the same membership, so that exactly one goes on, or none.</summary>
internal static class DowningDecisions
{
    internal static DowningDecision Decide(SplitBrainResolverSettings settings, IReadOnlyCollection<Member> members, ImmutableHashSet<UniqueAddress> unreachable)
    {
        if (settings.DowningStrategy == SplitBrainResolverSettings.DownAllName) return DowningDecision.DownAll;
        if (settings.DowningStrategy == SplitBrainResolverSettings.StaticQuorumName)
            return StaticQuorum(settings.StaticQuorumSettings, members, unreachable);
        return settings.DowningStrategy == SplitBrainResolverSettings.KeepOldestName
            ? KeepOldest(settings.KeepOldestSettings, members, unreachable)
            : KeepMajority(settings.KeepMajorityRole, members, unreachable);
    }

    private static DowningDecision KeepMajority(string? role, IReadOnlyCollection<Member> members, ImmutableHashSet<UniqueAddress> unreachable)
    {
        var counted = Counted(members, role);
        var away = counted.Count(member => unreachable.Contains(member.UniqueAddress));
        var here = counted.Count - away;
        if (here != away) return here > away ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
        if (counted.Count == 0) return DowningDecision.DownAll;
        // Halves: the one with the lowest address.
        return unreachable.Contains(counted.Min()!.UniqueAddress) ? DowningDecision.DownReachable : DowningDecision.DownUnreachable;
    }

    private static DowningDecision StaticQuorum(StaticQuorumSettings settings, IReadOnlyCollection<Member> members, ImmutableHashSet<UniqueAddress> unreachable)
    {
        var counted = Counted(members, settings.Role);
        var away = counted.Count(member => unreachable.Contains(member.UniqueAddress));
        // With so many members that both sides could have a quorum, nobody may go on.
        if (counted.Count > (settings.Size * 2) - 1) return DowningDecision.DownAll;
        return counted.Count - away >= settings.Size ? DowningDecision.DownUnreachable
            : away >= settings.Size ? DowningDecision.DownReachable
            : DowningDecision.DownAll;
    }

    private static DowningDecision KeepOldest(KeepOldestSettings settings, IReadOnlyCollection<Member> members, ImmutableHashSet<UniqueAddress> unreachable)
    {
        var counted = Counted(members, settings.Role);
        if (counted.Count == 0) return DowningDecision.DownAll;
        var oldest = counted.Min(Member.AgeOrdering)!;
        var oldestIsAway = unreachable.Contains(oldest.UniqueAddress);
        var withOldest = counted.Count(member => unreachable.Contains(member.UniqueAddress) == oldestIsAway);
        var oldestGoesOn = !(settings.DownIfAlone && withOldest == 1 && counted.Count > 1);
        return oldestGoesOn != oldestIsAway ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
    }

    /// <summary>Who joins while the cluster is split is known to one side only, so only those count that are up for all.</summary>
    private static List<Member> Counted(IEnumerable<Member> members, string? role) =>
        [.. members.Where(member => member.Status is MemberStatus.Up or MemberStatus.Leaving && (role is null || member.HasRole(role)))];
}
