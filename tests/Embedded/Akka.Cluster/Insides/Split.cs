using Akka.Actor;
using Akka.Cluster.Gossiping;
using Akka.Cluster.SBR;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Cluster.Specs.Insides;

/// <summary>
/// Splits in short notation. Members are letters in the order of their addresses, with a suffix for a status other than Up:
/// <c>j</c> joining, <c>w</c> weakly up, <c>l</c> leaving, <c>e</c> exiting, <c>d</c> down, and <c>*</c> for the role "voter".
/// <c>"A B | C"</c> is the side A, B that cannot reach C; links are <c>"A-B"</c>, said by both ends, or <c>"A>B"</c>, by the first.
/// </summary>
internal static class Split
{
    internal static DowningPlan Plan(string strategy, string split, string links = "", string alsoSeenBy = "") =>
        DowningPlan.Of(Settings(strategy), Picture(split, links, alsoSeenBy));

    internal static SplitBrainResolverSettings Settings(string strategy) => new(ConfigurationFactory.ParseString(
        $"akka.cluster.split-brain-resolver {{ stable-after = 1 s, down-all-when-unstable = off, keep-oldest.down-if-alone = on, {strategy} }}"));

    /// <summary>The picture that the first side of the split has.</summary>
    internal static SplitPicture Picture(string split, string links = "", string alsoSeenBy = "")
    {
        var sides = split.Split('|').Select(side => side.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToArray()).ToArray();
        var reachability = Reachability.Empty;
        foreach (var here in sides[0])
            foreach (var away in sides.Skip(1).SelectMany(side => side))
                reachability = reachability.Unreachable(here.UniqueAddress, away.UniqueAddress);
        foreach (var link in links.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (one, other) = (Node(link[0]), Node(link[2]));
            reachability = reachability.Unreachable(one, other);
            if (link[1] == '-') reachability = reachability.Unreachable(other, one);
        }

        var seen = sides[0].Select(member => member.UniqueAddress).Concat(alsoSeenBy.Where(char.IsAsciiLetterUpper).Select(Node));
        return new SplitPicture([.. sides.SelectMany(side => side)], reachability, [.. seen]);
    }

    internal static string Letters(IEnumerable<UniqueAddress> nodes) => string.Concat(nodes.Order().Select(node => (char)('A' + node.Address.Port!.Value - 1)));

    internal static UniqueAddress Node(char letter) => new(new Address("akka.tcp", "sys", "host", letter - 'A' + 1), letter);

    /// <summary>The later in the alphabet the older: the lowest address is not the oldest.</summary>
    internal static Member Member(char letter, MemberStatus status, params string[] roles) => new(
        Node(letter), status is MemberStatus.Joining or MemberStatus.WeaklyUp ? Akka.Cluster.Member.NotUpYet : 100 - letter + 'A', status, [.. roles], AppVersion.Create("1"));

    private static Member Parse(string text) => Member(
        text[0],
        text.Skip(1).Select(suffix => suffix switch
        {
            'j' => MemberStatus.Joining,
            'w' => MemberStatus.WeaklyUp,
            'l' => MemberStatus.Leaving,
            'e' => MemberStatus.Exiting,
            'd' => MemberStatus.Down,
            _ => MemberStatus.Up,
        }).DefaultIfEmpty(MemberStatus.Up).First(),
        text.Contains('*', StringComparison.Ordinal) ? ["voter"] : []);
}
