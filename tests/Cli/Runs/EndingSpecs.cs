using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorScheduler.Cli.Commands;
using ActorScheduler.Processes;

namespace ActorScheduler.Cli.Specs.Runs;

/// <summary>Commands end when they are told to, and get their answer, whatever nodes do.</summary>
public sealed class EndingSpecs : IAsyncLifetime
{
    /// <summary>Longer than a command waits for masters that are gone, and much shorter than for ever.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Asched _asched = new();

    [Theory]
    [InlineData("TASK_RUNNING", "--", "sleep", "1000")]
    [InlineData("waiting for an offer", "--cpus", "100", "--", "true")]
    public async Task A_run_ends_on_a_signal_though_the_masters_are_gone(string until, params string[] what)
    {
        (NodeProcess dev, string node) = await Dev();
        NodeProcess run = _asched.Start("run", ["run", "--http", node, .. what]);
        await run.Line(line => line.Contains(until, StringComparison.Ordinal), Asched.Limit);
        dev.Kill();
        await dev.Exit(Asched.Limit);

        run.Terminate();

        Assert.Equal(143, await run.Exit(Soon));
        Assert.Contains(run.Lines, static line => line.Contains("no master answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_ends_at_its_time_limit_though_the_masters_are_gone()
    {
        (NodeProcess dev, string node) = await Dev();
        NodeProcess run = _asched.Start("run", "run", "--http", node, "--timeout", "5", "--", "sleep", "1000");
        await run.Line(static line => line.Contains("TASK_RUNNING", StringComparison.Ordinal), Asched.Limit);
        dev.Kill();

        Assert.Equal(124, await run.Exit(Soon));
    }

    [Fact]
    public async Task A_third_signal_ends_a_run_at_once()
    {
        (NodeProcess dev, string node) = await Dev();
        NodeProcess run = _asched.Start("run", "run", "--http", node, "--", "sleep", "1000");
        await run.Line(static line => line.Contains("TASK_RUNNING", StringComparison.Ordinal), Asched.Limit);
        // It answers nothing, and nobody notices: connections to it stay.
        dev.Pause();
        long since = Stopwatch.GetTimestamp();
        for (int i = 0; i < 3; i++)
        {
            run.Terminate();
            // Signals of one kind that come at once are one signal.
            await Asched.Fails("tasks", "--http", node, "--timeout", "0.3");
        }

        Assert.Equal(143, await run.Exit(Soon));
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(4), "it waited for the masters");
        dev.Resume();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nodes_that_take_a_question_and_never_answer_do_not_take_the_time_of_the_others(int hung)
    {
        (_, string node) = await Dev();
        TcpListener[] listeners = [.. Enumerable.Range(0, hung).Select(static _ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        string nodes = string.Join(',', [.. listeners.Select(static listener => $"{listener.LocalEndpoint}"), node]);

        using StringWriter output = new(), error = new();
        int code = await CommandTree.Run(["agents", "--http", nodes, "--timeout", $"{hung + 4}"], output, error);

        Assert.Equal((0, ""), (code, error.ToString()));
        Assert.Contains("Registered", output.ToString(), StringComparison.Ordinal);
        foreach (TcpListener listener in listeners)
            listener.Dispose();
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private async Task<(NodeProcess Process, string Http)> Dev()
    {
        string node = $"{_asched.Host(1)}:8080";
        NodeProcess dev = _asched.Start("dev", "dev", "--nodes", "1", "--http", node);
        await dev.Line(static line => line == "A cluster of 1 is ready.", Asched.Limit);
        await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", node);
        return (dev, node);
    }
}
