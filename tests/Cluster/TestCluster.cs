using ActorScheduler.Agent;
using ActorScheduler.Client;
using ActorScheduler.Containers.Simulated;
using ActorScheduler.Master;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;

namespace ActorScheduler.Cluster.Specs;

/// <summary>A cluster of nodes in this process that share a SQLite journal; nodes can be ended as if they crashed.</summary>
internal sealed class TestCluster(string settings = "") : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("cluster").FullName;
    private readonly List<ActorSystem> _nodes = [];
    private readonly List<ActorSystem> _ended = [];
    private readonly Dictionary<ActorSystem, MasterLink> _links = [];
    private int _agents;

    public IReadOnlyList<ActorSystem> Nodes => _nodes;

    public string Contacts => string.Join(',', _nodes.Select(node => $"127.0.0.1:{AddressOf(node).Port}"));

    /// <summary>For classes whose specs begin with one.</summary>
    public static TestCluster Of(string settings = "") => new(settings);

    public ActorSystem Start(bool isMaster = true, bool isAgent = true, double cpus = 4, SimulationModel? model = null)
    {
        string roles = string.Join(',', new[] { isMaster ? "master" : null, isAgent ? "agent" : null }.OfType<string>());
        ActorSystem node = ActorSystem.Create("actorscheduler", ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = ERROR
              stdout-loglevel = OFF
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
              cluster.roles = [{{roles}}]
              cluster.sharding.state-store-mode = persistence
              persistence.journal { plugin = "akka.persistence.journal.sql", sql { connection-string = "Data Source={{_folder}}/journal.db", provider-name = "SQLite.MS" } }
              persistence.snapshot-store { plugin = "akka.persistence.snapshot-store.sql", sql { connection-string = "Data Source={{_folder}}/journal.db", provider-name = "SQLite.MS" } }
            }
            """).WithFallback(ConfigurationFactory.ParseString(settings)).WithFallback(SqlPersistence.DefaultConfiguration).WithFallback(MasterRole.Config).WithFallback(ProtocolConfig.Reference));
        _nodes.Add(node);
        var cluster = Akka.Cluster.Cluster.Get(node);
        cluster.Join(AddressOf(_nodes[0]));
        MasterLink link = isMaster ? MasterRole.Start(node) : MemberLink.Start(node);
        _links[node] = link;
        if (isAgent)
            AddAgent(node, cpus, model);
        return node;
    }

    /// <summary>Starts an agent on a node: several may be there.</summary>
    public void AddAgent(ActorSystem node, double cpus = 4, SimulationModel? model = null, double mem = 4096, Func<MasterLink, MasterLink>? link = null)
    {
        int number = ++_agents;
        AgentRole.Start(
            node,
            new AgentOptions
            {
                Hostname = $"host-{number}",
                Resources = Resources.Of(cpus: cpus, mem: mem, disk: 10_000, ports: HostResources.DefaultPorts),
                Containerizers = [new SimulatedContainerizer(model ?? SimulationModel.Still, TimeProvider.System)],
                Node = AddressOf(node).ToString(),
            },
            link?.Invoke(_links[node]) ?? _links[node], name: $"agent-{number}");
    }

    /// <summary>All nodes are members, as each of them sees it.</summary>
    public Task Formed() => Session.Eventually(
        () => Task.FromResult(_nodes.All(node => Akka.Cluster.Cluster.Get(node).State.Members.Count(static member => member.Status == Akka.Cluster.MemberStatus.Up) == _nodes.Count)),
        "all are members");

    /// <summary>The node is gone, and had no time to say so. Before that all have joined: who is left must be more than half.</summary>
    public async Task Crash(ActorSystem node)
    {
        await Formed();
        _nodes.Remove(node);
        _ended.Add(node);
        ((ExtendedActorSystem)node).Abort();
    }

    public SchedulerClient Connect() => new(new SchedulerClientOptions { Contacts = Contacts, CommandTimeout = Limit });

    public async ValueTask DisposeAsync()
    {
        foreach (ActorSystem node in _nodes)
            ((ExtendedActorSystem)node).Abort();
        await Task.WhenAll(_nodes.Concat(_ended).Select(static node => node.WhenTerminated)).WaitAsync(Limit);
        Directory.Delete(_folder, recursive: true);
    }

    private static Address AddressOf(ActorSystem node) => Akka.Cluster.Cluster.Get(node).SelfAddress;
}
