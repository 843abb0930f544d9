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
