using ActorScheduler.Model;
using ActorScheduler.Node.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Node.Specs.Operators;

public sealed class LookupSpecs
{
    [Fact]
    public void An_exact_name_stands_over_those_that_begin_so()
    {
        Assert.Equal("web", Find("web", "web", "web-1", "web-2"));
        Assert.Equal("web-1", Find("web-", "web-1", "db-1"));
        Assert.Null(Find("x", "web-1"));
        Assert.Null(Find("", "web-1"));
    }

    [Fact]
    public void What_could_be_several_lists_them()
    {
        var problem = Assert.Throws<AschedException>(() => Find("web", "web-1", "web-2", "db"));

        Assert.Equal("TASK: 'web' could be web-1, web-2", problem.Message);
        Assert.EndsWith("or 2 more", Assert.Throws<AschedException>(() => Find("t", [.. Enumerable.Range(0, 12).Select(static i => $"t{i}")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Processors_are_measured_between_two_looks_at_one_run()
    {
        UsageRead first = Look("r1", 0, 1), later = Look("r1", 2, 1.5);

        Assert.Equal(0.25, UsageSample.CpusBetween(first, later));
        Assert.Null(UsageSample.CpusBetween(null, later));
        Assert.Null(UsageSample.CpusBetween(first with { RunId = "r0" }, later));
        Assert.Null(UsageSample.CpusBetween(first, later with { ProcessorTime = null }));
        Assert.Null(UsageSample.CpusBetween(later, later));
    }

    private static string? Find(string name, params string[] names) => TaskLookup.Best(names, name, static text => text, "TASK", name);

    private static UsageRead Look(string run, double at, double used) => new(
        new FrameworkId("f"), run, DateTimeOffset.UnixEpoch.AddSeconds(at), TimeSpan.FromSeconds(used), null, null, null, null, null, null);
}
