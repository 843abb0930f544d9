using System.Globalization;
using System.Text.RegularExpressions;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Processes;
using ActorScheduler.Protocol;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>
/// The program as processes: nodes 1 to 3 are masters with agents, 4 is an agent that is a member, 5 an agent that joins as a
/// client and was told of node 1 only. Each keeps its data folder, and is started again with it, as a service manager does.
/// </summary>
public sealed partial class ProcessCluster : IAsyncDisposable
{
    /// <summary>How long anything may take that a spec waits for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>How long an answer may take before it is looked whether all nodes still run.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    private const string SqlitePrefix = "sqlite:";

    private const string Simulation = """
        actorscheduler.node.containerizers = [simulated]
        actorscheduler.node.resources = "cpus:2;mem:2048;disk:2048"
        """;

    private static int _clusters;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("promises-");
    private readonly SortedDictionary<int, NodeProcess> _nodes = [];
    private readonly List<NodeProcess> _gone = [];
    private readonly Func<int, string> _host;
    private readonly Func<int, string> _config;
    private readonly int _count;
    private readonly string _journal;
    private SchedulerClient? _client;

    private ProcessCluster(int count, Func<int, string> host, Network? network, Func<int, string>? config = null, string? journal = null)
    {
        (_count, _host, Network, _config) = (count, host, network, config ?? (static _ => Simulation));
        _journal = journal ?? SqlitePrefix + Path.Combine(_folder.FullName, "journal.db");
    }

    /// <summary>The network of its hosts, if they have hosts of their own.</summary>
    public Network? Network { get; }

    /// <summary>The process of each number, the one that runs or ran last.</summary>
    public NodeProcess this[int number] => _nodes[number];

    /// <summary>The numbers.</summary>
    public IEnumerable<int> Numbers => Enumerable.Range(1, _count);

    /// <summary>A client of all masters that lives as long as the cluster.</summary>
    public SchedulerClient Client => _client ??= Connect();

    /// <summary>Addresses of the masters.</summary>
    public string Contacts => string.Join(',', Numbers.Take(3).Select(Contact));

    /// <summary>A cluster on loopback addresses that no other run uses; all its agents are registered.</summary>
    /// <param name="nodes">How many.</param>
    /// <param name="config">What runs their tasks and what they have, in HOCON; null for simulated containers.</param>
    /// <param name="journal">Where the masters keep what they must not forget; null for a SQLite file.</param>
    public static async Task<ProcessCluster> Form(int nodes = 5, Func<int, string>? config = null, string? journal = null)
    {
        int run = Interlocked.Increment(ref _clusters);
        string net = $"127.{20 + (Environment.ProcessId % 200)}.{150 + run}";
        return await Form(new ProcessCluster(nodes, number => $"{net}.{number}", network: null, config, journal));
    }

    /// <summary>The same, each node on a host of its own.</summary>
    public static async Task<ProcessCluster> FormOnHosts(int nodes)
    {
        Network network = await Network.Make(nodes, withHere: true);
        return await Form(new ProcessCluster(nodes, number => network.Hosts[number - 1].Address, network));
    }

    /// <summary>HOST:PORT of a node.</summary>
    public string Contact(int number) => $"{_host(number)}:2551";

    /// <summary>Starts a node, again if it ran before.</summary>
    public NodeProcess Start(int number)
    {
        if (_nodes.TryGetValue(number, out NodeProcess? before))
            _gone.Add(before);
        string[] role = number <= 3 ? ["--roles", "master,agent", "--seeds", Contacts]
            : number == 4 ? ["--roles", "agent", "--seeds", Contacts]
            : ["--roles", "agent", "--join", "client", "--seeds", Contact(1)];
        string config = Path.Combine(_folder.FullName, $"{number}.conf");
        // So many ended tasks are kept that all of them can be compared with the ledger.
        File.WriteAllText(config, $"""
            actorscheduler.frameworks.completed-tasks = 100000
            actorscheduler.node.data = "{Path.Combine(_folder.FullName, $"{number}")}"
            {_config(number)}
            """);
        return _nodes[number] = NodeProcess.Start(
            $"node {number}", NodeProgram.Assembly,
            [
                "node", "--name", $"node-{number}", "--bind", Contact(number), "--http", "off", "--log-format", "text", "--config", config,
                "--journal", _journal, "--insecure-bind", Network is null ? "off" : "on", .. role,
            ],
            Network?.Hosts[number - 1]);
    }

    /// <summary>Kills nodes at once, with nothing cleaned up; they are gone when this returns.</summary>
    public async Task Kill(params IEnumerable<int> numbers)
    {
        NodeProcess[] nodes = [.. numbers.Select(number => _nodes[number])];
        foreach (NodeProcess node in nodes)
            node.Kill();
        foreach (NodeProcess node in nodes)
            await node.Exit(Limit);
    }

    /// <summary>
    /// Pauses a node between two writes: one that stands still in the middle of one keeps the others out of a SQLite file.
    /// </summary>
    public async Task<NodeProcess> PauseBetweenWrites(int number)
    {
        NodeProcess node = _nodes[number];
        while (true)
        {
            node.Pause();
            if (CanWrite())
                return node;
            node.Resume();
            await Eventually.Passes(TimeSpan.FromMilliseconds(50));
        }
    }

    private bool CanWrite()
    {
        if (!_journal.StartsWith(SqlitePrefix, StringComparison.Ordinal))
            return true;
        SQLitePCL.Batteries_V2.Init();
        using var database = new SqliteConnection($"Data Source={_journal[SqlitePrefix.Length..]};Pooling=False;Default Timeout=1");
        database.Open();
        try
        {
            using SqliteTransaction write = database.BeginTransaction(deferred: false);
            write.Rollback();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Starts all nodes that do not run, again when one ends by itself, and waits until all agents are registered under one allocator.</summary>
    public async Task Whole()
    {
        await Eventually.Holds("all agents are registered", async () =>
        {
            foreach (int number in Numbers.Where(number => !_nodes.TryGetValue(number, out NodeProcess? node) || node.HasExited))
                Start(number);
            IReadOnlyList<AgentSummary> agents;
            try
            {
                agents = await Agents().WaitAsync(Answer);
            }
            catch (TimeoutException)
            {
                return "an allocator that answers";
            }
            return Numbers.All(number => agents.Any(agent => agent.Info.Hostname == $"node-{number}" && agent.State == AgentState.Registered)) ? null
                : string.Join(", ", agents.Select(static agent => $"{agent.Info.Hostname} {agent.State}"));
        }, this);
    }

    /// <summary>The agents as the allocator sees them.</summary>
    public async Task<IReadOnlyList<AgentSummary>> Agents() => (await Client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents;

    /// <summary>A client of its own, as another program would have.</summary>
    public SchedulerClient Connect() =>
        new(new SchedulerClientOptions { Contacts = Contacts, Host = Network?.Here?.Address ?? "127.0.0.1", CommandTimeout = Limit });

    /// <summary>The node on which the allocator of the latest epoch began.</summary>
    public int AllocatorNode() => Latest(
        AllocatorBegins(), static match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    /// <summary>The node on which a framework's actor is, by who logged its latest subscription.</summary>
    public int FrameworkNode(FrameworkId id) =>
        Numbers.Take(3).Single(number => _nodes[number].Lines.Any(line => line.Contains($"Framework {id} (", StringComparison.Ordinal)));

    /// <summary>
    /// What the nodes wrote last, for messages of failures. All of it is written into the folder that ACTORSCHEDULER_STORIES names.
    /// </summary>
    public string Story(bool all = false) => string.Join(Environment.NewLine, _gone.Concat(_nodes.Values).Select(node =>
        $"--- {node.Name}, process {node.Id}{(node.HasExited ? ", ended" : "")}{Environment.NewLine}{string.Join(Environment.NewLine, node.Lines.TakeLast(all ? int.MaxValue : 40))}"));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        if (Environment.GetEnvironmentVariable("ACTORSCHEDULER_STORIES") is { Length: > 0 } stories)
            await File.WriteAllTextAsync(Path.Combine(stories, $"{_folder.Name}.log"), Story(all: true));
        foreach (NodeProcess node in _nodes.Values.Concat(_gone))
            await node.DisposeAsync();
        if (Network is not null)
            await Network.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<ProcessCluster> Form(ProcessCluster cluster)
    {
        try
        {
            await cluster.Whole();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private int Latest(Regex pattern, Func<Match, long> order) => (
        from node in _nodes
        where !node.Value.HasExited
        from line in node.Value.Lines
        let match = pattern.Match(line)
        where match.Success
        orderby order(match)
        select node.Key).Last();

    [GeneratedRegex(@"Allocator of epoch (\d+) begins")]
    private static partial Regex AllocatorBegins();
}
