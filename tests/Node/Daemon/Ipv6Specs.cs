using System.Net;
using System.Net.Sockets;
using ActorScheduler.Processes;

namespace ActorScheduler.Node.Specs.Daemon;

/// <summary>A cluster on IPv6 addresses.</summary>
public sealed class Ipv6Specs : IAsyncLifetime
{
    private readonly Asched _asched = new();

    [Ipv6Fact]
    public async Task Nodes_join_run_tasks_and_answer_on_ipv6_addresses()
    {
        // Of two members the one with the lower address goes on alone: it is not the one that will be killed.
        int[] ports = [.. FreePorts(5).OrderDescending()];
        string seeds = $"[::1]:{ports[0]},[::1]:{ports[1]}";
        NodeProcess[] nodes =
        [
            Node(1, ports[0], "--http", $"[::1]:{ports[2]}", "--seeds", seeds),
            Node(2, ports[1], "--http", $"[::1]:{ports[4]}", "--seeds", seeds),
            Node(3, ports[3], "--http", "off", "--join", "client", "--roles", "agent", "--seeds", $"[0:0::1]:{ports[0]}"),
        ];
        string ready = await Asched.Answers($"http://[::1]:{ports[2]}/health/ready", HttpStatusCode.OK, nodes[0]);

        Assert.Contains($"actorscheduler@[::1]:{ports[0]} is Up", ready, StringComparison.Ordinal);
        await Asched.SaysSoon(static answer => answer.Split("\"state\":\"Registered\"").Length == 4, "agents", "--json", "--http", $"[::1]:{ports[4]}");
        Assert.Equal("", await Asched.Says("run", "--http", $"[::1]:{ports[2]},[::1]:{ports[4]}", "--label", "simulate.run=0", "--", "true"));
        await Asched.SaysSoon(static answer => answer == "[]\n", "frameworks", "--json", "--http", $"http://[::1]:{ports[2]}");

        nodes[0].Kill();
        await Asched.SaysSoon(static answer => answer.Split("\"state\":\"Registered\"").Length == 3, "agents", "--json", "--http", $"[::1]:{ports[4]}");
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private NodeProcess Node(int number, int port, params string[] more) => _asched.Start(
        $"node {number}",
        [
            "node", "--name", $"node-{number}", "--bind", $"[::1]:{port}", "--data", Path.Combine(_asched.Folder, $"{number}"), "--resources", "cpus:1;mem:100",
            "--containerizers", "simulated", "--journal", $"sqlite:{Path.Combine(_asched.Folder, "journal.db")}", .. more,
        ]);

    /// <summary>Ports that nobody listened on a moment ago: on ::1 there are no other addresses to choose from.</summary>
    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.IPv6Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Dispose();
        return ports;
    }
}
