using ActorScheduler.Hosts.Specs.Harness;
using ActorScheduler.Model;

namespace ActorScheduler.Hosts.Specs;

/// <summary>One container is lost: its task ends, once, with a sentence, and is replaced; no other notices.</summary>
[Collection(HostClusterFixture.Name)]
public sealed class ContainerLossSpecs(HostClusterFixture fixture)
{
    private readonly HostCluster _hosts = fixture.Hosts;

    [HostsFact]
    public Task Its_process_is_killed() => Loses(static (_, container) => Engine.KillProcess(container));

    [HostsFact]
    public Task Its_shim_is_killed() => Loses(static (engine, container) => engine.KillShim(container));

    private async Task Loses(Func<Engine, EngineContainer, Task> lose)
    {
        await _hosts.Whole();
        await using KeepingFramework framework = await KeepingFramework.Start(_hosts);
        await framework.Keep(services: 6, jobs: 2);
        TaskRecord task = framework.Running.First(static task => task.Task.Name.StartsWith("service", StringComparison.Ordinal));
        EngineContainer container = (await _hosts.Containers()).Single(one => one.TaskId == task.Task.Id.Value);
        KeptContainers others = await KeptContainers.Of(framework, _hosts, one => one.Id != container.Id);

        await lose(_hosts.Engines[_hosts.HostOf(new AgentId(container.AgentId))], container);

        await Eventually.Holds("its end is told", () => task.End is null ? task.ToString() : null, _hosts.Nodes);
        Assert.Equal((TaskState.Failed, 137, "Command ended with exit code 137"), (task.End!.State, task.End.ExitCode, task.End.Message));
        await framework.AllRun(6);
        await framework.Rests();
        await _hosts.Agrees();
        await others.WentOn(framework, _hosts);
        await framework.Settles();
    }
}
