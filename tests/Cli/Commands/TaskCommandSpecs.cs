using System.Text.Json;
using ActorScheduler.Cli.Commands;
using ActorScheduler.Containers.Specs.Docker;
using ActorScheduler.Processes;

namespace ActorScheduler.Cli.Specs.Commands;

/// <summary>Commands about tasks, against nodes with simulated tasks and with containers.</summary>
public sealed class TaskCommandSpecs : IAsyncLifetime
{
    private readonly Asched _asched = new();

    [Fact]
    public async Task A_run_ends_as_its_command_does_and_leaves_nothing()
    {
        string node = await Simulated();

        Assert.Equal((0, ""), await Run(node, "--label", "simulate.run=0.1", "--", "true"));
        (int code, _, string said) = await Said("run", "--http", node, "--name", "seven", "--label", "simulate.run=0.1", "--label", "simulate.exit=7", "--", "false");
        Assert.Equal(7, code);
        Assert.Matches("launched as seven-[0-9a-f]{8} on node-1", said);
        Assert.Contains("TASK_RUNNING", said, StringComparison.Ordinal);
        Assert.Contains("TASK_FAILED, exit code 7", said, StringComparison.Ordinal);
        Assert.Equal(125, (await Run(node, "--label", "simulate.fail=broken", "--", "true")).Code);
        await Asched.SaysSoon(static answer => answer == "[]\n", "frameworks", "--json", "--http", node);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_or_is_told_to_end_is_killed()
    {
        string node = await Simulated();

        Assert.Equal(124, (await Run(node, "--timeout", "0.5", "--", "sleep", "100")).Code);
        NodeProcess run = _asched.Start("run", "run", "--http", node, "--", "sleep", "100");
        await run.Line(static line => line.Contains("TASK_RUNNING", StringComparison.Ordinal), Asched.Limit);
        run.Terminate();
        await run.Line(static line => line.Contains("killing the task on a signal", StringComparison.Ordinal), Asched.Limit);
        Assert.Equal(143, await run.Exit(Asched.Limit));
        await Asched.SaysSoon(static answer => answer == "[]\n", "frameworks", "--json", "--http", node);
    }

    [Fact]
    public async Task A_run_that_fits_nowhere_says_what_it_waits_for_and_can_be_stopped()
    {
        NodeProcess run = _asched.Start("run", "run", "--http", await Simulated(), "--cpus", "100", "--", "true");

        string said = await run.Line(static line => line.Contains("waiting for an offer", StringComparison.Ordinal), Asched.Limit);
        Assert.Contains("with cpus:100;mem:64 in role *. no agent fits; 1 agent: not enough cpus", said, StringComparison.Ordinal);
        run.Terminate();
        Assert.Equal(143, await run.Exit(Asched.Limit));
        Assert.Contains(run.Lines, static line => line.Contains("no task is running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_uses_what_is_reserved_for_its_role()
    {
        NodeProcess node = _asched.Start(
            "node", "node", "--name", "node-1", "--bind", _asched.Contact(1), "--http", $"{_asched.Host(1)}:8080", "--data", Path.Combine(_asched.Folder, "1"),
            "--containerizers", "simulated", "--resources", "cpus(eng):1;mem(eng):100");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", System.Net.HttpStatusCode.OK, node);

        Assert.Equal(0, (await Run(_asched.Url(1), "--role", "eng", "--label", "simulate.run=0", "--", "true")).Code);
        Assert.Equal(124, (await Run(_asched.Url(1), "--timeout", "1", "--label", "simulate.run=0", "--", "true")).Code);
    }

    [Fact]
    public async Task A_detached_run_goes_on_until_it_is_killed_and_torn_down()
    {
        string node = await Simulated();
        string named = (await Asched.Says("run", "--http", node, "--detach", "--name", "bg", "--", "sleep", "100")).Trim();
        string framework = named.Split('/')[0];

        Assert.Matches("^[0-9a-f]{32}/bg-[0-9a-f]{8}$", named);
        await Asched.SaysSoon(static answer => answer.Contains("Running", StringComparison.Ordinal), "tasks", "bg", "--http", node);
        Assert.Contains("bg-", await Asched.Says("task", "stats", "bg", "--http", node), StringComparison.Ordinal);
        string shown = await Asched.Says("agent", "show", "node-1", "--http", node);
        Assert.Contains("state       Registered", shown, StringComparison.Ordinal);
        Assert.Contains("bg-", shown, StringComparison.Ordinal);
        Assert.Contains("has no sandbox", (await Said("task", "logs", "bg", "--http", node)).Error, StringComparison.Ordinal);
        Assert.Equal((125, "", "asched: arguments: nothing can be run in a simulated container\n"), await Said("task", "exec", "bg", "--http", node, "--", "sh"));

        await Asched.Says("task", "kill", $"{framework[..6]}/bg", "--http", node);
        await Asched.SaysSoon(static answer => answer.Contains("Killed", StringComparison.Ordinal), "tasks", framework[..8], "--http", node);
        Assert.Contains("has ended", (await Said("task", "exec", "bg", "--http", node, "--", "sh")).Error, StringComparison.Ordinal);
        await Asched.Says("framework", "teardown", "bg", "--yes", "--http", node);
        (int code, _, string error) = await Said("task", "logs", "bg", "--http", node);
        Assert.Equal(7, code);
        Assert.StartsWith("asched: TASK: there is no task 'bg'", error, StringComparison.Ordinal);
    }

    [DockerFact]
    public async Task A_container_is_run_looked_into_and_spoken_with()
    {
        NodeProcess process = _asched.Node(1, "--containerizers", "docker");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", System.Net.HttpStatusCode.OK, process);
        string node = _asched.Url(1);
        string[] image = ["--image", LocalEngine.Image];

        (int code, string output, string error) = await Said(
            ["run", "--http", node, .. image, "--env", "WHO=me", "--", "sh", "-c", "echo hello $WHO; echo oops >&2; exit 3"]);
        Assert.Equal((3, "hello me\n"), (code, output));
        Assert.Contains("oops\n", error, StringComparison.Ordinal);

        await Asched.Says(["run", "--http", node, .. image, "-d", "--name", "bg", "--", "sh", "-c", "seq 1 5; echo err >&2; sleep 1000"]);
        await Asched.SaysSoon(static answer => answer.Contains("Running", StringComparison.Ordinal), "tasks", "bg", "--http", node);
        await Asched.SaysSoon(static answer => answer == "4\n5\n", "task", "logs", "-n", "2", "bg", "--http", node);
        await Asched.SaysSoon(static answer => answer == "err\n", "task", "logs", "--stderr", "bg", "--http", node);
        Assert.Equal("1\n2\n3\n4\n5\n", await Asched.Says("task", "files", "cat", "bg", "stdout", "--http", node));
        Assert.Contains("stdout", await Asched.Says("task", "files", "ls", "bg", "--http", node), StringComparison.Ordinal);
        string copy = Path.Combine(_asched.Folder, "copy");
        await Asched.Says("task", "files", "get", "bg", "stdout", "--to", copy, "--http", node);
        Assert.Equal("1\n2\n3\n4\n5\n", await File.ReadAllTextAsync(copy));

        Assert.Equal((4, "out\n", "err\n"), await Said("task", "exec", "bg", "--http", node, "--", "sh", "-c", "echo out; echo err >&2; exit 4"));
        using JsonDocument stats = JsonDocument.Parse(await Asched.Says("task", "stats", "bg", "--json", "--http", node));
        Assert.True(stats.RootElement[0].GetProperty("usage").GetProperty("memory").GetInt64() > 0);

        NodeProcess follower = _asched.Start("logs", "task", "logs", "-f", "bg", "--http", node);
        await follower.Line(static line => line == "5", Asched.Limit);
        await Asched.Says("task", "kill", "bg", "--grace", "0", "--http", node);
        Assert.Equal(0, await follower.Exit(Asched.Limit));
        await Asched.Says("framework", "teardown", "bg", "--yes", "--http", node);
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private async Task<string> Simulated()
    {
        string node = $"{_asched.Host(1)}:8080";
        NodeProcess dev = _asched.Start("dev", "dev", "--nodes", "1", "--http", node);
        await dev.Line(static line => line == "A cluster of 1 is ready.", Asched.Limit);
        await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", node);
        return node;
    }

    private static async Task<(int Code, string Output)> Run(string node, params string[] more)
    {
        (int code, string output, _) = await Said(["run", "--http", node, .. more]);
        return (code, output);
    }

    private static async Task<(int Code, string Output, string Error)> Said(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (await CommandTree.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
