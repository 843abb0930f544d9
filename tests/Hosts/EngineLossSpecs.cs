using ActorScheduler.Hosts.Specs.Harness;
using ActorScheduler.Model;

namespace ActorScheduler.Hosts.Specs;

/// <summary>An engine is killed and comes back: its silence says nothing about tasks, and what it says then is what counts.</summary>
[Collection(HostClusterFixture.Name)]
public sealed class EngineLossSpecs(HostClusterFixture fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly HostCluster _hosts = fixture.Hosts;

    [HostsFact]
    public async Task An_engine_that_keeps_containers_comes_back()
    {
        await using KeepingFramework framework = await Begin();
        KeptContainers before = await KeptContainers.Of(framework, _hosts);

        await KillAndStart(framework, 3);

        await framework.Rests();
        await before.WentOn(framework, _hosts);
        await framework.Settles();
    }

    [HostsFact]
    public async Task An_engine_that_ends_what_it_finds_comes_back()
    {
        await using KeepingFramework framework = await Begin();
        AgentId agent = (await _hosts.Agent(2)).Info.Id;
        KeptContainers elsewhere = await KeptContainers.Of(framework, _hosts, container => container.AgentId != agent.Value);

        TaskRecord[] there = await KillAndStart(framework, 2);

        await Eventually.Holds("its tasks have ended", () => there.FirstOrDefault(static task => task.End is null)?.ToString(), _hosts.Nodes);
        Assert.All(there, static task => Assert.Equal(TaskState.Failed, task.End!.State));
        await framework.AllRun(6);
        await _hosts.Agrees();
        await elsewhere.WentOn(framework, _hosts);
        await framework.Settles();
    }

    private async Task<KeepingFramework> Begin()
    {
        await _hosts.Whole();
        KeepingFramework framework = await KeepingFramework.Start(_hosts);
        await framework.Keep(services: 6, jobs: 2);
        return framework;
    }

    /// <summary>Kills an engine for a while, and gives the services that ran there.</summary>
    private async Task<TaskRecord[]> KillAndStart(KeepingFramework framework, int number)
    {
        AgentId agent = (await _hosts.Agent(number)).Info.Id;
        Engine engine = _hosts.Engines[number];
        TaskRecord[] there = [.. framework.Running.Where(task => task.Updates[^1].AgentId == agent && task.Task.Name.StartsWith("service", StringComparison.Ordinal))];
        Assert.NotEmpty(there);

        await engine.Kill();
        await Eventually.Holds("the agent is degraded", async () => (await _hosts.Agent(number)).IsDegraded ? null : "it is not", _hosts.Nodes);
        HashSet<TaskId> known = [.. framework.Ledger.Tasks.Select(static task => task.Task.Id)];
        // Work goes on elsewhere; here nothing new begins, and nothing is said of what runs on, such as all jobs that there were.
        framework.WishForJobs(3, 2);
        await framework.Progresses(8);
        Assert.DoesNotContain(framework.Ledger.Tasks, task => !known.Contains(task.Task.Id) && task.Updates.Any(update => update.AgentId == agent));
        Assert.All(there, static task => Assert.Equal(TaskState.Running, task.Updates[^1].State));
        Assert.NotEmpty(engine.ContainerProcesses());
        framework.WantsNoJobs();
        await engine.Start();

        await _hosts.Agrees(Limit);
        return there;
    }
}
