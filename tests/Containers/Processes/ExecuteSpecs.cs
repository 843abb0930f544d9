using System.Text;
using ActorScheduler.Processes;

namespace ActorScheduler.Containers.Specs.Processes;

public sealed class ExecuteSpecs : RealProcessSpecs
{
    [Fact]
    public async Task A_command_runs_in_the_place_of_the_task()
    {
        ContainerOrder order = await Up("echo up; sleep 1000");

        (string text, string error, int code) = await Execute(order, new ContainerCommand(
            ["sh", "-c", "pwd; echo $MESOS_TASK_ID $MORE; echo oops >&2; exit 9"], new Dictionary<string, string> { ["MORE"] = "yes" }));

        Assert.Equal(($"{order.Sandbox}\n{order.Task.Id} yes\n", "oops\n", 9), (text, error, code));
    }

    [Fact]
    public async Task Input_goes_in_and_much_output_comes_out()
    {
        ContainerOrder order = await Up("echo up; sleep 1000");
        await using IContainerSession session = await Processes.Execute(order.RunId, new ContainerCommand(["sh", "-c", "cat; head -c 3000000 /dev/zero"], HasInput: true), Soon);
        await session.Write(Encoding.UTF8.GetBytes("hello"), Soon);
        await session.CloseInput();

        (string text, _) = await Collect(session);

        Assert.Equal(("hello", 3_000_005, 0), (text[..5], text.Length, await session.Exited));
    }

    [Fact]
    public async Task A_terminal_is_one_and_has_a_size()
    {
        ContainerOrder order = await Up("echo up; sleep 1000");
        await using IContainerSession session = await Processes.Execute(
            order.RunId, new ContainerCommand(["sh", "-c", "read line; tty; stty size; echo got $line"], HasInput: true, HasTerminal: true), Soon);
        await session.Resize(100, 30, Soon);
        await session.Write(Encoding.UTF8.GetBytes("abc\n"), Soon);

        (string text, _) = await Collect(session);

        Assert.Contains("/dev/pts/", text, StringComparison.Ordinal);
        Assert.Contains("30 100\r\n", text, StringComparison.Ordinal);
        Assert.Contains("got abc\r\n", text, StringComparison.Ordinal);
        Assert.Equal(0, await session.Exited);
    }

    [Fact]
    public async Task A_terminal_has_its_first_size_from_the_first()
    {
        ContainerOrder order = await Up("echo up; sleep 1000");

        Assert.Equal("33 77\r\n", (await Execute(order, new ContainerCommand(["stty", "size"], HasTerminal: true, Size: new TerminalSize(77, 33)))).Output);
    }

    [Theory]
    [InlineData(127, "no-such-tool", "no-such-tool")]
    [InlineData(127, "/no/such/tool", "/no/such/tool")]
    [InlineData(126, "/etc/passwd", "/etc/passwd")]
    [InlineData(126, "/bin", "/bin")]
    [InlineData(127, "", "sh", "-c", "exit 127")]
    [InlineData(126, "", "sh", "-c", "exit 126")]
    public async Task The_exit_code_says_as_in_a_shell_that_there_is_no_such_program_or_that_it_may_not_be_executed(int code, string named, params string[] arguments)
    {
        ContainerOrder order = await Up("echo up; sleep 1000");

        (string text, string error, int own) = await Execute(order, new ContainerCommand(arguments));

        Assert.Equal((code, "", named.Length > 0), (own, text, error.Length > 0));
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "sleep {0} & echo done")]
    [InlineData(true, "sleep {0} & echo done")]
    [InlineData(true, "sleep {0} < /dev/null > /dev/null 2>&1 & echo done")]
    public async Task A_command_ends_though_what_it_leaves_behind_holds_its_streams_and_that_is_killed_on_demand(bool isKilled, string script)
    {
        string mark = Unique();
        ContainerOrder order = await Up("echo up; sleep 1000");

        Assert.Equal(("done\n", "", 0), await Execute(order, new ContainerCommand(["sh", "-c", script.Replace("{0}", mark, StringComparison.Ordinal)], KillsLeftovers: isKilled)));
        await Until("what it left behind is gone, or not", () => ProcessesWith($"sleep {mark}").Length == (isKilled ? 0 : 1));
    }

    [Theory]
    [InlineData("sleep {0}; echo never")]
    [InlineData("sleep {0} & sleep {0} & wait")]
    public async Task Giving_a_command_up_ends_its_children_too(string script)
    {
        string mark = Unique();
        ContainerOrder order = await Up("echo up; sleep 1000");
        IContainerSession session = await Processes.Execute(
            order.RunId, new ContainerCommand(["sh", "-c", script.Replace("{0}", mark, StringComparison.Ordinal)], KillsLeftovers: true), Soon);
        await Until("it runs", () => ProcessesWith($"sleep {mark}").Length > 0);

        await session.DisposeAsync();

        await Until("all of it is gone", () => ProcessesWith($"sleep {mark}").Length == 0);
        Assert.IsType<ContainerState.Running>(await Processes.Inspect(order.RunId, Soon));
    }

    [Fact]
    public async Task Giving_a_command_up_ends_it_and_removing_the_task_does_too()
    {
        string mark = Unique();
        ContainerOrder order = await Up("echo up; sleep 1000");
        IContainerSession givenUp = await Processes.Execute(order.RunId, new ContainerCommand(["sleep", mark]), Soon);
        await using IContainerSession removed = await Processes.Execute(order.RunId, new ContainerCommand(["sleep", mark]), Soon);

        await givenUp.DisposeAsync();
        await Until("one is left", () => ProcessesWith($"sleep {mark}").Length == 1);
        await Processes.Remove(order.RunId, Soon);

        Assert.Empty(ProcessesWith($"sleep {mark}"));
        Assert.Equal(137, await removed.Exited);
        await Assert.ThrowsAsync<ContainerException>(() => Processes.Execute(order.RunId, new ContainerCommand(["true"]), Soon));
    }

    [RootFact("Only root can run processes as other users")]
    public async Task A_command_runs_as_the_user_that_is_asked_for()
    {
        ContainerOrder order = await Up("echo up; sleep 1000");

        Assert.Equal("nobody\n", (await Execute(order, new ContainerCommand(["id", "-un"], User: "nobody"))).Output);
        ContainerException refused = await Assert.ThrowsAsync<ContainerException>(() => Processes.Execute(order.RunId, new ContainerCommand(["id"], User: "no-such-user"), Soon));
        Assert.Equal("user 'no-such-user' is unknown on this host", refused.Message);
    }

    private async Task<(string Output, string Error, int ExitCode)> Execute(ContainerOrder order, ContainerCommand command)
    {
        await using IContainerSession session = await Processes.Execute(order.RunId, command, Soon);
        (string output, string error) = await Collect(session);
        return (output, error, await session.Exited);
    }

    private static async Task<(string Output, string Error)> Collect(IContainerSession session)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        await foreach (ContainerOutput piece in session.Output.WithCancellation(Soon))
            (piece.IsError ? error : output).Append(Encoding.UTF8.GetString(piece.Data.Span));
        return (output.ToString(), error.ToString());
    }
}
