using System.Formats.Tar;
using System.Text;
using Docker.DotNet.Models;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs.Real;

public sealed class ContainerStreamSpecs : RealEngineSpecs
{
    private static readonly ContainerLogsParameters Everything = new() { ShowStdout = true, ShowStderr = true };

    [DockerFact]
    public async Task Logs_keep_the_two_streams_apart()
    {
        var id = await ShellAsync("echo one; echo two >&2; printf three");
        await Client.Containers.WaitContainerAsync(id);

        using var logs = await Client.Containers.GetContainerLogsAsync(id, tty: false, Everything);
        var (output, error) = await logs.ReadOutputToEndAsync(default);
        using var errors =
            await Client.Containers.GetContainerLogsAsync(id, tty: false, new ContainerLogsParameters { ShowStderr = true });
        using var last = await Client.Containers.GetContainerLogsAsync(
            id, tty: false, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = "1" });

        Assert.Equal(("one\nthree", "two\n"), (output, error));
        Assert.Equal(("", "two\n"), await errors.ReadOutputToEndAsync(default));
        Assert.Equal(1, (await last.ReadOutputToEndAsync(default)) is var (o, e) ? (o + e)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : 0);
    }

    [DockerFact]
    public async Task Logs_with_a_terminal_are_one_stream()
    {
        var id = await ShellAsync("echo one; echo two >&2", p => p.Tty = true);
        await Client.Containers.WaitContainerAsync(id);
        var lines = new Heard<string>();

        using var logs = await Client.Containers.GetContainerLogsAsync(id, tty: true, Everything);
        await Client.Containers.GetContainerLogsAsync(id, Everything, default, lines);

        Assert.Equal("one\r\ntwo\r\n", (await logs.ReadOutputToEndAsync(default)).stdout);
        Assert.Equal(["one", "two"], lines.All);
    }

    [DockerFact]
    public async Task Followed_logs_come_line_by_line_and_end_with_the_container()
    {
        var id = await ShellAsync("for i in 1 2 3; do echo line $i; done; exec sleep 1000");
        var lines = new Heard<string>();
        var following = Client.Containers.GetContainerLogsAsync(
            id, new ContainerLogsParameters { ShowStdout = true, Follow = true }, default, lines);
        await lines.AtLeastAsync(3);
        Assert.False(following.IsCompleted);
        await Client.Containers.KillContainerAsync(id, new ContainerKillParameters());
        await following.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(["line 1", "line 2", "line 3"], lines.All);
    }

    [DockerFact]
    public async Task A_megabyte_of_output_comes_through_whole()
    {
        var id = await ShellAsync("yes 0123456789 | head -c 1100000");
        await Client.Containers.WaitContainerAsync(id);

        using var logs = await Client.Containers.GetContainerLogsAsync(id, tty: false, Everything);
        var (output, _) = await logs.ReadOutputToEndAsync(default);

        Assert.Equal(1_100_000, output.Length);
        Assert.All(output.Split('\n').SkipLast(1), line => Assert.Equal("0123456789", line));
    }

    [DockerFact]
    public async Task Attached_input_reaches_the_container_and_its_end_too()
    {
        var id = await CreateAsync(["sh", "-c", "cat; echo done >&2"], p =>
            (p.OpenStdin, p.StdinOnce, p.AttachStdin, p.AttachStdout, p.AttachStderr) = (true, true, true, true, true));
        using var attached = await Client.Containers.AttachContainerAsync(
            id, tty: false, new ContainerAttachParameters { Stream = true, Stdin = true, Stdout = true, Stderr = true });
        await Client.Containers.StartContainerAsync(id, null);
        await attached.CopyFromAsync(new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 200_000))), default);
        attached.CloseWrite();
        var (output, error) = await attached.ReadOutputToEndAsync(default);

        Assert.Equal((200_000, "done\n"), (output.Length, error));
        Assert.Equal(0, (await Client.Containers.WaitContainerAsync(id)).StatusCode);
    }

    [DockerFact]
    public async Task Statistics_come_once_or_until_cancelled()
    {
        var id = await RunAsync(["sleep", "1000"], p => p.HostConfig.Memory = 64 << 20);
        var (once, stream) = (new Heard<ContainerStatsResponse>(), new Heard<ContainerStatsResponse>());
        await Client.Containers.GetContainerStatsAsync(id, new ContainerStatsParameters { Stream = false, OneShot = true }, once);
        using var cancel = new CancellationTokenSource();
        var streaming =
            Client.Containers.GetContainerStatsAsync(id, new ContainerStatsParameters { Stream = true }, stream, cancel.Token);
        await stream.AtLeastAsync(2);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => streaming);

        var sample = Assert.Single(once.All);
        Assert.Equal(id, sample.ID);
        Assert.Equal(64UL << 20, sample.MemoryStats.Limit);
        Assert.True(sample.MemoryStats.Usage > 0);
        Assert.True(sample.CPUStats.CPUUsage.TotalUsage > 0);
        Assert.Equal(1UL, sample.PidsStats.Current);
        Assert.True(stream.All[1].Read > stream.All[0].Read);
    }

    [DockerFact]
    public async Task Archives_go_in_and_come_out()
    {
        var id = await CreateAsync(["true"]);
        await Client.Containers.ExtractArchiveToContainerAsync(
            id, new ContainerPathStatParameters { Path = "/tmp" }, await TarAsync("hello.txt", "hello"));

        var stat = await Client.Containers.GetArchiveFromContainerAsync(
            id, new GetArchiveFromContainerParameters { Path = "/tmp/hello.txt" }, statOnly: true);
        var got = await Client.Containers.GetArchiveFromContainerAsync(
            id, new GetArchiveFromContainerParameters { Path = "/tmp/hello.txt" }, statOnly: false);

        Assert.Equal(("hello.txt", 5), (stat.Stat.Name, stat.Stat.Size));
        Assert.Null(stat.Stream);
        await using var reader = new TarReader(got.Stream);
        var entry = await reader.GetNextEntryAsync();
        Assert.Equal("hello", await new StreamReader(entry!.DataStream!).ReadToEndAsync());
        await Assert.ThrowsAsync<DockerContainerNotFoundException>(
            () => Client.Containers.GetArchiveFromContainerAsync(
                id, new GetArchiveFromContainerParameters { Path = "/none" }, statOnly: false));
    }

    [DockerFact]
    public async Task An_export_is_a_tar_of_all_files()
    {
        var id = await CreateAsync(["true"]);
        await using var files = await Client.Containers.ExportContainerAsync(id);
        await using var reader = new TarReader(files);
        var names = new List<string>();
        while (await reader.GetNextEntryAsync() is { } entry) names.Add(entry.Name);

        Assert.Contains("bin/busybox", names.Select(name => name.TrimStart('.', '/')));
    }

    private static async Task<Stream> TarAsync(string name, string text)
    {
        var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
            await writer.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        tar.Position = 0;
        return tar;
    }
}
