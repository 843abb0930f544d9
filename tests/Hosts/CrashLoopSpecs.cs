using ActorScheduler.Hosts.Specs.Harness;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Xunit.Abstractions;

namespace ActorScheduler.Hosts.Specs;

/// <summary>A framework launches 200 tasks on one host that fail at once, again and again: the host stays well, and others get their turn.</summary>
[Collection(HostClusterFixture.Name)]
public sealed class CrashLoopSpecs(HostClusterFixture fixture, ITestOutputHelper output)
{
    private const int Crashing = 200;
    private const int Sample = 20;

    private readonly HostCluster _hosts = fixture.Hosts;

    [HostsFact]
    public async Task Two_hundred_tasks_crash_again_and_again()
    {
        await _hosts.Whole();
        AgentId agent = (await _hosts.Agent(1)).Info.Id;
        await using KeepingFramework well = await KeepingFramework.Start(_hosts);
        await well.Keep(services: 1, jobs: 2, agent);
        KeptContainers services = await KeptContainers.Of(well, _hosts);
        TimeSpan before = await Median(well);

        await using KeepingFramework bad = await KeepingFramework.Start(_hosts, perOffer: Crashing);
        bad.Wish(Enumerable.Range(1, Crashing).Select(i => new Wish($"crash-{i}", Given.Shell("exit 7", cpus: 0.002, mem: 8), agent)));
        await Eventually.Holds("all are launched", () => bad.Ledger.Tasks.Count >= Crashing ? null : $"{bad.Ledger.Tasks.Count} are", _hosts.Nodes);
        await bad.Progresses(Crashing / 4);
        TimeSpan during = await Median(well);

        output.WriteLine($"launch to running, median: {before.TotalMilliseconds:0} ms before, {during.TotalMilliseconds:0} ms while {Crashing} tasks crash: {during / before:0.0} times; {bad.Ledger.Tasks.Count(static task => task.End is not null)} crashes");
        // Twice is the aim; behind all that crash it would be a hundred times.
        Assert.InRange(during / before, 0, 20);
        Assert.All(await _hosts.Nodes.Agents(), static agent => Assert.Equal((AgentState.Registered, false), (agent.State, agent.IsDegraded)));
        await well.Rests();
        await bad.Settles();
        Assert.All(
            bad.Ledger.Tasks.Where(static task => task.End is { State: TaskState.Failed }),
            static task => Assert.Equal((7, "Command ended with exit code 7"), (task.End!.ExitCode, task.End.Message)));
        await services.WentOn(well, _hosts);
        await well.Settles();
    }

    private static async Task<TimeSpan> Median(KeepingFramework framework)
    {
        framework.TakeStartTimes();
        await framework.Progresses(Sample);
        TimeSpan[] times = [.. framework.TakeStartTimes().Order()];
        return times[times.Length / 2];
    }
}
