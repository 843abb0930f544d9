using System.Diagnostics;

namespace ActorScheduler.Processes.Clusters;

/// <summary>
/// Members that joined each other, on loopback addresses or on hosts of their own. The first two are the seed nodes.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>How long anything may take that a test waits for, unless it says otherwise.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static int _clusters;

    private readonly string[] _addresses;
    private readonly Network? _network;
    private readonly string _more;
    private readonly List<ClusterNode> _nodes = [];
    private readonly List<ClusterNode> _gone = [];

    private TestCluster(string[] addresses, Network? network, string more)
    {
        _addresses = addresses;
        _network = network;
        _more = more;
    }

    /// <summary>The node of a number, the one that runs now.</summary>
    public ClusterNode this[int index] => _nodes[index];

    /// <summary>The nodes that run or ran last, by number.</summary>
    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>The network of their hosts, if they have hosts of their own.</summary>
    public Network Network => _network!;

    private IEnumerable<string> Seeds => _addresses.Take(2);

    /// <summary>Nodes on loopback addresses of their own; not started yet.</summary>
    public static TestCluster Plan(int nodes, string more = "")
    {
        // Addresses that no other run uses, so that ports need not be looked for.
        var number = Interlocked.Increment(ref _clusters);
        var process = Environment.ProcessId;
        return new TestCluster([.. Enumerable.Range(1, nodes).Select(i => $"127.{20 + (process % 200)}.{number}.{i}")], null, more);
    }

    /// <summary>Nodes that all see each other up.</summary>
    public static async Task<TestCluster> Form(int nodes, string more = "")
    {
        var cluster = Plan(nodes, more);
        await cluster.StartAll();
        return cluster;
    }

    /// <summary>The same, each on a host of its own.</summary>
    public static async Task<TestCluster> FormOnHosts(int nodes, string more = "")
    {
        var network = await Network.Make(nodes);
        var cluster = new TestCluster([.. network.Hosts.Select(host => host.Address)], network, more);
        await cluster.StartAll();
        return cluster;
    }

    /// <summary>Starts the node of this number, again if it ran before.</summary>
    public ClusterNode Start(int index, string more = "")
    {
        var node = ClusterNode.Start(_addresses[index], Seeds, more + Environment.NewLine + _more, _network?.Hosts[index]);
        if (_nodes.Find(n => n.Host == node.Host) is { } before)
        {
            _gone.Add(before);
            _nodes[_nodes.IndexOf(before)] = node;
        }
        else
        {
            _nodes.Add(node);
        }

        return node;
    }

    /// <summary>Starts all that were planned, and waits until they see each other up.</summary>
    public async Task StartAll()
    {
        for (var i = 0; i < _addresses.Length; i++) Start(i);
        await AllSee(_nodes, _nodes.Count);
    }

    /// <summary>Waits until each of these nodes sees so many members up and none unreachable.</summary>
    public static async Task AllSee(IEnumerable<ClusterNode> nodes, int up)
    {
        foreach (var node in nodes) await Sees(node, state => Up(state) == up && Members(state) == up && state.EndsWith("unreachable=", StringComparison.Ordinal), $"{up} members up");
    }

    /// <summary>Waits until the state that a node reports is as described.</summary>
    public static async Task Sees(ClusterNode node, Predicate<string> fits, string description)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var state = "";
        while (Stopwatch.GetElapsedTime(startedAt) < Limit)
        {
            state = await node.Ask("cluster state", "state ", Limit);
            if (fits(state)) return;
            await Task.Delay(50);
        }

        throw new TimeoutException($"{node.Name} did not come to see {description} within {Limit}, but: {state}{Environment.NewLine}{string.Join(Environment.NewLine, node.Process.Lines)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Concat(_gone)) node.Process.Kill();
        foreach (var node in _nodes.Concat(_gone)) await node.DisposeAsync();
        if (_network is not null) await _network.DisposeAsync();
    }

    /// <summary>What the nodes wrote of events and warnings, for messages of failures.</summary>
    public string Story() => string.Join(Environment.NewLine, _gone.Concat(_nodes).Select(node =>
        $"--- {node.Name}{Environment.NewLine}{string.Join(Environment.NewLine, node.Process.Lines.Where(line => !line.Contains(" state ", StringComparison.Ordinal)).TakeLast(100))}"));

    /// <summary>How many members a reported state has.</summary>
    public static int Members(string state) => state.Split("members=")[1].Split(' ')[0].Split(',', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>How many of them are up.</summary>
    public static int Up(string state) => state.Split("=Up").Length - 1;
}
