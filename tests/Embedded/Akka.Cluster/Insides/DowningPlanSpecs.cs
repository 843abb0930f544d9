namespace Akka.Cluster.Specs.Insides;

/// <summary>Tables of splits, as the first side sees them, and who goes down. Letters stand for nodes in the order of addresses; the last is the oldest.</summary>
public sealed class DowningPlanSpecs
{
    private const string Majority = "active-strategy = keep-majority";
    private const string Oldest = "active-strategy = keep-oldest";

    [Theory]
    [InlineData("A C E | B D", "BD")]
    [InlineData("A B | C D E", "AB")]
    [InlineData("B | A C", "B")]
    [InlineData("A B | C", "C")]
    // Halves: the lowest address goes on.
    [InlineData("A B | C D", "CD")]
    [InlineData("C D | A B", "CD")]
    [InlineData("A | B", "B")]
    [InlineData("B | A", "B")]
    // Three parts, each too small: each sees two of the others away.
    [InlineData("A B | C D | E", "AB")]
    [InlineData("E | A B | C D", "E")]
    public void The_majority_goes_on(string split, string down) => Assert.Equal(down, Split.Letters(Split.Plan(Majority, split).ToDown));

    [Theory]
    // Joining does not count, but goes down with its side.
    [InlineData("B D | Aj C", "AC")]
    [InlineData("A Bj | C D E", "AB")]
    [InlineData("A Bw | C D E", "AB")]
    // F and G may have come up on the other side, which then has four.
    [InlineData("C D E | A B Fj Gj", "ABCDEFG")]
    [InlineData("C D E | A B Fw", "ABCDEF")]
    [InlineData("C D E F | A B", "AB")]
    [InlineData("A B | C D E Fj", "AB")]
    // The other side may have moved A to exiting, and then have two against one.
    [InlineData("Al B Ej | C D", "ABCDE")]
    [InlineData("C D | Ae B", "B")]
    // Down and exiting members do not count, and are not brought down again.
    [InlineData("A B | Cd De", "")]
    [InlineData("A B | C Dd Ee", "C")]
    [InlineData("A Be Cd | D E", "A")]
    public void Stages_that_the_other_side_may_know_differently_are_allowed_for(string split, string down) =>
        Assert.Equal(down, Split.Letters(Split.Plan(Majority, split).ToDown));

    [Theory]
    [InlineData("A B | C* D* E", "AB")]
    [InlineData("A* B* C | D E F G*", "DEFG")]
    [InlineData("A D E* | B* C*", "ADE")]
    [InlineData("A D* E* | B* C*", "ADE")]
    // Nobody of the role: nobody may go on.
    [InlineData("C | E", "CE")]
    public void With_a_role_only_its_members_count(string split, string down) =>
        Assert.Equal(down, Split.Letters(Split.Plan(Majority + ", keep-majority.role = voter", split).ToDown));

    [Theory]
    [InlineData("A C E | B D", "BD")]
    [InlineData("B D | A C E", "BD")]
    [InlineData("A B | C D", "AB")]
    [InlineData("C D | A B", "CD")]
    [InlineData("A B Cj | D E", "ABC")]
    [InlineData("A B Cl | D E", "DE")]
    [InlineData("A B Ce | D E", "AB")]
    // More than 2 * 3 - 1: both sides could have a quorum.
    [InlineData("A B C | D E F", "ABCDEF")]
    public void A_quorum_of_three_goes_on(string split, string down) =>
        Assert.Equal(down, Split.Letters(Split.Plan("active-strategy = static-quorum, static-quorum.quorum-size = 3", split).ToDown));

    [Theory]
    [InlineData("A B* C* | D E*", "DE")]
    [InlineData("D E* | A B* C*", "DE")]
    public void A_quorum_of_a_role_goes_on(string split, string down) =>
        Assert.Equal(down, Split.Letters(Split.Plan("active-strategy = static-quorum, static-quorum { quorum-size = 2, role = voter }", split).ToDown));

    [Theory]
    [InlineData("A E | B C D", "BCD")]
    [InlineData("B C D | A E", "BCD")]
    [InlineData("E | A B C D", "E")]
    [InlineData("A B C D | E", "E")]
    [InlineData("B | A", "A")]
    [InlineData("A | B", "A")]
    // Exiting does not count as oldest; leaving may have become exiting on the other side.
    [InlineData("A B D | C Ee", "C")]
    [InlineData("C El | A B D", "ABCDE")]
    [InlineData("B C D | A El", "BCD")]
    [InlineData("A E | Bl Cl D", "BCD")]
    [InlineData("Dl E | A B C", "ABCDE")]
    [InlineData("A B Cl | E", "E")]
    [InlineData("A Bl Cl Dl | E", "ABCDE")]
    [InlineData("D Ee | A B C", "D")]
    [InlineData("Bl | A", "AB")]
    // A may have come up beside E on the other side.
    [InlineData("Aj E | B C D", "AE")]
    [InlineData("B C D | Aj E", "ABCDE")]
    public void The_side_of_the_oldest_goes_on_unless_it_is_alone(string split, string down) =>
        Assert.Equal(down, Split.Letters(Split.Plan(Oldest, split).ToDown));

    [Theory]
    [InlineData("E | A B C D", "ABCD")]
    [InlineData("B C D | Aj E", "BCD")]
    public void The_oldest_goes_on_alone_if_it_may(string split, string down) =>
        Assert.Equal(down, Split.Letters(Split.Plan(Oldest + ", keep-oldest.down-if-alone = off", split).ToDown));

    [Fact]
    public void Down_all_means_all() => Assert.Equal("ABC", Split.Letters(Split.Plan("active-strategy = down-all", "A B | C").ToDown));

    [Theory]
    // One link of three is cut: who is fully connected stays.
    [InlineData("A B C", "A-B", "AB")]
    [InlineData("A B", "A-B", "AB")]
    [InlineData("A B C D E", "A>B B>C C>A", "ABC")]
    [InlineData("A B C", "A>B B>C C>A", "ABC")]
    [InlineData("A B C D", "A-D B-C", "ABCD")]
    [InlineData("A B C D E F G", "B-C E-F", "BCEF")]
    // Told apart from dead ones by having seen the gossip.
    [InlineData("A B C", "A>B", "AB")]
    [InlineData("A B C", "A>B A>C", "ABC")]
    [InlineData("A B C D E", "B-C A>D", "ABCD")]
    // Together with a crash, and with a clean split: the rule decides on the rest.
    [InlineData("A B D E | C", "A-B", "ABC")]
    [InlineData("A B C | D E", "B-C", "BCDE")]
    [InlineData("D E | A B C", "B-C", "BCDE")]
    [InlineData("D E | A B C", "", "DE")]
    [InlineData("A B C | D E F G", "B-C", "ABC")]
    [InlineData("D E F G | A B C", "B-C", "ABC")]
    [InlineData("A B C | D E F G", "D-E", "ABCDE")]
    [InlineData("D E F G | A B C", "D-E", "ABCDE")]
    // A bad link that crosses the split.
    [InlineData("A B C | D E F G", "E>F F>B", "ABCEF")]
    [InlineData("D E F G | A B C", "B>E E>F F>B", "ABCEF")]
    // Bad links whose far ends are on the other side cannot be told apart from it.
    [InlineData("A B C | D E F G", "D>E G>F", "ABCDEFG")]
    public void Indirectly_connected_nodes_go_down_and_fully_connected_ones_stay(string split, string links, string down)
    {
        foreach (var strategy in new[] { Majority, "active-strategy = static-quorum, static-quorum.quorum-size = 4" })
        {
            if (strategy != Majority && !(split.Contains('|', StringComparison.Ordinal) && split.Contains('G', StringComparison.Ordinal))) continue;
            Assert.Equal(down, Split.Letters(Split.Plan(strategy, split, links).ToDown));
        }
    }

    [Fact]
    public void Who_is_down_or_exiting_says_nothing_about_others_any_more()
    {
        Assert.Equal("C", Split.Letters(Split.Plan(Majority, "A B Dd | C", "D-A").ToDown));
        Assert.Empty(Split.Plan(Majority, "A B Ce", "A>C B>C", alsoSeenBy: "C").ToDown);
    }
}
