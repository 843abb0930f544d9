using System.Net;
using System.Text.Json;
using ActorScheduler.Cli.Commands;
using ActorScheduler.Processes;

namespace ActorScheduler.Cli.Specs.Commands;

/// <summary>Operators' commands against a real master and a real agent, whose tasks are simulated.</summary>
public sealed class OperatorCommandSpecs : IAsyncLifetime
{
    private readonly Asched _asched = new();
    private NodeProcess _agent = null!;

    [Fact]
    public async Task Disk_is_reserved_becomes_a_volume_and_goes_back()
    {
        Assert.Matches(@"^cpus:1;disk:100 of node-2-\w+ \(node-2\) are reserved for eng\.\n$", await Says("reserve", "node-2", "--role", "eng", "--principal", "ops", "cpus:1;disk:100"));
        Assert.Matches("^cpus:0.5 of .* is reserved for eng/web", await Says("reserve", "node-2", "--role", "eng/web", "--refine", "cpus:0.5"));
        await Refused("RESOURCES: cpus:4 more would have to be idle and not reserved", "reserve", "node-2", "--role", "eng", "cpus:7");

        Assert.Matches(@"has volume data of role eng, 60 MiB\.", await Says("volume", "create", "node-2", "--role", "eng", "--id", "data", "--size", "60", "--path", "/var/data"));
        await Refused("role 'eng' has a volume 'data' on the agent already", "volume", "create", "node-2", "--role", "eng", "--id", "data", "--size", "10");
        await Refused("60 MiB of one disk have to be idle and reserved for 'eng', 40 MiB are", "volume", "create", "node-2", "--role", "eng", "--id", "more", "--size", "60");
        Assert.Matches(@"node-2-\w+ +data +eng +60 +idle +/var/data +root +no +-", await Says("volume", "list"));
        using (JsonDocument volumes = JsonDocument.Parse(await Says("volume", "list", "node-2", "--json")))
            Assert.Equal(60, Assert.Single(volumes.RootElement.EnumerateArray()).GetProperty("sizeMiB").GetDouble());
        Assert.Contains("volumes     data of role eng (idle)\n", await Says("agent", "show", "node-2"), StringComparison.Ordinal);

        await Refused("RESOURCES: disk:60 more would have to be idle and dynamically reserved for 'eng'", "unreserve", "node-2", "--role", "eng", "disk:100");
        await Wrong("--yes: what is in volume data", "volume", "destroy", "node-2", "data");
        await Refused("ID: there is no volume 'date'", "volume", "destroy", "node-2", "date", "--yes");
        Assert.Contains("are deleted; its disk stays reserved.", await Says("volume", "destroy", "node-2", "data", "--yes"), StringComparison.Ordinal);
        Assert.Equal("[]\n", await Says("volume", "list", "--json"));

        await Says("unreserve", "node-2", "--role", "eng/web", "cpus:0.5");
        await Says("unreserve", "node-2", "--role", "eng", "--principal", "ops", "cpus:1;disk:100");
        Assert.Contains("total       cpus:4;mem:1000;disk:1000\n", await Says("agent", "show", "node-2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_is_planned_away_deactivated_drained_taken_back_and_declared_gone()
    {
        Assert.Contains("is to be away from 2040-01-31 18:00:00Z for 2 h;", await Says("agent", "maintenance", "node-2", "--start", "2040-01-31T18:00Z", "--duration", "7200"), StringComparison.Ordinal);
        Assert.Contains("away        from 2040-01-31 18:00:00Z for 2 h\n", await Says("agent", "show", "node-2"), StringComparison.Ordinal);
        Assert.Contains("has no maintenance planned.", await Says("agent", "maintenance", "node-2", "--clear"), StringComparison.Ordinal);
        Assert.DoesNotContain("away", await Says("agent", "show", "node-2"), StringComparison.Ordinal);

        await Says("agent", "deactivate", "node-2");
        Assert.Contains("Registered, inactive", await Says("agent", "list"), StringComparison.Ordinal);
        await Says("agent", "reactivate", "node-2");
        await Says("run", "-d", "--name", "bg", "--", "sleep", "1000");
        await Soon("Running", "tasks", "bg");
        Assert.Contains("its tasks may go on until 2040-01-31 18:00:00Z;", await Says("agent", "drain", "node-", "--deadline", "2040-01-31T18:00Z"), StringComparison.Ordinal);
        Assert.Contains("Registered, draining", await Says("agents"), StringComparison.Ordinal);
        Assert.Contains("Its agent is being emptied by 2040-01-31 18:00:00Z.", await Says("why", "bg-"), StringComparison.Ordinal);
        await Says("agent", "reactivate", "node-2");
        Assert.DoesNotContain("Its agent", await Says("why", "bg-"), StringComparison.Ordinal);
        await Says("agent", "drain", "node-2", "--grace", "0");
        await Soon("Registered, drained", "agent", "list");
        await Soon("(REASON_AGENT_DRAINING).", "why", "bg-");

        await Wrong("(node-2) could never come back under its id, and would lose 0 tasks; confirm it", "agent", "gone", "node-2");
        Assert.Contains("(node-2) is gone for good.", await Says("agent", "gone", "node-2", "--yes"), StringComparison.Ordinal);
        Assert.Equal(5, await _agent.Exit(Asched.Limit));
        await Refused("was declared gone", "agent", "reactivate", "node-2");
        await Refused("AGENT: there is none of the id or host 'node-3'; 'asched agent list' lists them", "agent", "drain", "node-3");
    }

    [Fact]
    public async Task Frameworks_and_tasks_are_shown_and_say_why()
    {
        await Says("run", "-d", "--name", "bg", "--", "sleep", "1000");
        await Says("run", "-d", "--name", "seven", "--label", "simulate.run=0.1", "--label", "simulate.exit=7", "--", "false");
        await Soon("Running", "task", "list", "bg");
        await Soon("failed at", "why", "seven-");
        NodeProcess big = _asched.Start("run", "run", "--http", Node, "--name", "big", "--cpus", "100", "--", "true");
        await Soon("big ", "frameworks");

        string task = await Says("task", "show", "bg");
        Assert.Matches(@"task        bg-[0-9a-f]{8}\n", task);
        Assert.Matches(@"framework   [0-9a-f]{32} \(bg\)\n", task);
        Assert.Contains("state       Running\n", task, StringComparison.Ordinal);
        Assert.Contains("command     sleep 1000\n", task, StringComparison.Ordinal);
        Assert.Matches(@"^Task [0-9a-f]{32}/bg-[0-9a-f]{8} has been running since .* on node-2-\w+ \(node-2\)\.\nTASK_RUNNING comes from its executor\.\n$", await Says("why", "bg-"));
        Assert.Contains("TASK_FAILED comes from its executor: Command ended with exit code 7 (REASON_COMMAND_EXECUTOR_FAILED).\n", await Says("why", "seven-"), StringComparison.Ordinal);

        Assert.Contains("it does not speak TLS there; try http://", (await Asched.Fails("agents", "--http", $"https://{Node}")).Error, StringComparison.Ordinal);
        string framework = await Soon("state       not connected, since ", "framework", "show", "bg");
        Assert.Contains("name        bg\n", framework, StringComparison.Ordinal);
        Assert.Matches(@"\nTASK .*\nbg-[0-9a-f]{8} +bg +Running", framework);
        string why = await Soon("In role *: no agent fits.\n  1 agent: not enough cpus\n", "why", "big", "--size", "cpus:100");
        Assert.Matches(@"^Framework [0-9a-f]{32} \(big\) is connected\.\nIt has 0 tasks that have not ended\.\n", why);
        using (JsonDocument json = JsonDocument.Parse(await Says("why", "big", "--size", "cpus:100", "--json")))
            Assert.Equal(1, json.RootElement.GetProperty("framework").GetProperty("roles").GetProperty("*").GetProperty("obstacles").GetProperty("Cpus").GetInt32());
        await Refused("--role: the framework does not have role 'eng'; it has *", "why", "big", "--role", "eng");
        await Wrong("--role and --size: are asked of frameworks", "why", "bg-", "--role", "eng");
        await Refused("NAME: there is no framework or task 'nothing'", "why", "nothing");

        Assert.Matches(@"(?s)bg +bg-.*Running.*seven +seven-.*Failed|seven +seven-.*Failed.*bg +bg-.*Running", await Says("tasks"));
        (int code, string first, string more) = await Said("task", "list", "--limit", "1");
        Assert.Equal(0, code);
        string after = more.Split(' ')[4];
        Assert.Equal($"There are more; --after {after} lists them.\n", more);
        Assert.Contains(after.Split('/')[1], first, StringComparison.Ordinal);
        Assert.DoesNotContain(after.Split('/')[1], await Says("task", "list", "--after", after), StringComparison.Ordinal);
        Assert.Equal("", (await Said("task", "list", "--limit", "2")).Error);

        await Wrong("(bg) would end for good, with 1 task; confirm it", "framework", "teardown", "bg");
        Assert.Contains("(bg) has ended; its 1 task is being killed.", await Says("framework", "teardown", "bg", "--yes"), StringComparison.Ordinal);
        await Asched.SaysSoon(static answer => !answer.Contains(" bg ", StringComparison.Ordinal), With(["frameworks"]));
        await Refused("FRAMEWORK: there is none of the id or name 'bg'", "framework", "show", "bg");
        big.Terminate();
        Assert.Equal(143, await big.Exit(Asched.Limit));
    }

    [Fact]
    public async Task Short_forms_and_aliases_say_the_same()
    {
        Assert.Equal(await Says("agent", "list"), await Says("agents"));
        Assert.Equal(await Says("weights", "set", "web", "2.5"), await Says("weight", "set", "web", "2.5"));
        Assert.Equal(await Says("role", "list"), await Says("roles"));
        Assert.Matches(@"web +2\.5", await Says("roles"));
        Assert.Equal(await Says("framework", "list"), await Says("frameworks"));
        Assert.Equal(await Says("task", "list"), await Says("tasks"));
    }

    public async Task InitializeAsync()
    {
        await _asched.InitializeAsync();
        NodeProcess master = _asched.Node(1, "--roles", "master");
        _agent = _asched.Start(
            "agent", "node", "--name", "node-2", "--bind", _asched.Contact(2), "--http", "off", "--data", Path.Combine(_asched.Folder, "2"), "--roles", "agent",
            "--join", "client", "--seeds", _asched.Contact(1), "--containerizers", "simulated", "--resources", "cpus:4;mem:1000;disk:1000");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, master);
        await Soon("Registered", "agents");
    }

    public Task DisposeAsync() => _asched.DisposeAsync();

    private string Node => $"{_asched.Host(1)}:8080";

    private Task<string> Says(params string[] arguments) => Asched.Says(With(arguments));

    private Task<string> Soon(string part, params string[] arguments) => Asched.SaysSoon(answer => answer.Contains(part, StringComparison.Ordinal), With(arguments));

    private Task Wrong(string sentence, params string[] arguments) => Ends(2, sentence, arguments);

    private Task Refused(string sentence, params string[] arguments) => Ends(7, sentence, arguments);

    private async Task Ends(int expected, string sentence, string[] arguments)
    {
        (int code, string output, string error) = await Said(arguments);
        Assert.Equal((expected, ""), (code, output));
        Assert.StartsWith("asched: ", error, StringComparison.Ordinal);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<(int Code, string Output, string Error)> Said(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (await CommandTree.Run(With(arguments), output, error), output.ToString(), error.ToString());
    }

    // What is to be run stands after --, and takes all that follows.
    private string[] With(string[] arguments) => arguments.IndexOf("--") is >= 0 and var end
        ? [.. arguments[..end], "--http", Node, .. arguments[end..]]
        : [.. arguments, "--http", Node];
}
