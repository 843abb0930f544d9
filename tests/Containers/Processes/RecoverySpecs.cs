using ActorScheduler.Containers.Processes;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Specs.Processes;

public sealed class RecoverySpecs : RealProcessSpecs
{
    [Fact]
    public async Task Another_process_of_the_agent_finds_what_runs_and_hears_its_end()
    {
        ContainerOrder order = await Up("echo up; while [ ! -e go ]; do sleep 0.02; done; exit 5");
        await Restart();

        ContainerState.Running running = Assert.IsType<ContainerState.Running>(await Processes.Inspect(order.RunId, Soon));
        Assert.Equal(order.RunId, Assert.Single(await Processes.List(Agent, null, Soon)).RunId);
        Assert.Equal(running.Status, await Processes.Start(order, Soon));
        Task<ContainerEnd> ended = Processes.WhenEnded(order.RunId, Soon);
        await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");

        Assert.Equal(new ContainerEnd(5), await ended);
        Assert.Equal("up\n", Read(order, "stdout"));
    }

    [Fact]
    public async Task The_exit_code_of_what_ended_meanwhile_is_known()
    {
        string mark = Unique();
        ContainerOrder order = await Up($"sleep {mark} & echo up; while [ ! -e go ]; do sleep 0.02; done; exit 6");
        await Restart(async () =>
        {
            await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");
            await Until("it has ended", () => File.ReadAllText(Path.Combine(State, order.RunId, "end")).Contains("end 6", StringComparison.Ordinal));
        });

        Assert.Equal(new ContainerState.Ended(new ContainerEnd(6)), await Processes.Inspect(order.RunId, Soon));
        Assert.Empty(ProcessesWith(mark));
        await Processes.Remove(order.RunId, Soon);
        Assert.Empty(await Processes.List(Agent, null, Soon));
    }

    [Fact]
    public async Task A_supervisor_that_was_killed_meanwhile_ends_its_run()
    {
        string mark = Unique();
        ContainerOrder order = await Up($"echo up; sleep {mark}");
        int supervisor = ((ContainerState.Running)await Processes.Inspect(order.RunId, Soon)).Status.ProcessId!.Value;
        await Restart(async () =>
        {
            Kill(supervisor);
            await Until("it is gone", () => !ProcessTable.IsAlive(supervisor));
        });

        ContainerEnd end = ((ContainerState.Ended)await Processes.Inspect(order.RunId, Soon)).End;

        Assert.Null(end.ExitCode);
        Assert.StartsWith("Its supervisor was killed", end.Message);
        Assert.Empty(ProcessesWith(mark));
    }

    [Fact]
    public async Task One_whose_folder_was_deleted_is_found_by_the_kernel_and_ended_before_it_is_said_to_have_ended()
    {
        string mark = Unique();
        ContainerOrder order = await Up($"echo up; sleep {mark}");
        int supervisor = ((ContainerState.Running)await Processes.Inspect(order.RunId, Soon)).Status.ProcessId!.Value;
        await Restart(() =>
        {
            Directory.Delete(Path.Combine(State, order.RunId), recursive: true);
            return Task.CompletedTask;
        });

        ContainerEnd end = Assert.IsType<ContainerState.Ended>(await Processes.Inspect(order.RunId, Soon)).End;

        Assert.Equal(new ContainerEnd(null, Message: $"Its state in {Path.Combine(State, order.RunId)} was deleted while it ran, so it was killed; its exit code is not known"), end);
        Assert.False(ProcessTable.IsAlive(supervisor));
        Assert.Empty(ProcessesWith(mark));
        Assert.IsType<ContainerState.Absent>(await Processes.Inspect(order.RunId, Soon));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/sys/fs/cgroup", "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }), folder => folder.EndsWith(order.RunId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_whose_folder_was_deleted_with_all_that_the_agent_knew_is_listed_with_what_ends_it()
    {
        string mark = Unique();
        ContainerOrder order = await Up($"echo up; sleep {mark}");
        int supervisor = ((ContainerState.Running)await Processes.Inspect(order.RunId, Soon)).Status.ProcessId!.Value;
        await Restart(() =>
        {
            Directory.Delete(State, recursive: true);
            return Task.CompletedTask;
        });

        FoundContainer found = Assert.Single(await Processes.List(Agent, null, Soon));

        Assert.Equal((order.RunId, true, $"kill -KILL -- -{supervisor}"), (found.RunId, found.Runs, found.EndedBy));
        Assert.NotEmpty(ProcessesWith(mark));
        await Processes.Remove(order.RunId, Soon);
        Assert.Empty(ProcessesWith(mark));
        Assert.Empty(await Processes.List(Agent, null, Soon));
    }

    [Fact]
    public async Task The_exit_code_of_one_whose_folder_is_deleted_under_a_running_agent_is_told_all_the_same()
    {
        ContainerOrder order = await Up("echo up; while [ ! -e go ]; do sleep 0.02; done; exit 5");
        Task<ContainerEnd> ended = Processes.WhenEnded(order.RunId, Soon);
        Directory.Delete(Path.Combine(State, order.RunId), recursive: true);

        await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");

        Assert.Equal(new ContainerEnd(5), await ended);
    }

    [Fact]
    public async Task Another_start_of_the_host_has_ended_everything_and_numbers_of_processes_are_not_trusted()
    {
        string bystander = Unique();
        ContainerOrder other = await Up($"echo up; sleep {bystander}");
        int stranger = ((ContainerState.Running)await Processes.Inspect(other.RunId, Soon)).Status.ProcessId!.Value;
        ContainerOrder rebooted = await Up("echo up; exit 0");
        ContainerOrder reused = await Up("echo up; exit 0");
        await Processes.WhenEnded(rebooted.RunId, Soon);
        await Processes.WhenEnded(reused.RunId, Soon);
        await Restart(async () =>
        {
            string facts = Path.Combine(State, rebooted.RunId, "run.json");
            await File.WriteAllTextAsync(facts, (await File.ReadAllTextAsync(facts)).Replace(ProcessTable.BootId, "an-earlier-one", StringComparison.Ordinal));
            foreach (ContainerOrder order in new[] { rebooted, reused })
                await File.WriteAllTextAsync(Path.Combine(State, order.RunId, "end"), $"pid {stranger}\n");
        });

        ContainerEnd end = ((ContainerState.Ended)await Processes.Inspect(rebooted.RunId, Soon)).End;
        Assert.Equal(new ContainerEnd(null, Message: "The host was restarted while it ran; its exit code is not known"), end);
        Assert.IsType<ContainerState.Ended>(await Processes.Inspect(reused.RunId, Soon));
        await Processes.Remove(reused.RunId, Soon);
        await Processes.Remove(rebooted.RunId, Soon);
        Assert.NotEmpty(ProcessesWith(bystander));
        Assert.IsType<ContainerState.Running>(await Processes.Inspect(other.RunId, Soon));
    }

    [Fact]
    public async Task A_run_that_the_agent_was_killed_in_the_middle_of_starting_was_never_there()
    {
        ContainerOrder order = Order("true");
        new RunStore(State).Keep(new RunFacts(order.RunId, Agent.Value, ProcessTable.BootId, 0, order.Sandbox!, "true", null, Processes.HasControlGroups, new Dictionary<string, string>()));

        Assert.Equal(new ContainerState.Absent(), await Processes.Inspect(order.RunId, Soon));
        Assert.Empty(Directory.EnumerateFileSystemEntries(State));
        Assert.Equal(0, (await Complete(order)).End.ExitCode);
    }

    [Theory]
    [InlineData("", null, null, false, null)]
    [InlineData("pid 12\n   ", 12, null, false, null)]
    [InlineData("pid 12\nKilled\nend 137\n  ", 12, null, true, 137)]
    [InlineData("pid 12\nwhy folder\nend 125\n", 12, "folder", false, 125)]
    [InlineData("pid 12\nend 13", 12, null, false, null)]
    public void A_result_counts_as_far_as_its_lines_are_complete(string text, int? supervisor, string? failure, bool isSignal, int? code) =>
        Assert.Equal(new RunResult(supervisor, failure, isSignal, code), RunResult.Parse(text));
}
