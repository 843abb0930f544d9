using System.Diagnostics;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs.Processes;

public sealed class EndSpecs : RealProcessSpecs
{
    [Fact]
    public async Task A_command_that_is_not_there_or_may_not_be_executed_is_named()
    {
        ContainerOrder order = Order(new CommandInfo("./tool", Shell: false));
        await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "tool"), "#!/bin/sh\n");

        (ContainerEnd notAllowed, _, _) = await Complete(order);
        (ContainerEnd notFound, _, _) = await Complete(Order(new CommandInfo("no-such-tool", Shell: false)));
        (ContainerEnd inLine, _, _) = await Complete("no-such-tool --now");

        Assert.Equal(126, notAllowed.ExitCode);
        Assert.StartsWith("Command may not be executed: './tool'", notAllowed.Message);
        Assert.Equal(127, notFound.ExitCode);
        Assert.StartsWith("Command was not found: 'no-such-tool'", notFound.Message);
        Assert.Equal(127, inLine.ExitCode);
        Assert.Contains("no-such-tool: not found", inLine.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 127", 127)]
    [InlineData("exit 126", 126)]
    [InlineData("echo 'sh: 1: exec: other: not found' >&2; exit 127", 127)]
    public async Task A_program_that_ends_with_the_codes_of_shells_is_not_told_as_missing(string script, int code)
    {
        ContainerOrder order = Order(new CommandInfo("./tool", Shell: false));
        string tool = Path.Combine(order.Sandbox!, "tool");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, (UnixFileMode)0x1ed);

        foreach (ContainerEnd end in new[] { (await Complete(order)).End, (await Complete(script)).End, (await Complete(Order(new CommandInfo("sh", ["sh", "-c", script], Shell: false)))).End })
        {
            Assert.Equal(code, end.ExitCode);
            Assert.DoesNotContain("was not found", end.Message ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain("may not be executed", end.Message ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_program_whose_interpreter_is_missing_is_not_found()
    {
        ContainerOrder order = Order(new CommandInfo("./tool", Shell: false));
        string tool = Path.Combine(order.Sandbox!, "tool");
        await File.WriteAllTextAsync(tool, "#!/no/such/interpreter\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, (UnixFileMode)0x1ed);

        (ContainerEnd end, _, _) = await Complete(order);

        Assert.Equal(127, end.ExitCode);
        Assert.StartsWith("Command was not found: './tool'", end.Message);
    }

    [Fact]
    public async Task A_signal_is_told_from_an_exit_code()
    {
        Assert.Equal(new ContainerEnd(137, Message: "Command was killed by signal 9 (SIGKILL)"), (await Complete("kill -9 $$")).End);
        Assert.Equal(new ContainerEnd(139, Message: "Command was killed by signal 11 (SIGSEGV)"), (await Complete("kill -SEGV $$")).End);
        Assert.Equal(new ContainerEnd(143), (await Complete("exit 143")).End);
    }

    [Fact]
    public async Task Stopping_asks_first_and_its_exit_code_is_the_commands()
    {
        ContainerOrder order = await Up("trap 'echo bye; exit 7' TERM; echo up; while true; do sleep 0.05; done");

        await Processes.Stop(order.RunId, TimeSpan.FromSeconds(20), Soon);

        Assert.Equal(new ContainerEnd(7), await Processes.WhenEnded(order.RunId, Soon));
        Assert.Equal("up\nbye\n", Read(order, "stdout"));
    }

    [Fact]
    public async Task A_command_that_does_not_care_ends_by_the_signal()
    {
        ContainerOrder order = await Up("echo up; exec sleep 100");

        await Processes.Stop(order.RunId, TimeSpan.FromSeconds(20), Soon);

        Assert.Equal(new ContainerEnd(143, Message: "Command was killed by signal 15 (SIGTERM)"), await Processes.WhenEnded(order.RunId, Soon));
    }

    [Fact]
    public async Task What_does_not_heed_is_killed_after_its_grace_or_earlier_when_somebody_is_in_a_hurry()
    {
        ContainerOrder order = await Up("trap '' TERM; echo up; while true; do sleep 1; done");
        var clock = Stopwatch.StartNew();

        Task patient = Processes.Stop(order.RunId, TimeSpan.FromSeconds(25), Soon);
        await Processes.Stop(order.RunId, TimeSpan.FromMilliseconds(200), Soon);
        await patient;

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.2, 10);
        Assert.Equal(137, (await Processes.WhenEnded(order.RunId, Soon)).ExitCode);
    }

    [Fact]
    public async Task What_a_command_leaves_behind_ends_with_it()
    {
        string mark = Unique();
        (ContainerEnd end, _, _) = await Complete($"sleep {mark} & setsid sleep {mark} & sleep 0.1; exit 4");

        Assert.Equal(4, end.ExitCode);
        Assert.Empty(ProcessesWith($"sleep {mark}"));
    }

    [Fact]
    public async Task Removing_kills_what_runs_can_be_repeated_and_leaves_nothing()
    {
        string mark = Unique();
        ContainerOrder order = await Up($"setsid sh -c 'sleep {mark} & sleep {mark} &' & echo up; sleep {mark}");
        Task<ContainerEnd> ended = Processes.WhenEnded(order.RunId, Soon);

        await Task.WhenAll(Processes.Remove(order.RunId, Soon), Processes.Remove(order.RunId, Soon));
        await Processes.Remove(order.RunId, Soon);

        Assert.Equal(new ContainerState.Absent(), await Processes.Inspect(order.RunId, Soon));
        Assert.Empty(await Processes.List(Agent, null, Soon));
        Assert.Empty(ProcessesWith(mark));
        Assert.DoesNotContain(Directory.EnumerateFiles(State, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains(mark, StringComparison.Ordinal));
        await ended;
    }

    [Fact]
    public async Task Folders_of_runs_that_are_over_are_used_again_also_by_another_process_of_the_agent()
    {
        for (int life = 0; life < 2; life++)
        {
            for (int i = 0; i < 5; i++)
            {
                ContainerOrder order = Order($"echo {i}; exit {i}");
                await Processes.Start(order, Soon);
                Assert.Equal(i, (await Processes.WhenEnded(order.RunId, Soon)).ExitCode);
                await Processes.Remove(order.RunId, Soon);
            }
            await Restart();
        }

        Assert.Single(Directory.EnumerateDirectories(State));
        Assert.Empty(await Processes.List(Agent, null, Soon));
    }

    [Fact]
    public async Task A_removal_ends_a_start_that_is_under_way()
    {
        string mark = Unique();
        for (int i = 0; i < 20; i++)
        {
            ContainerOrder order = Order($"sleep {mark}");
            Task start = Processes.Start(order, Soon);
            await Processes.Remove(order.RunId, Soon);
            await start;
        }

        Assert.Empty(await Processes.List(Agent, null, Soon));
        Assert.Empty(ProcessesWith(mark));
    }

    [Fact]
    public async Task A_killed_supervisor_takes_its_command_with_it_and_the_exit_code_is_not_known()
    {
        string mark = Unique();
        ContainerOrder order = await Up($"echo up; sleep {mark}; echo never");
        ContainerState.Running running = Assert.IsType<ContainerState.Running>(await Processes.Inspect(order.RunId, Soon));

        Kill(running.Status.ProcessId!.Value);
        ContainerEnd end = await Processes.WhenEnded(order.RunId, Soon);

        Assert.Null(end.ExitCode);
        Assert.StartsWith("Its supervisor was killed", end.Message);
        Assert.Empty(ProcessesWith(mark));
    }

    [Fact]
    public async Task Two_hundred_that_crash_all_the_time_are_each_told_of()
    {
        int ends = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, _) =>
        {
            for (int life = 0; life < 3; life++)
            {
                ContainerOrder order = Order($"exit {i}");
                await Processes.Start(order, Soon);
                Assert.Equal(i, (await Processes.WhenEnded(order.RunId, Soon)).ExitCode);
                await Processes.Remove(order.RunId, Soon);
                Interlocked.Increment(ref ends);
            }
        });

        Assert.Equal(600, ends);
        Assert.Empty(await Processes.List(Agent, null, Soon));
    }
}
