namespace ActorScheduler.Model.Specs;

public sealed class QuantitiesSpecs
{
    [Fact]
    public void Names_beyond_the_four_are_kept_sorted()
    {
        Quantities q = Quantities.Parse("mem:32;zeta:1;alpha:0.5;cpus:0.01").Value;
        Assert.Equal("cpus:0.01;mem:32;alpha:0.5;zeta:1", q.ToString());
        Assert.Equal(500, q[ResourceName.Of("alpha")]);
    }

    [Fact]
    public void Differences_stop_at_zero_when_asked()
    {
        Quantities q = Quantities.Of(cpus: 1, mem: 10);
        Assert.Equal(Quantities.Of(mem: 4), q.SubtractOrZero(Quantities.Of(cpus: 2, mem: 6)));
        Assert.Equal(-1000, q.Subtract(Quantities.Of(cpus: 2)).Cpus);
        Assert.True(q.Contains(Quantities.Of(cpus: 1)));
        Assert.False(q.Contains(Quantities.Parse("x:1").Value));
        Assert.Equal(Quantities.Of(cpus: 3, mem: 30), q.Times(3));
    }

    [Theory]
    [InlineData("cpus")]
    [InlineData("cpus:1;cpus:2")]
    [InlineData("cpus:-1")]
    public void Bad_text_is_told(string text) => Assert.False(Quantities.Parse(text).IsOk);
}
