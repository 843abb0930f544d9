using System.Diagnostics;
using ActorScheduler.Model;
using Docker.DotNet.Models;
using Resources = ActorScheduler.Model.Resources;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class EndSpecs : RealDockerSpecs
{
    [DockerFact]
    public async Task A_container_that_takes_too_much_memory_ended_for_that()
    {
        (ContainerEnd end, _, _) = await Complete(Order("head -c 200m /dev/zero | tail; exit $?", static task => task with { Resources = Resources.Of(cpus: 0.1, mem: 16) }));

        Assert.True(end.IsOutOfMemory);
        Assert.NotEqual(0, end.ExitCode);
        Assert.Equal("mem: it took more memory than the 16 MiB that it may", end.Message);
    }

    [DockerFact]
    public async Task Stopping_asks_first_and_its_exit_code_is_the_containers()
    {
        string run = await Run("trap 'echo bye; exit 7' TERM; echo up; while true; do sleep 0.05; done");
        await Until("it has set its trap", async () => (await Logs(run)).Contains("up", StringComparison.Ordinal));

        await Docker.Stop(run, TimeSpan.FromSeconds(30), Soon);

        Assert.Equal(7, (await Docker.WhenEnded(run, Soon)).ExitCode);
    }

    [DockerFact]
    public async Task What_does_not_heed_is_killed_after_its_grace_or_earlier_when_somebody_is_in_a_hurry()
    {
        string run = await Run("trap '' TERM; while true; do sleep 1; done");
        var clock = Stopwatch.StartNew();

        Task patient = Docker.Stop(run, TimeSpan.FromSeconds(50), Soon);
        await Docker.Stop(run, TimeSpan.FromMilliseconds(300), Soon);
        await patient;

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.3, 20);
        Assert.Equal(137, (await Docker.WhenEnded(run, Soon)).ExitCode);
    }

    [DockerFact]
    public async Task A_container_that_somebody_has_renamed_is_seen_measured_stopped_and_removed_all_the_same()
    {
        string run = await Run("trap 'exit 7' TERM; echo up; while true; do sleep 0.05; done");
        await Until("it has set its trap", async () => (await Logs(run)).Contains("up", StringComparison.Ordinal));
        string id = (await Client.Containers.InspectContainerAsync($"asched-{run}", Soon)).ID;
        await Client.Containers.RenameContainerAsync(id, new ContainerRenameParameters { NewName = $"mine-{run}" }, Soon);

        Assert.IsType<ContainerState.Running>(await Docker.Inspect(run, Soon));
        Assert.NotNull((await Docker.Usage(run, Soon)).Memory);
        Assert.Equal($"docker rm -f {id[..12]}", Assert.Single(await Docker.List(Agent, null, Soon)).EndedBy);
        // A process that begins now knows nothing but what the engine says.
        await Restart();
        await Docker.Stop(run, TimeSpan.FromSeconds(30), Soon);

        Assert.Equal(7, (await Docker.WhenEnded(run, Soon)).ExitCode);
        await Docker.Remove(run, Soon);
        Assert.Empty(await Docker.List(Agent, null, Soon));
    }

    [DockerFact]
    public async Task The_images_or_the_tasks_own_stop_signal_is_used()
    {
        string run = await Run("trap 'exit 9' INT; trap '' TERM; echo up; while true; do sleep 0.05; done", static task => task with
        {
            Container = task.Container! with { Parameters = [new ContainerParameter("stop-signal", "SIGINT")] },
        });
        await Until("it has set its trap", async () => (await Logs(run)).Contains("up", StringComparison.Ordinal));

        await Docker.Stop(run, TimeSpan.FromSeconds(30), Soon);

        Assert.Equal(9, (await Docker.WhenEnded(run, Soon)).ExitCode);
    }

    [DockerFact]
    public async Task Removing_kills_what_runs_can_be_repeated_and_leaves_nothing()
    {
        ContainerOrder order = Order("echo last words; sleep 1000");
        await Docker.Start(order, Soon);
        Task<ContainerEnd> ended = Docker.WhenEnded(order.RunId, Soon);

        await Task.WhenAll(Docker.Remove(order.RunId, Soon), Docker.Remove(order.RunId, Soon), Another().Remove(order.RunId, Soon));
        await Docker.Remove(order.RunId, Soon);

        Assert.Equal(new ContainerState.Absent(), await Docker.Inspect(order.RunId, Soon));
        Assert.Empty(await Docker.List(Agent, null, Soon));
        await ended;
    }

    [DockerFact]
    public async Task A_removal_ends_a_start_that_is_under_way()
    {
        ContainerOrder order = Order("sleep 1000");
        Task<ContainerStatus> start = Docker.Start(order, Soon);
        await Docker.Remove(order.RunId, Soon);
        await start.ContinueWith(static _ => { }, TaskScheduler.Default);

        Assert.Equal(new ContainerState.Absent(), await Docker.Inspect(order.RunId, Soon));
        Assert.Empty(await Docker.List(Agent, null, Soon));
    }

    [DockerFact]
    public async Task Somebody_else_who_kills_or_removes_a_container_is_noticed_at_once()
    {
        string killed = await Run("sleep 1000");
        string removed = await Run("sleep 1000");
        Task<ContainerEnd>[] ends = [Docker.WhenEnded(killed, Soon), Docker.WhenEnded(removed, Soon)];
        var clock = Stopwatch.StartNew();

        await Client.Containers.KillContainerAsync($"asched-{killed}", new ContainerKillParameters());
        await Client.Containers.RemoveContainerAsync($"asched-{removed}", new ContainerRemoveParameters { Force = true });

        Assert.Equal(137, (await ends[0]).ExitCode);
        Assert.False((await ends[0]).IsOutOfMemory);
        await ends[1];
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 8);
    }

    [DockerFact]
    public async Task Two_hundred_quick_containers_end_each_with_its_own_exit_code_and_output()
    {
        ContainerOrder[] orders = [.. Enumerable.Range(0, 200).Select(i => Order($"echo {i}; exit {i}", static task => task with { Resources = Resources.Of(cpus: 0.01, mem: 16) }))];

        (ContainerEnd End, string Output, string Error)[] all = await Task.WhenAll(orders.Select(async order =>
        {
            var done = await Complete(order);
            await Docker.Remove(order.RunId, Soon);
            return done;
        }));

        Assert.Equal(Enumerable.Range(0, 200).Select(static i => (i, $"{i}\n")), all.Select(static done => (done.End.ExitCode!.Value, done.Output)));
        Assert.Empty(await Docker.List(Agent, null, Soon));
    }

    private Task<string> Logs(string run) => Task.FromResult(
        File.Exists(Path.Combine(Folder.Path, run, "stdout")) ? File.ReadAllText(Path.Combine(Folder.Path, run, "stdout")) : "");
}
