using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Specs;

/// <summary>Several nodes in one process, with short intervals.</summary>
public abstract class ClusterSpec : IAsyncLifetime
{
    protected const string Fast = """
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
          remote.retry-gate-closed-for = 200 ms
          cluster {
            seed-node-timeout = 1 s
            gossip-interval = 200 ms
            leader-actions-interval = 100 ms
            unreachable-nodes-reaper-interval = 100 ms
            allow-weakly-up-members = 500 ms
            failure-detector { heartbeat-interval = 200 ms, acceptable-heartbeat-pause = 1 s, expected-response-after = 500 ms }
            split-brain-resolver { stable-after = 1 s, down-all-when-unstable = off }
          }
        }
        """;

    private readonly List<ActorSystem> _systems = [];

    protected static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // At once: nobody is left to leave to.
        foreach (var system in _systems) ((ExtendedActorSystem)system).Abort();
        await Task.WhenAll(_systems.Select(system => system.WhenTerminated)).WaitAsync(Limit);
    }

    protected Cluster Start(string config = "")
    {
        var system = ActorSystem.Create("sys", ConfigurationFactory.ParseString(config).WithFallback(Fast));
        _systems.Add(system);
        return Cluster.Get(system);
    }

    /// <summary>Nodes that have joined the first of them.</summary>
    protected async Task<Cluster[]> Form(int nodes, string config = "")
    {
        var all = Enumerable.Range(0, nodes).Select(_ => Start(config)).ToArray();
        foreach (var node in all) node.Join(all[0].SelfAddress);
        await AllSee(all, nodes);
        return all;
    }

    /// <summary>Waits until each of these nodes sees so many members up, and none unreachable.</summary>
    protected static Task AllSee(IReadOnlyCollection<Cluster> nodes, int up) => Eventually(
        () => nodes.All(node => node.State.Members.Count == up && node.State.Members.All(m => m.Status == MemberStatus.Up) && node.State.Unreachable.IsEmpty),
        () => string.Join(Environment.NewLine, nodes.Select(node => $"{node.SelfAddress}: {string.Join(", ", node.State.Members)}; unreachable {string.Join(", ", node.State.Unreachable)}")));

    protected static async Task Eventually(Func<bool> condition, Func<string>? description = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            if (limit.IsCancellationRequested) Assert.Fail($"It did not come true within {Limit}. {description?.Invoke()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Ends a node as a crash would: it says nothing to the others.</summary>
    protected static Task Crash(Cluster node)
    {
        ((ExtendedActorSystem)node.System).Abort();
        return node.System.WhenTerminated;
    }
}
