using ActorScheduler.Cli.Operators;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class ShortIdsSpecs
{
    [Theory]
    [InlineData("0123456789abcdef", "01234567", "fedcba9876543210")]
    [InlineData("0123456789abcdef", "0123456789a", "0123456789bbcdef", "0123456780abcdef")]
    [InlineData("short", "short", "other")]
    // One that is the beginning of another stays whole: exact names stand over beginnings.
    [InlineData("0123456789", "0123456789", "0123456789a")]
    [InlineData("0123456789a", "0123456789a", "0123456789")]
    public void An_id_is_as_short_as_it_can_be_and_no_shorter_than_eight(string id, string expected, params string[] others) =>
        Assert.Equal(expected, new ShortIds([id, .. others]).Of(id));

    [Fact]
    public void Of_many_ids_each_short_one_finds_its_own()
    {
        string[] ids = [.. Enumerable.Range(0, 5000).Select(static i => $"{i * 2654435761 % 4294967296:x8}"[..4] + $"{i:x8}-framework")];
        var known = new ShortIds(ids);

        Assert.All(ids, id => Assert.Equal(id, Assert.Single(ids, other => other.StartsWith(known.Of(id), StringComparison.Ordinal))));
    }
}
