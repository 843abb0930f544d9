using Docker.DotNet.Models;

namespace Docker.DotNet.Specs.Real;

public sealed class ExecSpecs : RealEngineSpecs
{
    [DockerFact]
    public async Task A_command_runs_with_both_streams_and_its_exit_code()
    {
        var id = await RunAsync(["sleep", "1000"]);
        var exec = await PrepareAsync(id, p => p.Cmd = ["sh", "-c", "echo out; echo err >&2; exit 3"]);

        using var streams = await Client.Exec.StartAndAttachContainerExecAsync(exec, tty: false);
        var output = await streams.ReadOutputToEndAsync(default);
        var end = await Client.Exec.InspectContainerExecAsync(exec);

        Assert.Equal(("out\n", "err\n"), output);
        Assert.Equal((3, false, id, exec), (end.ExitCode, end.Running, end.ContainerID, end.ExecID));
    }

    [DockerFact]
    public async Task Input_is_read_until_it_is_closed_for_writing()
    {
        var id = await RunAsync(["sleep", "1000"]);
        var exec = await PrepareAsync(id, p => (p.Cmd, p.AttachStdin) = (["wc", "-c"], true));

        using var streams = await Client.Exec.StartAndAttachContainerExecAsync(exec, tty: false);
        await streams.WriteAsync(new byte[100_000], 0, 100_000, default);
        var while_it_runs = await Client.Exec.InspectContainerExecAsync(exec);
        streams.CloseWrite();

        Assert.Equal("100000", (await streams.ReadOutputToEndAsync(default)).stdout.Trim());
        Assert.True(while_it_runs.Running);
    }

    [DockerFact]
    public async Task A_command_with_a_terminal_can_be_resized()
    {
        var id = await RunAsync(["sleep", "1000"]);
        var exec = await PrepareAsync(id, p => (p.Cmd, p.Tty, p.AttachStdin) = (["sh", "-c", "read go; stty size"], true, true));

        using var streams =
            await Client.Exec.StartWithConfigContainerExecAsync(exec, new ContainerExecStartParameters { Tty = true });
        await Client.Exec.ResizeContainerExecTtyAsync(exec, new ContainerResizeParameters { Height = 33, Width = 99 });
        await streams.WriteAsync("go\n"u8.ToArray(), 0, 3, default);

        Assert.Contains("33 99", (await streams.ReadOutputToEndAsync(default)).stdout, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task A_command_can_be_left_alone()
    {
        var id = await RunAsync(["sh", "-c", "while [ ! -e /made ]; do sleep 0.05; done; exit 5"]);
        var exec = await PrepareAsync(id, p => p.Cmd = ["touch", "/made"]);

        await Client.Exec.StartContainerExecAsync(exec);

        Assert.Equal(5, (await Client.Containers.WaitContainerAsync(id)).StatusCode);
    }

    [DockerFact]
    public async Task What_is_not_there_is_told() =>
        await Assert.ThrowsAsync<DockerContainerNotFoundException>(
            () => PrepareAsync("no-such-container", p => p.Cmd = ["true"]));

    private async Task<string> PrepareAsync(string container, Action<ContainerExecCreateParameters> with)
    {
        var parameters = new ContainerExecCreateParameters { AttachStdout = true, AttachStderr = true };
        with(parameters);
        return (await Client.Exec.ExecCreateContainerAsync(container, parameters)).ID;
    }
}
