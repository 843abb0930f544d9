using System.Diagnostics;
using System.Net;
using System.Text;
using ActorScheduler.Processes;

namespace ActorScheduler.Cli.Specs.Runs;

/// <summary>Outputs that take no more, and agents that are away when a task ends: nothing is lost without a word and a code.</summary>
public sealed class LostOutputSpecs : IAsyncLifetime
{
    private readonly Asched _asched = new();
    private NodeProcess? _node;

    [Theory]
    [InlineData("asched run -- seq 100000 > /dev/full", 1, "the output cannot be written: No space left on device")]
    [InlineData("asched run -- sh -c 'echo a; exec sleep 100' > /dev/full", 1, "the output cannot be written: No space left on device")]
    [InlineData("asched run -- sh -c 'while echo a; do sleep 0.1; done' | head -n 1; exit ${PIPESTATUS[0]}", 141, "killing the task since what it writes goes nowhere any more")]
    [InlineData("asched run -- echo a >&-", 1, "the output cannot be written: Bad file descriptor")]
    public async Task A_run_whose_output_cannot_be_written_ends_its_task_and_says_so(string command, int code, string says)
    {
        string url = await Node();

        (int ended, string said) = await Shell(command, url);

        Assert.True(ended == code, $"{ended}: {said}");
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        await Asched.SaysSoon(static answer => answer == "[]\n", "frameworks", "--json", "--http", url);
    }

    [Theory]
    [InlineData("asched agents > /dev/full", 1, "asched: the output cannot be written: No space left on device")]
    [InlineData("asched agents --json >&-", 1, "asched: the output cannot be written: Bad file descriptor")]
    [InlineData("asched completion bash > /dev/full", 1, "asched: the output cannot be written: No space left on device")]
    [InlineData("asched --help > /dev/full", 1, "asched: the output cannot be written: No space left on device")]
    [InlineData("{ sleep 1; asched completion bash; } | true; exit ${PIPESTATUS[0]}", 141, "")]
    [InlineData("asched run -- sh -c 'echo a; echo b >&2' 2> /dev/full", 0, "a")]
    [InlineData("asched run -- sh -c 'echo a; echo b >&2' 2>&-", 0, "a")]
    public async Task A_command_whose_output_cannot_be_written_says_so_in_a_line(string command, int code, string says)
    {
        (int ended, string said) = await Shell(command, await Node());

        Assert.True(ended == code, $"{ended}: {said}");
        Assert.Equal(says, said.TrimEnd('\n'));
    }

    [Fact]
    public async Task What_a_task_wrote_is_read_though_the_answers_that_bring_it_find_no_room()
    {
        string url = await Node();
        string task = (await Asched.Says("run", "--http", url, "--detach", "--", "seq", "100000")).Trim().Split('/')[1];
        await Asched.SaysSoon(static answer => answer.Contains("Finished", StringComparison.Ordinal), "tasks", "--http", url);

        Assert.Equal((1, "asched: the output cannot be written: No space left on device\n"), await Shell($"asched task logs {task} > /dev/full", url));
        Assert.Equal((1, "asched: the output cannot be written: No space left on device\n"), await Shell($"asched task files cat {task} stdout > /dev/full", url));
    }

    [Fact]
    public async Task A_task_that_ends_while_its_agent_is_away_gives_all_it_wrote_when_the_agent_is_back()
    {
        string url = await Node();
        Task<(int Code, string Said)> running = Shell("asched run -- sh -c 'seq 1000; sleep 3; seq 1001 2000' 2>&1 | grep -v asched:", url);
        await Asched.SaysSoon(static answer => answer.Contains("Running", StringComparison.Ordinal), "tasks", "--http", url);

        _node!.Kill();
        await _node.Exit(Asched.Limit);
        // Longer than anything waits for one answer; the task ends meanwhile.
        long since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(18))
            await timer.WaitForNextTickAsync();
        await Node();

        (_, string said) = await running;
        Assert.True(said == string.Concat(Enumerable.Range(1, 2000).Select(static i => $"{i}\n")), said[..Math.Min(said.Length, 2000)]);
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private async Task<string> Node()
    {
        _node = _asched.Node(1, "--containerizers", "process");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, _node);
        return _asched.Url(1);
    }

    /// <summary>Runs a line of a shell in which <c>asched</c> is the program, and gives its code and all that it says on both streams.</summary>
    private static async Task<(int Code, string Said)> Shell(string command, string url)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"asched() {{ dotnet {NodeProgram.Assembly} \"$@\"; }}\n{command}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ACTORSCHEDULER_HTTP"] = url;
        using Process process = Process.Start(start)!;
        var said = new StringBuilder();
        await Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError)).WaitAsync(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync();
        return (process.ExitCode, said.ToString());

        async Task Read(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (said)
                    said.Append(line).Append('\n');
            }
        }
    }
}
