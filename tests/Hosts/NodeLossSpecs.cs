using ActorScheduler.Hosts.Specs.Harness;
using ActorScheduler.Model;

namespace ActorScheduler.Hosts.Specs;

/// <summary>Nodes are killed, and their hosts' engines go on: no container notices, and no update is lost.</summary>
[Collection(HostClusterFixture.Name)]
public sealed class NodeLossSpecs(HostClusterFixture fixture)
{
    private readonly HostCluster _hosts = fixture.Hosts;

    [HostsFact]
    public async Task The_allocators_node_is_killed()
    {
        await using KeepingFramework framework = await Begin();

        await Kills(framework, _hosts.Nodes.AllocatorNode());
    }

    [HostsFact]
    public async Task The_node_of_the_frameworks_actor_is_killed()
    {
        await using KeepingFramework framework = await Begin();

        await Kills(framework, _hosts.Nodes.FrameworkNode(framework.Session.FrameworkId));
    }

    [HostsFact]
    public async Task All_nodes_are_killed_at_once()
    {
        await using KeepingFramework framework = await Begin();

        await Kills(framework, [.. _hosts.Nodes.Numbers]);
    }

    [HostsFact]
    public async Task A_task_ends_while_its_agents_process_is_away()
    {
        await using KeepingFramework framework = await Begin();
        int number = _hosts.Nodes.Numbers.Except([_hosts.Nodes.AllocatorNode(), _hosts.Nodes.FrameworkNode(framework.Session.FrameworkId)]).First();
        TaskRecord task = await framework.Launch(
            Given.Shell("until [ -e /mnt/mesos/sandbox/go ]; do sleep 0.1; done; exit 23"), "waits", number, static update => update.State == TaskState.Running);
        KeptContainers before = await KeptContainers.Of(framework, _hosts);

        await _hosts.Nodes.Kill(number);
        await File.WriteAllTextAsync(Path.Combine(task.Updates[^1].Container!.Sandbox!, "go"), "");
        await Eventually.Holds("its container has ended", async () =>
            (await _hosts.Engines[number].Api.Containers(all: true)).Single(one => one.TaskId == task.Task.Id.Value).Runs ? "it runs" : null, _hosts.Nodes);
        await _hosts.Whole();

        await Eventually.Holds("its end is told", () => task.End is null ? task.ToString() : null, _hosts.Nodes);
        Assert.Equal((TaskState.Failed, 23), (task.End!.State, task.End.ExitCode));
        await Went(framework, before);
    }

    [HostsFact]
    public async Task An_agents_process_is_away_so_long_that_its_tasks_are_replaced()
    {
        await using KeepingFramework framework = await Begin(replaces: true);
        int number = _hosts.Nodes.Numbers.First(number => number != _hosts.Nodes.AllocatorNode());
        AgentId agent = (await _hosts.Agent(number)).Info.Id;
        TaskRecord[] there = [.. framework.Running.Where(task => task.Updates[^1].AgentId == agent && task.Task.Name.StartsWith("service", StringComparison.Ordinal))];
        KeptContainers elsewhere = await KeptContainers.Of(framework, _hosts, container => container.AgentId != agent.Value);
        Assert.NotEmpty(there);

        await _hosts.Nodes.Kill(number);
        await Eventually.Holds("its tasks are replaced", () => framework.Running.Any(there.Contains) ? "they are not" : null, _hosts.Nodes);
        await framework.AllRun(6);
        await _hosts.Whole();

        // No second instance stays.
        await Eventually.Holds("those that were replaced end", () => there.FirstOrDefault(static task => task.End is null)?.ToString(), _hosts.Nodes);
        Assert.All(there, static task => Assert.Equal(TaskState.Killed, task.End!.State));
        await Went(framework, elsewhere);
    }

    private async Task<KeepingFramework> Begin(bool replaces = false)
    {
        await _hosts.Whole();
        KeepingFramework framework = await KeepingFramework.Start(_hosts, replaces);
        await framework.Keep(services: 6, jobs: 2);
        return framework;
    }

    private async Task Kills(KeepingFramework framework, params int[] numbers)
    {
        KeptContainers before = await KeptContainers.Of(framework, _hosts);

        await _hosts.Nodes.Kill(numbers);
        if (numbers.Length < _hosts.Nodes.Numbers.Count())
            await framework.Progresses();
        await _hosts.Whole();

        await Went(framework, before);
    }

    private async Task Went(KeepingFramework framework, KeptContainers before)
    {
        await framework.Progresses();
        await framework.Rests();
        await framework.AllRun(6);
        await _hosts.Agrees();
        await before.WentOn(framework, _hosts);
        await framework.Settles();
    }
}
