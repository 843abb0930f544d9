using ActorScheduler.Hosts.Specs.Harness;
using ActorScheduler.Model;

namespace ActorScheduler.Hosts.Specs;

/// <summary>The power of a whole host is cut: what ran there runs elsewhere, and when it is back exactly what is wanted runs.</summary>
[Collection(HostClusterFixture.Name)]
public sealed class HostLossSpecs(HostClusterFixture fixture)
{
    private readonly HostCluster _hosts = fixture.Hosts;

    [HostsFact]
    public async Task The_allocators_host_is_lost_and_comes_back()
    {
        await using KeepingFramework framework = await Begin();

        await Loses(framework, _hosts.Nodes.AllocatorNode());
    }

    [HostsFact]
    public async Task The_host_of_the_frameworks_actor_is_lost_and_comes_back()
    {
        await using KeepingFramework framework = await Begin();

        await Loses(framework, _hosts.Nodes.FrameworkNode(framework.Session.FrameworkId));
    }

    private async Task<KeepingFramework> Begin()
    {
        await _hosts.Whole();
        KeepingFramework framework = await KeepingFramework.Start(_hosts, replaces: true);
        await framework.Keep(services: 6, jobs: 2);
        return framework;
    }

    private async Task Loses(KeepingFramework framework, int number)
    {
        AgentId agent = (await _hosts.Agent(number)).Info.Id;
        KeptContainers elsewhere = await KeptContainers.Of(framework, _hosts, container => container.AgentId != agent.Value);
        TaskRecord[] there = [.. framework.Running.Where(task => task.Updates[^1].AgentId == agent)];
        Assert.NotEmpty(there);

        await _hosts.CutPower(number);
        await Eventually.Holds("its tasks are replaced", () => framework.Running.Any(there.Contains) ? "they are not" : null, _hosts.Nodes);
        await framework.AllRun(6);
        await framework.Progresses();
        await _hosts.Whole();

        await Eventually.Holds("what ran there has ended", () => there.FirstOrDefault(static task => task.End is null)?.ToString(), _hosts.Nodes);
        await framework.Progresses();
        await framework.Rests();
        await framework.AllRun(6);
        await _hosts.Agrees();
        Assert.Equal(6, (await _hosts.Containers()).Count);
        await elsewhere.WentOn(framework, _hosts);
        await framework.Settles();
    }
}
