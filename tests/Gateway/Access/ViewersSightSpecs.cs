using System.Text.Json;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Processes;
using ActorScheduler.Protocol;

namespace ActorScheduler.Gateway.Specs.Access;

/// <summary>What those who may only look do not see of tasks.</summary>
public sealed class ViewersSightSpecs : IAsyncLifetime
{
    private const string Secret = "TOPSECRET";
    private const string Alice = "0123456789abcdef";
    private const string Bob = "fedcba9876543210";

    private readonly Asched _asched = new();

    [Fact]
    public async Task Secrets_of_tasks_are_for_operators_by_every_answer_of_a_node()
    {
        NodeProcess node = _asched.Node(1, "--containerizers", "simulated", "--http-access", _asched.Kept("access", $"alice operator {Alice}", $"bob viewer {Bob}"));
        await node.Line(static line => line.EndsWith("Ready", StringComparison.Ordinal), Asched.Limit);
        string alice = _asched.Kept("alice", Alice), bob = _asched.Kept("bob", Bob);
        await Asched.Says(
            "run", "--http", _asched.Url(1), "--token-file", alice, "--cpus", "0.1", "--mem", "10", "--detach", "--env", $"PASSWORD={Secret}", "--env", $"OTHER={Secret}", "--", "sleep", "1000");

        string seen = await Asched.SaysSoon(static answer => answer.Contains("PASSWORD", StringComparison.Ordinal), "tasks", "--json", "--http", _asched.Url(1), "--token-file", bob);
        string known = await Asched.Says("tasks", "--json", "--http", _asched.Url(1), "--token-file", alice);

        Assert.DoesNotContain(Secret, seen, StringComparison.Ordinal);
        Assert.Contains("***", seen, StringComparison.Ordinal);
        Assert.Contains(Secret, known, StringComparison.Ordinal);
        Assert.DoesNotContain("***", known, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_task_names_are_seen_and_nothing_that_opens_something_else()
    {
        var command = new CommandInfo(
            "serve --port 80", Environment: new Dictionary<string, string> { ["PASSWORD"] = Secret }, Artifacts: [new Artifact($"https://user:{Secret}@host/a.tgz?signature={Secret}")]);
        var container = new ContainerInfo("nginx", Parameters: [new("env", $"TOKEN={Secret}"), new("log-opt", $"splunk-token={Secret}"), new("mount", $"type=volume,volume-opt=o=password={Secret}"), new("name", Secret)]);
        var task = new TaskInfo
        {
            Id = new TaskId("t"),
            Resources = Resources.Of(cpus: 1),
            Command = command,
            Container = container,
            Executor = new ExecutorInfo(new ExecutorId("e"), Resources.Empty, Command: command, Container: container),
            HealthCheck = new HealthCheck { Probe = new HealthProbe.Command(command) },
            Check = new HealthCheck { Probe = new HealthProbe.Http(80, $"/health?token={Secret}") },
            Data = System.Text.Encoding.ASCII.GetBytes(Secret),
        };
        var status = new TaskUpdate(task.Id, TaskState.Running, TaskSource.Executor, Data: System.Text.Encoding.ASCII.GetBytes(Secret));
        var info = new FrameworkInfo { Name = "f", WebUiUrl = $"http://user:{Secret}@host/" };
        var framework = new FrameworkSnapshot(new FrameworkId("f"), info, true, null, [new TaskSummary(task, new AgentId("a"), "*", status)], false, 1, 0);
        var frameworks = new FrameworksSnapshot(new Epoch(1), [new FrameworkSummary(new FrameworkId("f"), info, true, Resources.Empty, Resources.Empty, 1)], false);

        string all = JsonSerializer.Serialize(framework, ApiJson.Options);
        string seen = JsonSerializer.Serialize(ViewersSight.Of(framework), ApiJson.Options), list = JsonSerializer.Serialize(ViewersSight.Of(frameworks), ApiJson.Options);

        string data = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Secret));
        Assert.Contains(data, all, StringComparison.Ordinal);
        foreach (string answer in new[] { seen, list })
        {
            Assert.DoesNotContain(Secret, answer, StringComparison.Ordinal);
            Assert.DoesNotContain(data, answer, StringComparison.Ordinal);
        }
        foreach (string name in new[] { "serve --port 80", "PASSWORD", "TOKEN=***", "splunk-token=***", "https://***@host/a.tgz?***", "/health?***" })
            Assert.Contains(name, seen, StringComparison.Ordinal);
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();
}
