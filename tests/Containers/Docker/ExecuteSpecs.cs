using System.Text;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class ExecuteSpecs : RealDockerSpecs
{
    [DockerFact]
    public async Task A_command_runs_beside_the_containers_own_and_tells_output_errors_and_exit_code()
    {
        string run = await Run("sleep 1000");
        await using IContainerSession session = await Docker.Execute(
            run, new ContainerCommand(["sh", "-c", "echo $A; echo wrong >&2; exit 5"], new Dictionary<string, string> { ["A"] = "b" }), Soon);

        Assert.Equal(("b\n", "wrong\n"), await Read(session));
        Assert.Equal(5, await session.Exited.WaitAsync(Soon));
    }

    [DockerFact]
    public async Task Input_is_given_and_ended()
    {
        string run = await Run("sleep 1000");
        await using IContainerSession session = await Docker.Execute(run, new ContainerCommand(["sort"], HasInput: true), Soon);

        await session.Write(Encoding.UTF8.GetBytes("b\na\n"), Soon);
        await session.CloseInput();

        Assert.Equal("a\nb\n", (await Read(session)).Output);
        Assert.Equal(0, await session.Exited.WaitAsync(Soon));
    }

    [DockerFact]
    public async Task A_terminal_has_the_size_that_it_is_given()
    {
        string run = await Run("sleep 1000");
        await using IContainerSession session = await Docker.Execute(run, new ContainerCommand(["sh"], HasInput: true, HasTerminal: true), Soon);

        await session.Resize(77, 33, Soon);
        await session.Write(Encoding.UTF8.GetBytes("stty size; exit 4\n"), Soon);

        Assert.Contains("33 77", (await Read(session)).Output, StringComparison.Ordinal);
        Assert.Equal(4, await session.Exited.WaitAsync(Soon));
    }

    [DockerFact]
    public async Task A_terminal_has_its_first_size_without_being_told_again()
    {
        string run = await Run("sleep 1000");
        await using IContainerSession session = await Docker.Execute(
            run, new ContainerCommand(["sh", "-c", "until [ \"$(stty size 2> /dev/null)\" = '33 77' ]; do sleep 0.05; done; stty size"], HasTerminal: true, Size: new TerminalSize(77, 33)), Soon);

        Assert.Equal("33 77\r\n", (await Read(session)).Output);
    }

    [DockerTheory]
    [InlineData(127, "no-such-tool: not found\n", "no-such-tool")]
    [InlineData(127, "/no/such/tool: not found\n", "/no/such/tool")]
    [InlineData(126, "/etc/passwd: may not be executed\n", "/etc/passwd")]
    [InlineData(126, "/bin: may not be executed\n", "/bin")]
    // Its own codes are its own.
    [InlineData(127, "", "sh", "-c", "exit 127")]
    [InlineData(126, "", "sh", "-c", "exit 126")]
    [InlineData(126, "OCI runtime exec failed\n", "sh", "-c", "echo OCI runtime exec failed >&2; exit 126")]
    public async Task The_exit_code_says_as_in_a_shell_that_there_is_no_such_program_or_that_it_may_not_be_executed(int code, string errors, params string[] arguments)
    {
        string run = await Run("sleep 1000");
        await using IContainerSession session = await Docker.Execute(run, new ContainerCommand(arguments), Soon);

        Assert.Equal(("", errors), await Read(session));
        Assert.Equal(code, await session.Exited.WaitAsync(Soon));
    }

    [DockerFact]
    public async Task What_cannot_be_run_for_another_reason_has_no_exit_code_and_a_sentence()
    {
        string run = await Run("sleep 1000");
        await using IContainerSession session = await Docker.Execute(run, new ContainerCommand(["true"], User: "no-such-user"), Soon);

        Assert.Contains("unable to find user no-such-user", (await Assert.ThrowsAsync<ContainerException>(() => session.Exited.WaitAsync(Soon))).Message, StringComparison.Ordinal);
    }

    [DockerTheory]
    [InlineData(false, "sleep 4322 & echo done")]
    [InlineData(true, "sleep 4322 & echo done")]
    [InlineData(true, "setsid sleep 4322 & echo done")]
    [InlineData(true, "sleep 4322 < /dev/null > /dev/null 2>&1 & echo done")]
    public async Task A_command_ends_though_what_it_leaves_behind_holds_its_streams_and_that_is_killed_on_demand(bool isKilled, string script)
    {
        string run = await Run("sleep 1000");
        await using IContainerSession session = await Docker.Execute(run, new ContainerCommand(["sh", "-c", script], KillsLeftovers: isKilled), Soon);

        Assert.Equal(("done\n", ""), await Read(session));
        Assert.Equal(0, await session.Exited.WaitAsync(Soon));
        await Until("what it left behind is gone, or not", async () => await Runs(run, "sleep 4322") != isKilled);
    }

    [DockerTheory]
    [InlineData("sleep 4323; echo never")]
    [InlineData("sleep 4323 & sleep 4323 & wait")]
    [InlineData("setsid sleep 4323 & sleep 4323")]
    public async Task Giving_a_command_up_ends_its_children_too(string script)
    {
        string run = await Run("sleep 1000");
        IContainerSession session = await Docker.Execute(run, new ContainerCommand(["sh", "-c", script], KillsLeftovers: true), Soon);
        await Until("it runs", () => Runs(run, "sleep 4323"));

        await session.DisposeAsync();

        await Until("all of it is gone", async () => !await Runs(run, "sleep 4323"));
        Assert.IsType<ContainerState.Running>(await Docker.Inspect(run, Soon));
    }

    [DockerFact]
    public async Task Disposing_of_a_session_ends_its_command_and_not_the_container()
    {
        string run = await Run("sleep 1000");
        IContainerSession session = await Docker.Execute(run, new ContainerCommand(["sleep", "4321"]), Soon);
        await Until("it runs", () => Runs(run, "sleep 4321"));

        await session.DisposeAsync();

        await Until("it is gone", async () => !await Runs(run, "sleep 4321"));
        Assert.IsType<ContainerState.Running>(await Docker.Inspect(run, Soon));
    }

    [DockerFact]
    public async Task Nothing_runs_in_a_container_that_has_ended_or_never_was()
    {
        string run = await Run("true");
        await Docker.WhenEnded(run, Soon);

        Assert.Contains("is not running", (await Assert.ThrowsAsync<ContainerException>(() => Docker.Execute(run, new ContainerCommand(["true"]), Soon))).Message, StringComparison.Ordinal);
        Assert.Equal("there is no container never", (await Assert.ThrowsAsync<ContainerException>(() => Docker.Execute("never", new ContainerCommand(["true"]), Soon))).Message);
    }

    [DockerFact]
    public async Task Usage_tells_what_a_running_container_takes()
    {
        string run = await Run("while true; do :; done", static task => task with { Resources = Model.Resources.Of(cpus: 0.1, mem: 48) });
        ContainerUsage first = await Docker.Usage(run, Soon);
        await Until("it has used some time", async () => (await Docker.Usage(run, Soon)).ProcessorTime > first.ProcessorTime);

        Assert.InRange(first.Memory!.Value, 1, 48L << 20);
        Assert.Equal(48L << 20, first.MemoryLimit);
        Assert.InRange(first.Processes!.Value, 1, 10);
        await Docker.Stop(run, TimeSpan.Zero, Soon);
        Assert.Equal($"container {run} does not run", (await Assert.ThrowsAsync<ContainerException>(() => Docker.Usage(run, Soon))).Message);
        Assert.Equal("there is no container never", (await Assert.ThrowsAsync<ContainerException>(() => Docker.Usage("never", Soon))).Message);
    }

    private async Task<bool> Runs(string run, string command)
    {
        var processes = await Client.Containers.ListProcessesAsync($"asched-{run}", new global::Docker.DotNet.Models.ContainerListProcessesParameters());
        return processes.Processes.Any(process => process[^1] == command);
    }

    private static async Task<(string Output, string Error)> Read(IContainerSession session)
    {
        var texts = new[] { new StringBuilder(), new StringBuilder() };
        await foreach (ContainerOutput piece in session.Output.WithCancellation(Soon))
            texts[piece.IsError ? 1 : 0].Append(Encoding.UTF8.GetString(piece.Data.Span));
        return (texts[0].ToString(), texts[1].ToString());
    }
}
