using ActorScheduler.Containers.Processes;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs.Processes;

/// <summary>Where no control groups can be had.</summary>
public sealed class WithoutGroupsSpecs : RealProcessSpecs
{
    protected override ProcessSettings Settings => base.Settings with { UsesControlGroups = false };

    [Fact]
    public async Task It_is_said_once()
    {
        await Complete("true");

        Assert.StartsWith("no control groups (switched off by actorscheduler.agent.process.control-groups)", Assert.Single(Told));
    }

    [Fact]
    public async Task What_changed_its_session_is_killed_with_the_rest_and_nothing_else_is()
    {
        string mark = Unique();
        string other = Unique();
        ContainerOrder order = await Up($"setsid sleep {mark} & env -i sleep {mark} & echo up; sleep {mark}");
        ContainerOrder neighbour = await Up($"echo up; sleep {other}");

        await Processes.Stop(order.RunId, TimeSpan.Zero, Soon);

        Assert.Equal(137, (await Processes.WhenEnded(order.RunId, Soon)).ExitCode);
        Assert.Empty(ProcessesWith(mark));
        Assert.NotEmpty(ProcessesWith(other));
        await Processes.Remove(neighbour.RunId, Soon);
        Assert.Empty(ProcessesWith(other));
    }

    [Fact]
    public async Task Use_is_told_and_a_new_size_changes_nothing()
    {
        ContainerOrder order = await Up("echo up; sleep 1000");

        ContainerUsage usage = await Processes.Usage(order.RunId, Soon);
        await Processes.Resize(order.RunId, order.Task with { Resources = Resources.Of(cpus: 2, mem: 128) }, Soon);

        Assert.InRange(usage.Processes!.Value, 1, 3);
        Assert.InRange(usage.Memory!.Value, 100_000, 50_000_000);
        Assert.Null(usage.MemoryLimit);
    }
}
