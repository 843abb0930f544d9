using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ActorScheduler.Processes;

namespace ActorScheduler.Node.Specs.Daemon;

/// <summary>How a node ends when it does not leave in good order, and what it writes.</summary>
public sealed class ExitSpecs : IAsyncLifetime
{
    private readonly Asched _asched = new();

    [Fact]
    public async Task An_agent_that_was_declared_gone_ends_with_a_code_that_says_so_and_again_at_each_start()
    {
        NodeProcess master = _asched.Node(1, "--roles", "master");
        string[] client = ["--roles", "agent", "--join", "client", "--seeds", _asched.Contact(1), "--containerizers", "simulated"];
        NodeProcess agent = _asched.Node(2, client);
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, master);
        string agents = await Asched.SaysSoon(static answer => answer.Contains("\"state\":\"Registered\"", StringComparison.Ordinal), "agents", "--json", "--http", _asched.Url(1));
        using JsonDocument json = JsonDocument.Parse(agents);
        string id = json.RootElement[0].GetProperty("info").GetProperty("id").GetString()!;

        await Asched.Says("agent", "drain", id, "--mark-gone", "--yes", "--http", _asched.Url(1));

        Assert.Equal(5, await agent.Exit(Asched.Limit));
        await agent.Line(line => line.Contains($"agent {id} was refused for good: agent_id: was declared gone", StringComparison.Ordinal), Asched.Limit);
        NodeProcess again = _asched.Node(2, client);
        Assert.Equal(5, await again.Exit(Asched.Limit));
    }

    [Fact]
    public async Task A_second_signal_ends_a_node_at_once()
    {
        NodeProcess node = _asched.Node(1, "--roles", "master");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, node);

        // Both are there when it goes on.
        node.Pause();
        node.Terminate();
        using (Process kill = Process.Start("kill", ["-INT", node.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        node.Resume();

        Assert.Equal(143, await node.Exit(Asched.Limit));
    }

    [Fact]
    public async Task A_node_that_cannot_leave_in_time_says_so_and_ends_with_a_code_of_failure()
    {
        string config = Path.Combine(_asched.Folder, "node.conf");
        await File.WriteAllTextAsync(config, "actorscheduler.node.leave-timeout = 1 ms");
        NodeProcess node = _asched.Node(1, "--roles", "master", "--config", config);
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, node);

        node.Terminate();

        Assert.Equal(1, await node.Exit(Asched.Limit));
        await node.Line(static line => line.Contains("Not left within actorscheduler.node.leave-timeout", StringComparison.Ordinal), Asched.Limit);
    }

    [Fact]
    public async Task The_log_as_JSON_has_a_line_for_each_event_with_named_values()
    {
        NodeProcess node = _asched.Node(1, "--log-format", "json", "--containerizers", "simulated");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, node);
        string registered = await node.Line(static line => line.Contains("registered with", StringComparison.Ordinal), Asched.Limit);
        node.Terminate();
        Assert.Equal(0, await node.Exit(Asched.Limit));

        Assert.All(node.Lines, static line =>
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            Assert.EndsWith("Z", root.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
            Assert.Contains(root.GetProperty("LogLevel").GetString(), (string[])["Information", "Warning"]);
            Assert.NotEqual("", root.GetProperty("Category").GetString());
            Assert.NotEqual("", root.GetProperty("Message").GetString());
        });
        using JsonDocument entry = JsonDocument.Parse(registered);
        JsonElement state = entry.RootElement.GetProperty("State");
        Assert.StartsWith("node-1-", state.GetProperty("AgentId").GetString(), StringComparison.Ordinal);
        Assert.Contains("{AgentId}", state.GetProperty("{OriginalFormat}").GetString(), StringComparison.Ordinal);
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();
}
