using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Sharding.Specs;

/// <summary>Several nodes in one process, with short intervals, that share one journal.</summary>
public abstract class ShardingSpec : IAsyncLifetime
{
    private const string Fast = """
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
            down-removal-margin = 200 ms
            sharding { retry-interval = 500 ms, rebalance-interval = 500 ms, passivate-idle-entity-after = off }
          }
          persistence {
            journal.plugin = "akka.persistence.journal.sql"
            snapshot-store.plugin = "akka.persistence.snapshot-store.sql"
          }
        }
        """;

    private readonly List<ActorSystem> _systems = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("sharding-specs").FullName;

    protected static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    private string Journal => $"""
        akka.persistence.journal.sql {"{"} provider-name = "SQLite.MS", connection-string = "Data Source={_folder}/journal.db" {"}"}
        akka.persistence.snapshot-store.sql {"{"} provider-name = "SQLite.MS", connection-string = "Data Source={_folder}/journal.db" {"}"}
        """;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // At once: nobody is left to leave to.
        foreach (var system in _systems) ((ExtendedActorSystem)system).Abort();
        await Task.WhenAll(_systems.Select(system => system.WhenTerminated)).WaitAsync(Limit);
        Directory.Delete(_folder, recursive: true);
    }

    protected Cluster Start(string config = "")
    {
        // The plugins bring their own defaults.
        Config own = ConfigurationFactory.ParseString(config);
        var system = ActorSystem.Create(
            "sys", own.WithFallback(ConfigurationFactory.ParseString(Journal)).WithFallback(ConfigurationFactory.ParseString(Fast)).WithFallback(Persistence.Sql.SqlPersistence.DefaultConfiguration));
        lock (_systems) _systems.Add(system);
        return Cluster.Get(system);
    }

    /// <summary>Nodes that have joined the first of them: one after the other, or together when none comes up alone.</summary>
    protected async Task<Cluster[]> Form(int nodes, string config = "", bool together = false)
    {
        var all = Enumerable.Range(0, nodes).Select(_ => Start(config)).ToArray();
        foreach (var node in all)
        {
            // One after the other, so that the first is the oldest.
            node.Join(all[0].SelfAddress);
            if (!together) await Eventually(() => node.IsUp);
        }

        await AllSee(all, nodes);
        return all;
    }

    protected async Task<Cluster> Join(Cluster member, string config = "")
    {
        var node = Start(config);
        node.Join(member.SelfAddress);
        await Eventually(() => node.IsUp);
        return node;
    }

    protected static Task AllSee(IReadOnlyCollection<Cluster> nodes, int up) => Eventually(
        () => nodes.All(node => node.State.Members.Count == up && node.State.Members.All(m => m.Status == MemberStatus.Up) && node.State.Unreachable.IsEmpty),
        () => string.Join(Environment.NewLine, nodes.Select(node => $"{node.SelfAddress}: {string.Join(", ", node.State.Members)}")));

    protected static async Task Eventually(Func<bool> condition, Func<string>? description = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            if (limit.IsCancellationRequested) Assert.Fail($"It did not come true within {Limit}. {description?.Invoke()}");
            await Task.Delay(20);
        }
    }

    protected static async Task Eventually(Func<Task<bool>> condition, Func<string>? description = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
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

    /// <summary>Starts the type of the specs on a node.</summary>
    protected static IActorRef Region(
        Cluster node, Func<ClusterShardingSettings, ClusterShardingSettings>? change = null, Func<string, Props>? entity = null, string typeName = "counter",
        IShardAllocationStrategy? strategy = null, object? stopMessage = null)
    {
        var sharding = ClusterSharding.Get(node.System);
        var settings = ClusterShardingSettings.Create(node.System);
        settings = change?.Invoke(settings) ?? settings;
        return sharding.Start(
            typeName, entity ?? Counter.Props, settings, Extractor.Instance, strategy ?? sharding.DefaultShardAllocationStrategy(settings), stopMessage ?? PoisonPill.Instance);
    }

    /// <summary>Asks an entity, again and again until it answers.</summary>
    protected static async Task<T> Answer<T>(IActorRef region, object message)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                return await region.Ask<T>(message, TimeSpan.FromMilliseconds(500), limit.Token);
            }
            catch (AskTimeoutException) when (!limit.IsCancellationRequested)
            {
                // It may be on its way.
            }
        }
    }

    protected static async Task<IReadOnlyDictionary<string, IReadOnlyCollection<string>>> ShardsOf(IActorRef region)
    {
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Limit);
        return state.Shards.ToDictionary(shard => shard.ShardId, shard => (IReadOnlyCollection<string>)[.. shard.EntityIds]);
    }
}
