using System.Net;
using ActorScheduler.Processes;

namespace ActorScheduler.Node.Specs.Daemon;

public sealed class NodeSpecs : IAsyncLifetime
{
    private readonly Asched _asched = new();

    [Fact]
    public async Task Nodes_form_one_cluster_whatever_the_order_of_their_seeds_and_leave_in_good_order()
    {
        string journal = $"sqlite:{Path.Combine(_asched.Folder, "journal.db")}";
        string[][] orders = [["1", "2", "3"], ["3", "2", "1"], ["2", "3", "1"]];
        // The one that may begin a cluster comes last.
        NodeProcess[] nodes =
        [
            .. orders.Select((order, i) => (Number: i + 1, Seeds: string.Join(',', order.Select(number => _asched.Contact(number[0] - '0'))))).Reverse()
                .Select(node => _asched.Node(node.Number, "--seeds", node.Seeds, "--journal", journal)).Reverse(),
        ];
        for (var i = 1; i <= 3; i++)
            Assert.Contains("\"status\":\"ready\"", await Asched.Answers($"{_asched.Url(i)}/health/ready", HttpStatusCode.OK, nodes[i - 1]), StringComparison.Ordinal);
        await Asched.SaysSoon(
            static answer => answer.Split("\"state\":\"Registered\"").Length == 4, "agents", "--json", "--http", $"{_asched.Url(1)},{_asched.Url(3)}");

        nodes[0].Terminate();

        Assert.Equal(0, await nodes[0].Exit(TimeSpan.FromSeconds(5)));
        await Asched.Answers($"{_asched.Url(2)}/health/ready", HttpStatusCode.OK, nodes[1]);
        await Asched.SaysSoon(
            static answer => answer.Split("\"state\":\"Registered\"").Length == 3, "agents", "--json", "--http", _asched.Url(2));
    }

    [Fact]
    public async Task A_node_that_was_taken_for_dead_ends_with_a_code_that_says_so()
    {
        string journal = $"sqlite:{Path.Combine(_asched.Folder, "journal.db")}";
        NodeProcess[] nodes = [.. Enumerable.Range(1, 3).Select(i => _asched.Node(i, "--seeds", _asched.Contact(1), "--journal", journal))];
        for (var i = 1; i <= 3; i++)
            await Asched.Answers($"{_asched.Url(i)}/health/ready", HttpStatusCode.OK, nodes[i - 1]);
        await Asched.SaysSoon(static answer => answer.Split("\"state\":\"Registered\"").Length == 4, "agents", "--json", "--http", _asched.Url(1));

        nodes[2].Pause();
        await Asched.SaysSoon(static answer => answer.Split("\"state\":\"Registered\"").Length == 3, "agents", "--json", "--http", _asched.Url(1));
        nodes[2].Resume();

        Assert.Equal(4, await nodes[2].Exit(Asched.Limit));
        await nodes[2].Line(static line => line.Contains("took this node for dead", StringComparison.Ordinal), Asched.Limit);
    }

    [Fact]
    public async Task A_node_whose_agent_cannot_start_is_not_ready_and_says_why()
    {
        NodeProcess first = Start("cpus:4;mem:1000");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, first);
        await Asched.Says("run", "--detach", "--http", _asched.Url(1), "--", "true");
        first.Terminate();
        Assert.Equal(0, await first.Exit(Asched.Limit));

        NodeProcess again = Start("cpus:0.01;mem:1");

        await again.Line(static line => line.Contains("mend that and start the node again", StringComparison.Ordinal), Asched.Limit);
        string answer = await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.ServiceUnavailable, again);
        Assert.Contains("cannot start: resources: cpus:0.01;mem:1 does not contain what tasks use", answer, StringComparison.Ordinal);

        NodeProcess Start(string resources) => _asched.Start(
            "node", "node", "--name", "node-1", "--bind", _asched.Contact(1), "--http", $"{_asched.Host(1)}:8080", "--data", Path.Combine(_asched.Folder, "1"),
            "--containerizers", "simulated", "--resources", resources);
    }

    [Fact]
    public async Task A_node_that_no_cluster_takes_in_starts_anew_until_one_does()
    {
        string config = Path.Combine(_asched.Folder, "impatient.conf");
        await File.WriteAllTextAsync(config, "akka.cluster.shutdown-after-unsuccessful-join-seed-nodes = 6 s");
        string seeds = $"{_asched.Contact(1)},{_asched.Contact(2)}";
        NodeProcess late = _asched.Node(2, "--seeds", seeds, "--config", config);
        await late.Line(static line => line.Contains("it starts anew", StringComparison.Ordinal), Asched.Limit);
        Assert.Contains("\"ok\":false", await Asched.Answers($"{_asched.Url(2)}/health/ready", HttpStatusCode.ServiceUnavailable, late), StringComparison.Ordinal);

        NodeProcess first = _asched.Node(1, "--seeds", seeds);

        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, first);
        await Asched.Answers($"{_asched.Url(2)}/health/ready", HttpStatusCode.OK, late);
        Assert.False(late.HasExited);
    }

    [Fact]
    public async Task A_master_waits_for_a_database_that_does_not_answer_and_can_be_told_to_end_meanwhile()
    {
        NodeProcess node = _asched.Node(1, "--journal", "postgres:Host=127.0.0.1;Port=1;Database=asched;Username=asched;Timeout=2");
        await node.Line(static line => line.Contains("PostgreSQL at 127.0.0.1:1, database asched cannot be used: ", StringComparison.Ordinal) && line.EndsWith("this node waits for it", StringComparison.Ordinal), Asched.Limit);
        Assert.Contains("starting", await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.ServiceUnavailable, node), StringComparison.Ordinal);

        node.Terminate();

        Assert.Equal(0, await node.Exit(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task What_another_node_has_is_refused_by_the_name_of_its_flag()
    {
        NodeProcess first = _asched.Node(1);
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, first);
        Assert.Contains(first.Lines, static line => line.Contains("this node forms a new cluster", StringComparison.Ordinal));

        await Refused("--data", "--bind", $"{_asched.Host(2)}:0", "--http", "off", "--data", Path.Combine(_asched.Folder, "1"));
        await Refused("--bind", "--bind", _asched.Contact(1), "--http", "off", "--data", Path.Combine(_asched.Folder, "2"));
        await Refused("--http", "--bind", $"{_asched.Host(2)}:0", "--http", $"{_asched.Host(1)}:8080", "--data", Path.Combine(_asched.Folder, "3"));
        await Refused("--journal", "--bind", $"{_asched.Host(2)}:0", "--http", "off", "--data", Path.Combine(_asched.Folder, "4"), "--journal", "sqlite:/proc/no/journal.db");
        await Refused("--data", "--bind", $"{_asched.Host(2)}:0", "--http", "off", "--data", "/proc/no");
    }

    [Fact]
    public async Task Other_users_of_the_host_read_nothing_that_a_node_keeps()
    {
        if (OperatingSystem.IsWindows())
            return;
        NodeProcess node = _asched.Node(1);
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, node);
        string data = Path.Combine(_asched.Folder, "1");

        UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        string[] all = [data, .. Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories)];
        Assert.Contains(Path.Combine(data, "journal.db"), all);
        Assert.Contains(Path.Combine(data, "agent", "agent.db"), all);
        Assert.Empty(all.Where(path => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0));
    }

    [Fact]
    public async Task An_agent_outside_of_the_cluster_is_seen_and_says_that_it_leaves()
    {
        NodeProcess master = _asched.Node(1, "--roles", "master");
        NodeProcess agent = _asched.Node(2, "--roles", "agent", "--join", "client", "--seeds", _asched.Contact(1), "--attributes", "rack:r1");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, master);
        await Asched.Answers($"{_asched.Url(2)}/health/ready", HttpStatusCode.OK, agent);

        string table = await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", _asched.Url(1));
        Assert.Matches(@"node-2-\w+ +node-2 +Registered +0 +0/1 +0/100 .*client", table);

        agent.Terminate();
        Assert.Equal(0, await agent.Exit(TimeSpan.FromSeconds(5)));
        await Asched.SaysSoon(static answer => !answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", _asched.Url(1));
        Assert.Equal("{\"status\":\"live\"", (await Asched.Answers($"{_asched.Url(1)}/health/live", HttpStatusCode.OK, master))[..16]);
    }

    [Fact]
    public async Task A_node_without_masters_lives_but_is_not_ready_and_leaves_all_the_same()
    {
        NodeProcess agent = _asched.Node(1, "--roles", "agent", "--join", "client", "--seeds", _asched.Contact(9));

        string reason = await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.ServiceUnavailable, agent);
        await agent.Line(static line => line.Contains("as client at", StringComparison.Ordinal), Asched.Limit);
        agent.Terminate();

        Assert.Contains("not ready", reason, StringComparison.Ordinal);
        Assert.Equal(0, await agent.Exit(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_cluster_in_one_process_gets_ready_and_leaves_nothing_behind()
    {
        NodeProcess dev = _asched.Start("dev", "dev", "--nodes", "3", "--http", $"{_asched.Host(1)}:8080");
        await dev.Line(static line => line == "A cluster of 3 is ready.", Asched.Limit);
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, dev);

        string agents = await Asched.SaysSoon(static answer => answer.Split("Registered").Length == 4, "agents", "--http", _asched.Url(1));
        Assert.Matches(@"node-3-\w+ +node-3 +Registered +0 +0/4 +0/8192 +0/32768", agents);
        await Asched.Says("quota", "set", "web", "--guarantee", "cpus:2", "--limit", "cpus:3", "--http", _asched.Url(1));
        await Asched.Says("weight", "set", "web", "2.5", "--http", _asched.Url(1));
        Assert.Matches(@"web +2\.5 .*cpus:2 +cpus:3", await Asched.Says("roles", "--http", _asched.Url(1)));

        dev.Terminate();
        Assert.Equal(0, await dev.Exit(TimeSpan.FromSeconds(60)));
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private async Task Refused(string flag, params string[] arguments)
    {
        NodeProcess second = _asched.Start("second", ["node", .. arguments]);

        Assert.Equal(3, await second.Exit(Asched.Limit));
        await second.Line(line => line.StartsWith($"asched: {flag}: ", StringComparison.Ordinal), Asched.Limit);
    }
}
