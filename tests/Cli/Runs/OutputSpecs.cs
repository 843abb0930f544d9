using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ActorScheduler.Containers.Specs.Docker;
using ActorScheduler.Processes;

namespace ActorScheduler.Cli.Specs.Runs;

/// <summary>What <c>asched run</c> gives is what the command wrote: whole, in order, exact; or it says what is missing.</summary>
public sealed partial class OutputSpecs : IAsyncLifetime
{
    private const string SmallBound = "actorscheduler.agent.process.log-size = 4 MiB";

    private readonly Asched _asched = new();

    [Fact]
    public async Task Much_output_of_a_short_task_comes_whole_each_time()
    {
        string node = await Node();
        for (int i = 0; i < 3; i++)
        {
            Given run = await Run(node, "--", "seq", "8000000");

            Assert.Equal((0, 62_888_896L), (run.Code, run.Bytes.Length));
            // seq 8000000 | sha256sum
            Assert.Equal("2b5e054aa4683eaacb357fd203cacfd32373c23269c36ee0ff47ccf3e13bbb48", Convert.ToHexStringLower(SHA256.HashData(run.Bytes)));
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_text_come_out_as_they_went_in()
    {
        byte[] all = new byte[1_000_000];
        new Random(3).NextBytes(all);
        string file = Path.Combine(_asched.Folder, "bytes");
        await File.WriteAllBytesAsync(file, all);

        Given run = await Run(await Node(), "--", "cat", file);

        Assert.Equal(0, run.Code);
        Assert.True(all.AsSpan().SequenceEqual(run.Bytes), "what came is not what was written");
    }

    [Fact]
    public async Task What_is_written_to_the_streams_by_path_erases_nothing_and_a_longer_file_is_not_one_of_zeros()
    {
        Given run = await Run(await Node(), "--shell", "--", "echo one; echo two > /dev/stdout; truncate -s 3G stdout; echo three > /dev/stdout");

        Assert.Equal((0, "one\ntwo\nthree\n"), (run.Code, Encoding.ASCII.GetString(run.Bytes)));
    }

    [Fact]
    public async Task A_node_that_is_killed_while_a_task_writes_costs_no_byte()
    {
        string url = await Node();
        Task<Given> running = Run(url, "--shell", "--", "i=0; while [ $i -lt 60 ]; do seq $((i * 10000 + 1)) $((i * 10000 + 10000)); sleep 0.1; i=$((i+1)); done");
        for (int kills = 0; kills < 2; kills++)
        {
            string stdout = await Stdout();
            long before = new FileInfo(stdout).Length;
            await Until("it has written more", () => new FileInfo(stdout).Length > before);
            _node!.Kill();
            await _node.Exit(Asched.Limit);
            await Node();
        }

        Given run = await running;

        Assert.Equal(0, run.Code);
        Assert.True(string.Concat(Enumerable.Range(1, 600_000).Select(static i => $"{i}\n")) == Encoding.ASCII.GetString(run.Bytes), "what came is not what was written");
    }

    [Fact]
    public async Task A_reader_that_is_slower_than_the_bound_is_told_how_many_bytes_it_has_missed_and_gets_no_half_lines_glued()
    {
        // Lines of eight bytes; 60 MB, read at some 3 MB/s.
        Given run = await Run(await Node(SmallBound), TimeSpan.FromMilliseconds(20), "--", "seq", "-f", "%07.0f", "7500000");

        long missing = Missing().Matches(run.Said).Sum(static match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        string[] lines = Encoding.ASCII.GetString(run.Bytes).Split('\n');
        string[] cut = [.. lines[..^1].Where(static line => line.Length != 7)];
        int[] whole = [.. lines.Where(static line => line.Length == 7).Select(static line => int.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(0, run.Code);
        Assert.True(missing > 20_000_000, run.Said);
        // A line that lost its end is ended, which is a byte more.
        Assert.Equal(60_000_000, run.Bytes.Length + missing - cut.Length);
        Assert.All(cut, static line => Assert.InRange(line.Length, 0, 6));
        Assert.True(whole.Zip(whole[1..]).All(static pair => pair.Item1 < pair.Item2), "lines are not in order");
        Assert.Equal(Enumerable.Range(7_000_001, 500_000), whole[^500_000..]);
    }

    [Fact]
    public async Task The_last_lines_are_there_after_any_amount_and_what_is_not_kept_is_told()
    {
        string node = await Node(SmallBound);
        string task = (await Asched.Says("run", "--http", node, "--detach", "--", "seq", "3000000")).Trim().Split('/')[1];
        await Asched.SaysSoon(static answer => answer.Contains("Finished", StringComparison.Ordinal), "tasks", "--http", node);

        Assert.Equal("2999998\n2999999\n3000000\n", await Asched.Says("task", "logs", "-n", "3", task, "--http", node));
        Assert.Equal("", await Asched.Says("task", "logs", "-n", "0", task, "--http", node));
        Given all = await Start(TimeSpan.Zero, "task", "logs", task, "--http", node);
        long missing = long.Parse(Missing().Match(all.Said).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        string text = Encoding.ASCII.GetString(all.Bytes);
        int first = int.Parse(text[..text.IndexOf('\n')], CultureInfo.InvariantCulture);
        Assert.Equal(22_888_896, missing + text.Length);
        Assert.InRange(text.Length, 4 << 20, 5 << 20);
        Assert.True(string.Concat(Enumerable.Range(first, 3_000_001 - first).Select(static i => $"{i}\n")) == text, "what came is not the end of what was written");
        Assert.Equal(text, await Asched.Says("task", "logs", "-n", "2999999", task, "--http", node));
    }

    [DockerFact]
    public async Task Output_of_a_container_comes_whole_and_as_it_went_in()
    {
        byte[] all = new byte[2_000_000];
        new Random(4).NextBytes(all);
        string folder = Directory.CreateDirectory(Path.Combine(_asched.Folder, "data")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "bytes"), all);
        string node = await Node(containerizer: "docker");

        Given text = await Run(node, "--image", LocalEngine.Image, "--", "seq", "300000");
        Given bytes = await Run(node, "--image", LocalEngine.Image, "--volume", $"{folder}:/data:ro", "--", "cat", "/data/bytes");

        Assert.Equal((0, 0), (text.Code, bytes.Code));
        Assert.True(string.Concat(Enumerable.Range(1, 300_000).Select(static i => $"{i}\n")) == Encoding.ASCII.GetString(text.Bytes), "what came is not what was written");
        Assert.True(all.AsSpan().SequenceEqual(bytes.Bytes), "what came is not what was written");
    }

    [DockerFact]
    public async Task A_container_of_any_user_writes_its_sandbox_and_no_other_user_of_the_host_gets_in()
    {
        const string user = "1000";
        Given run = await Run(
            await Node(containerizer: "docker"), "--image", LocalEngine.Image, "--user", user, "--", "sh", "-c", "cd $MESOS_SANDBOX && echo kept > mine && cat mine && id -u");

        Assert.True(run.Code == 0, run.Said);
        Assert.Equal($"kept\n{user}\n", Encoding.ASCII.GetString(run.Bytes));
        using Process look = Process.Start("runuser", ["-u", "nobody", "--", "ls", Path.GetDirectoryName(Directory.EnumerateFiles(_asched.Folder, "mine", SearchOption.AllDirectories).Single())!]);
        await look.WaitForExitAsync();
        Assert.NotEqual(0, look.ExitCode);
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private NodeProcess? _node;

    private async Task<string> Node(string config = "", string containerizer = "process")
    {
        string file = Path.Combine(_asched.Folder, "node.conf");
        await File.WriteAllTextAsync(file, config);
        _node = _asched.Start(
            "node", "node", "--name", "node-1", "--bind", _asched.Contact(1), "--http", $"{_asched.Host(1)}:8080", "--data", Path.Combine(_asched.Folder, "1"),
            "--containerizers", containerizer, "--resources", "cpus:4;mem:1024", "--config", file);
        await Asched.Answers($"{_asched.Url(1)}/health/ready", System.Net.HttpStatusCode.OK, _node);
        return _asched.Url(1);
    }

    private Task<Given> Run(string node, params string[] arguments) => Run(node, TimeSpan.Zero, arguments);

    private static Task<Given> Run(string node, TimeSpan pause, params string[] arguments) => Start(pause, ["run", "--http", node, .. arguments]);

    /// <summary>Runs the program, and reads what it writes as bytes.</summary>
    /// <param name="pause">After each 64 KiB.</param>
    /// <param name="arguments">Its command line.</param>
    private static async Task<Given> Start(TimeSpan pause, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [NodeProgram.Assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        using PeriodicTimer? pauses = pause > TimeSpan.Zero ? new PeriodicTimer(pause) : null;
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer) is var read and > 0)
        {
            bytes.Write(buffer, 0, read);
            if (pauses is not null)
                await pauses.WaitForNextTickAsync();
        }
        await process.WaitForExitAsync();
        return new Given(process.ExitCode, bytes.ToArray(), await error);
    }

    private async Task<string> Stdout()
    {
        string? file = null;
        string sandboxes = Path.Combine(_asched.Folder, "1", "agent", "sandboxes");
        await Until("its output is there", () =>
            (file = Directory.Exists(sandboxes) ? Directory.EnumerateFiles(sandboxes, "stdout", SearchOption.AllDirectories).FirstOrDefault() : null) is not null);
        return file!;
    }

    private static async Task Until(string what, Func<bool> isSo)
    {
        long since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Asched.Limit, $"{Asched.Limit} passed and not yet: {what}");
            await timer.WaitForNextTickAsync();
        }
    }

    [GeneratedRegex(@"(\d+) bytes of its stdout are not kept any more")]
    private static partial Regex Missing();

    private sealed record Given(int Code, byte[] Bytes, string Said);
}
