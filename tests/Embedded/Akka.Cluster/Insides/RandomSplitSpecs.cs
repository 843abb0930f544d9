using Akka.Cluster.Gossiping;
using Akka.Cluster.SBR;

namespace Akka.Cluster.Specs.Insides;

/// <summary>Random memberships, splits and bad links: whatever happens, two sides never go on.</summary>
public sealed class RandomSplitSpecs
{
    private const int Rounds = 20_000;
    private const int Seed = 20261122;

    private static readonly string[] Strategies =
    [
        "active-strategy = keep-majority",
        "active-strategy = keep-majority, keep-majority.role = voter",
        "active-strategy = keep-oldest",
        "active-strategy = keep-oldest, keep-oldest { role = voter, down-if-alone = off }",
        "active-strategy = static-quorum, static-quorum.quorum-size = 3",
        "active-strategy = static-quorum, static-quorum { quorum-size = 2, role = voter }",
        "active-strategy = down-all",
    ];

    private readonly Random _random = new(Seed);

    [Fact]
    public void Of_two_sides_at_most_one_goes_on()
    {
        var all = Strategies.Select(Split.Settings).ToArray();
        var (some, none) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var settings = all[round % all.Length];
            var (members, here, away) = Sides();
            // Links that failed before the split are known to both sides, those that failed after it to one.
            var before = BadLinks(members, members);
            var (one, other) = (Survivors(settings, members, here, away, before, areLinksBad: true), Survivors(settings, members, away, here, before, areLinksBad: true));
            Assert.True(
                one.Count == 0 || other.Count == 0,
                $"Round {round}, {Strategies[round % Strategies.Length]}: {Show(members)}, split {Split.Letters(here)} | {Split.Letters(away)}: {Split.Letters(one)} and {Split.Letters(other)} go on");
            some += one.Count + other.Count > 0 ? 1 : 0;
            none += one.Count + other.Count == 0 ? 1 : 0;
        }

        // Else this would prove nothing.
        Assert.True(some > Rounds / 3, $"In only {some} of {Rounds} rounds somebody went on");
        Assert.True(none > 0);
    }

    [Fact]
    public void Without_bad_links_and_changes_under_way_the_majority_always_goes_on_whole()
    {
        var settings = Split.Settings(Strategies[0]);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var members = Enumerable.Range(0, _random.Next(2, 10)).Select(i => Split.Member((char)('A' + i), MemberStatus.Up)).ToArray();
            var here = members.Where(_ => _random.Next(2) == 0).Select(m => m.UniqueAddress).ToArray();
            var away = members.Select(m => m.UniqueAddress).Except(here).ToArray();
            if (here.Length <= away.Length || away.Length == 0) continue;
            Assert.Equal(here.Order(), Survivors(settings, members, here, away, []).Order());
            Assert.Empty(Survivors(settings, members, away, here, []));
        }
    }

    [Fact]
    public void One_bad_link_among_three_or_more_ends_its_two_ends_only()
    {
        var settings = Split.Settings(Strategies[0]);
        for (var nodes = 3; nodes < 10; nodes++)
        {
            var members = Enumerable.Range(0, nodes).Select(i => Split.Member((char)('A' + i), MemberStatus.Up)).ToArray();
            var all = members.Select(m => m.UniqueAddress).ToArray();
            var (one, other) = (all[_random.Next(nodes / 2)], all[_random.Next(nodes / 2, nodes)]);
            if (one == other) continue;
            Assert.Equal(all.Except([one, other]).Order(), Survivors(settings, members, all, [], [(one, other), (other, one)]).Order());
        }
    }

    private (Member[] Members, UniqueAddress[] Here, UniqueAddress[] Away) Sides()
    {
        MemberStatus[] likely = [MemberStatus.Up, MemberStatus.Up, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Joining, MemberStatus.WeaklyUp];
        var members = Enumerable.Range(0, _random.Next(2, 9))
            .Select(i => Split.Member((char)('A' + i), likely[_random.Next(likely.Length)], _random.Next(3) > 0 ? ["voter"] : [])).ToArray();
        var here = members.Where(_ => _random.Next(2) == 0).Select(m => m.UniqueAddress).ToList();
        if (here.Count == 0) here.Add(members[0].UniqueAddress);
        if (here.Count == members.Length) here.RemoveAt(0);
        return (members, [.. here], [.. members.Select(m => m.UniqueAddress).Except(here)]);
    }

    private List<(UniqueAddress, UniqueAddress)> BadLinks(IEnumerable<Member> from, IEnumerable<Member> to) => _random.Next(2) == 0
        ? []
        : [.. from.SelectMany(one => to.Select(other => (one.UniqueAddress, other.UniqueAddress))).Where(link => link.Item1 != link.Item2 && _random.Next(12) == 0)];

    private HashSet<UniqueAddress> Survivors(
        SplitBrainResolverSettings settings, Member[] members, UniqueAddress[] here, UniqueAddress[] away,
        List<(UniqueAddress, UniqueAddress)> before, bool areLinksBad = false)
    {
        var reachability = Reachability.Empty;
        foreach (var (observer, subject) in before) reachability = reachability.Unreachable(observer, subject);
        foreach (var observer in here)
            foreach (var subject in away)
                reachability = reachability.Unreachable(observer, subject);
        var mine = members.Where(m => here.Contains(m.UniqueAddress)).ToArray();
        if (areLinksBad)
            foreach (var (observer, subject) in BadLinks(mine, mine))
                reachability = reachability.Unreachable(observer, subject);
        var plan = DowningPlan.Of(settings, new SplitPicture([.. members], reachability, [.. here]));
        // Each plan ends before it can act for others who is not up; so only those that are count.
        return [.. mine.Where(m => m.Status is MemberStatus.Up or MemberStatus.Leaving).Select(m => m.UniqueAddress).Where(node => !plan.ToDown.Contains(node))];
    }

    private static string Show(Member[] members) => string.Join(' ', members.Select(m => $"{Split.Letters([m.UniqueAddress])}:{m.Status}{(m.HasRole("voter") ? "*" : "")}"));
}
