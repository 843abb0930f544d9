using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>The strategies' rules, for a split without bad links: who goes on, this side or the other?</summary>
/// <remarks>
/// Who is up or leaving counts. The two sides may know different stages of a member, since its change may have been on its
/// way when they were split: one that is leaving here may have become exiting there, and one that is joining here may have
/// come up there. A side that would go on by what it knows, but not by what the other may know, brings down all.
/// </remarks>
internal static class DowningStrategies
{
    internal static DowningDecision Decide(
        SplitBrainResolverSettings settings, IReadOnlyCollection<Member> members, ImmutableHashSet<UniqueAddress> unreachable)
    {
        if (settings.DowningStrategy == SplitBrainResolverSettings.DownAllName) return DowningDecision.DownAll;
        if (settings.DowningStrategy == SplitBrainResolverSettings.StaticQuorumName)
            return StaticQuorum(settings.StaticQuorumSettings, Sides.Of(members, unreachable, settings.StaticQuorumSettings.Role));
        return settings.DowningStrategy == SplitBrainResolverSettings.KeepOldestName
            ? Agreed(Sides.Of(members, unreachable, settings.KeepOldestSettings.Role), sides => OldestIsHere(sides, settings.KeepOldestSettings.DownIfAlone))
            : Agreed(Sides.Of(members, unreachable, settings.KeepMajorityRole), MajorityIsHere);
    }

    private static DowningDecision Agreed(Sides sides, Func<Sides, bool?> goesOn)
    {
        if (goesOn(sides) is not { } here) return DowningDecision.DownAll;
        if (!here) return DowningDecision.DownReachable;
        return goesOn(sides.AsTheOtherMaySee()) is true ? DowningDecision.DownUnreachable : DowningDecision.DownAll;
    }

    /// <summary>Of two halves the one with the lowest address.</summary>
    private static bool? MajorityIsHere(Sides sides)
    {
        if (sides.Here.Count != sides.Away.Count) return sides.Here.Count > sides.Away.Count;
        var first = sides.Here.Concat(sides.Away).Where(Counts).Min();
        return first is null ? null : sides.Here.Contains(first);
    }

    /// <summary>The side of the oldest, unless that one is alone against several: then it was more likely its own link that failed.</summary>
    private static bool? OldestIsHere(Sides sides, bool downIfAlone)
    {
        if (sides.Here.Concat(sides.Away).Where(Counts).Min(Member.AgeOrdering) is not { } oldest) return null;
        var isHere = sides.Here.Contains(oldest);
        var (with, against) = isHere ? (sides.Here.Count, sides.Away.Count) : (sides.Away.Count, sides.Here.Count);
        return downIfAlone && with == 1 && against > 1 ? !isHere : isHere;
    }

    private static DowningDecision StaticQuorum(StaticQuorumSettings settings, Sides sides)
    {
        // With so many members that both sides could have a quorum, nobody may go on.
        if (sides.Here.Count + sides.Away.Count > (settings.Size * 2) - 1) return DowningDecision.DownAll;
        return sides.Here.Count >= settings.Size ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
    }

    private static bool Counts(Member member) => member.Status is MemberStatus.Up or MemberStatus.Leaving;

    /// <summary>The members of the role that count here, and those that do on the other side.</summary>
    private sealed record Sides(IReadOnlyCollection<Member> Here, IReadOnlyCollection<Member> Away, IReadOnlyCollection<Member> MayHaveComeUpThere)
    {
        internal static Sides Of(IReadOnlyCollection<Member> members, ImmutableHashSet<UniqueAddress> unreachable, string? role)
        {
            var ofRole = members.Where(member => role is null || member.HasRole(role)).ToLookup(member => unreachable.Contains(member.UniqueAddress));
            return new Sides(
                [.. ofRole[false].Where(Counts)],
                [.. ofRole[true].Where(Counts)],
                [.. ofRole[true].Where(static member => member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp)]);
        }

        internal Sides AsTheOtherMaySee() => this with
        {
            Here = [.. Here.Where(static member => member.Status != MemberStatus.Leaving)],
            Away = [.. Away, .. MayHaveComeUpThere],
        };
    }
}
