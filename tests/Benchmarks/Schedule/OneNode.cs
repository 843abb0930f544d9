using ActorScheduler.Agent;
using ActorScheduler.Client;
using ActorScheduler.Containers;
using ActorScheduler.Containers.Simulated;
using ActorScheduler.Master;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>A master with agents in one process, and clients that connect to it by TCP.</summary>
internal sealed class OneNode : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bench").FullName;
    private readonly ActorSystem _system;
    private readonly MasterLink _link;

    private OneNode(Func<string, string> journal, string settings)
    {
        _system = ActorSystem.Create("actorscheduler", ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
              cluster.roles = [master, agent]
              cluster.sharding.state-store-mode = persistence
            }
            """).WithFallback(ConfigurationFactory.ParseString(settings)).WithFallback(ConfigurationFactory.ParseString(journal(_folder)))
            .WithFallback(SqlPersistence.DefaultConfiguration).WithFallback(MasterRole.Config).WithFallback(ProtocolConfig.Reference));
        var cluster = Akka.Cluster.Cluster.Get(_system);
        cluster.Join(cluster.SelfAddress);
        _link = MasterRole.Start(_system);
    }

    public ActorSystem System => _system;

    public MasterLink Link => _link;

    public static OneNode Start(Func<string, string> journal, string settings = "") => new(journal, settings);

    /// <summary>Where the node keeps what it keeps; gone at the end.</summary>
    public string Folder => _folder;

    public void AddAgent(int number, Resources resources, bool keeps, IContainerizer? containers = null) => AgentRole.Start(_system, new AgentOptions
    {
        Hostname = $"host-{number}",
        Resources = resources,
        Containerizers = [containers ?? new SimulatedContainerizer(SimulationModel.Still, TimeProvider.System)],
        DataFolder = keeps ? Directory.CreateDirectory(Path.Combine(_folder, $"agent-{number}")).FullName : null,
        Node = Akka.Cluster.Cluster.Get(_system).SelfAddress.ToString(),
    }, _link, name: $"agent-{number}");

    public SchedulerClient Connect() => new(new SchedulerClientOptions
    {
        Contacts = $"127.0.0.1:{Akka.Cluster.Cluster.Get(_system).SelfAddress.Port}", CommandTimeout = TimeSpan.FromMinutes(1),
    });

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        Directory.Delete(_folder, recursive: true);
    }
}
