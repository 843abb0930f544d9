namespace ActorScheduler.Model.Specs;

public sealed class OfferConstraintsSpecs
{
    private static readonly AgentInfo Agent = new(
        new AgentId("S1"), "host7.example", AgentAttribute.ParseAll("rack:r1;level:10;zone:z;zone:y").Value, new FaultDomain("eu", "eu-1"));

    [Theory]
    [InlineData("rack", AttributePredicate.Exists, "", true)]
    [InlineData("rock", AttributePredicate.Exists, "", false)]
    [InlineData("rock", AttributePredicate.NotExists, "", true)]
    [InlineData("rack", AttributePredicate.NotExists, "", false)]
    [InlineData("rack", AttributePredicate.TextEquals, "r1", true)]
    [InlineData("rack", AttributePredicate.TextEquals, "r2", false)]
    [InlineData("rock", AttributePredicate.TextEquals, "r1", false)]
    [InlineData("rack", AttributePredicate.TextNotEquals, "r2", true)]
    [InlineData("rack", AttributePredicate.TextNotEquals, "r1", false)]
    [InlineData("rock", AttributePredicate.TextNotEquals, "r1", true)]
    [InlineData("rack", AttributePredicate.TextMatches, "r[0-9]", true)]
    [InlineData("rack", AttributePredicate.TextMatches, "[0-9]", false)]
    [InlineData("rack", AttributePredicate.TextNotMatches, "x.*", true)]
    [InlineData("level", AttributePredicate.TextEquals, "11", true)]
    [InlineData("level", AttributePredicate.TextNotMatches, ".*", true)]
    [InlineData("zone", AttributePredicate.TextEquals, "y", false)]
    public void Attributes_are_tested_as_in_mesos(string name, AttributePredicate predicate, string text, bool passes) =>
        Assert.Equal(passes, AttributeConstraint.Create(name, predicate, text).Value.IsSatisfiedBy(Agent));

    [Theory]
    [InlineData(AttributeConstraint.Hostname, "host[0-9]\\.example", true)]
    [InlineData(AttributeConstraint.Region, "eu", true)]
    [InlineData(AttributeConstraint.Zone, "us.*", false)]
    public void Host_region_and_zone_are_tested_too(string name, string pattern, bool passes) => Assert.Equal(
        passes, AttributeConstraint.Create(name, AttributePredicate.TextMatches, pattern, isPseudo: true).Value.IsSatisfiedBy(Agent));

    [Fact]
    public void Groups_are_alternatives()
    {
        AttributeConstraint yes = AttributeConstraint.Create("rack", AttributePredicate.Exists).Value;
        AttributeConstraint no = AttributeConstraint.Create("rack", AttributePredicate.NotExists).Value;
        Assert.True(OfferConstraints.Create([[yes, no], [yes]]).Value.AreSatisfiedBy(Agent));
        Assert.Same(no, OfferConstraints.Create([[yes, no]]).Value.FirstFailing(Agent));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(a)\\1")]
    [InlineData("a)|(b")]
    public void Expressions_that_are_wrong_or_need_backtracking_are_refused(string pattern) =>
        Assert.Equal("predicate.regex", AttributeConstraint.Create("a", AttributePredicate.TextMatches, pattern).Problem!.Field);

    [Fact]
    public void Refusal_times_follow_mesos()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), RefuseFilters.FromSeconds(null));
        Assert.Equal(TimeSpan.FromSeconds(5), RefuseFilters.FromSeconds(-1));
        Assert.Equal(TimeSpan.Zero, RefuseFilters.FromSeconds(0));
        Assert.Equal(RefuseFilters.Max, RefuseFilters.FromSeconds(1e12));
        Assert.Equal(RefuseFilters.Max, RefuseFilters.FromSeconds(double.PositiveInfinity));
    }
}
