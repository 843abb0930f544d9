using System.Net.Sockets;
using ActorScheduler.Agent;
using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Engines;
using ActorScheduler.Containers;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Containers.Processes;
using ActorScheduler.Containers.Simulated;
using ActorScheduler.Gateway;
using ActorScheduler.Master;
using ActorScheduler.Master.Journaling;
using ActorScheduler.Model;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Connections;
using ActorScheduler.Protocol.Links;
using ActorScheduler.Protocol.Links.Tls;
using ActorScheduler.Protocol.Logging;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaCluster = Akka.Cluster.Cluster;

namespace ActorScheduler.Node.Daemon;

/// <summary>
/// One node: an actor system with the parts that its roles ask for.
/// <code>
/// Start -> member: joins the seeds, or itself      \
///          client: speaks to the seeds              > Leave (asked to) or Ended (downed, agent refused)
/// </code>
/// </summary>
internal sealed class RunningNode : IGatewayNode
{
    private const string JoinLimit = "akka.cluster.shutdown-after-unsuccessful-join-seed-nodes";

    /// <summary>How often a journal is looked for that is away at the start, and how often that is told.</summary>
    private static readonly TimeSpan JournalRetry = TimeSpan.FromSeconds(1);
    private const int AttemptsPerLine = 30;

    private readonly TaskCompletionSource<AgentEnded> _agentEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile string? _agentTrouble;

    private RunningNode(NodeSettings settings, ActorSystem system)
    {
        Settings = settings;
        System = system;
        Address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        Contact = new HostPort(Address.Host!, Address.Port!.Value);
    }

    internal NodeSettings Settings { get; }

    public ActorSystem System { get; }

    /// <summary>Where others reach it, with the port that it has.</summary>
    public Address Address { get; }

    /// <summary>The same as operators write it.</summary>
    public HostPort Contact { get; }

    public IReadOnlyList<HostPort> Seeds => Settings.Seeds;

    public TimeSpan ReadyTimeout => Settings.ReadyTimeout;

    /// <summary>The way to the masters.</summary>
    public MasterLink Masters { get; private set; } = null!;

    /// <summary>What its agent gives away; null without an agent.</summary>
    internal Resources? Resources { get; private set; }

    /// <summary>Its membership; null for a client.</summary>
    public AkkaCluster? Cluster => Settings.IsClient ? null : AkkaCluster.Get(System);

    /// <summary>Why its agent does not run; null while it does, and without one.</summary>
    public string? AgentTrouble => _agentTrouble;

    /// <summary>Whether it leaves or has left.</summary>
    public bool IsLeaving => CoordinatedShutdown.Get(System).ShutdownReason is not null;

    /// <summary>Starts a node. It is not ready yet when this returns.</summary>
    /// <param name="settings">What it is.</param>
    /// <param name="effective">The whole configuration.</param>
    /// <param name="loggers">Its log.</param>
    /// <param name="httpPort">Where the process's HTTP listens, once it does; 0 for nowhere.</param>
    /// <param name="stop">Ends the wait for a journal that is away.</param>
    /// <exception cref="AschedException">A port, a folder or a value cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    internal static async Task<RunningNode> Start(NodeSettings settings, Config effective, ILoggerFactory loggers, Task<int> httpPort, CancellationToken stop)
    {
        if (settings is { IsMaster: true, Journal.File: { } journal })
            DataFolder.CheckBeside(journal);
        OpenJournal? open = settings.IsMaster ? await OpenStore(settings, loggers.CreateLogger("asched"), stop) : null;
        RunningNode node = new(settings, CreateSystem(settings, effective, loggers, open));
        try
        {
            await node.StartRoles(httpPort);
            return node;
        }
        catch (Exception e)
        {
            await node.System.Terminate();
            throw e switch
            {
                CheckpointException => new AschedException(ExitCode.Unusable, $"--data: {e.Message}", e),
                ArgumentException or ConfigurationException or FormatException or OverflowException => new AschedException(ExitCode.Usage, e.Message, e),
                _ => e,
            };
        }
    }

    /// <summary>Leaves: the agent says so, singleton and shards are handed over, the cluster is left, actors end.</summary>
    internal Task Leave() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance);

    /// <summary>Ends when the node has ended, or has no reason to go on.</summary>
    internal async Task<NodeEnd> Ended()
    {
        Task first = await Task.WhenAny(System.WhenTerminated, Settings.IsMaster ? System.WhenTerminated : _agentEnded.Task);
        if (first == _agentEnded.Task)
        {
            AgentEnded ended = await _agentEnded.Task;
            return new NodeEnd(ExitCode.AgentRefused, ended.ToString());
        }
        return CoordinatedShutdown.Get(System).ShutdownReason switch
        {
            CoordinatedShutdown.ClusterDowningReason => new NodeEnd(ExitCode.Downed, "the cluster took this node for dead; start it again to join anew"),
            CoordinatedShutdown.ClusterJoinUnsuccessfulReason => new NodeEnd(
                ExitCode.NotJoined, $"no cluster took this node in within {System.Settings.Config.GetTimeSpan(JoinLimit).TotalSeconds:0.#} s ({JoinLimit}); it starts anew"),
            CoordinatedShutdown.ClusterLeavingReason => new NodeEnd(ExitCode.Done, "this node was told to leave the cluster"),
            var reason => new NodeEnd(ExitCode.Failed, $"the actor system ended: {reason?.ToString() ?? "no reason given"}"),
        };
    }

    private static async Task<OpenJournal> OpenStore(NodeSettings settings, ILogger log, CancellationToken stop)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await settings.Journal.Open(stop);
            }
            catch (JournalException e) when (e.IsAway)
            {
                if (attempt % AttemptsPerLine == 0)
                    log.LogWarning("--journal: {Problem}; this node waits for it", e.Message);
                await Task.Delay(JournalRetry, stop);
            }
            catch (JournalException e)
            {
                throw new AschedException(ExitCode.Unusable, $"--journal: {e.Message}", e);
            }
        }
    }

    private static ActorSystem CreateSystem(NodeSettings settings, Config effective, ILoggerFactory loggers, OpenJournal? journal)
    {
        Config config = SystemConfig.Of(settings, effective);
        ILogger log = loggers.CreateLogger("asched");
        var connections = new ConnectionBook(settings.Connections, text => log.LogWarning("--bind: {Problem}", text));
        ActorSystemSetup setup = ActorSystemSetup.Create(new LoggingSetup(loggers), BootstrapSetup.Create().WithConfig(config), new ConnectionSetup(connections));
        IDisposable? certificateEnd = null;
        if (settings.Tls is { } files)
        {
            PeerTls tls = OpenTls(files);
            setup = setup.And(tls.Setup(text => log.LogWarning("{Problem}", text)));
            certificateEnd = CertificateEnd.Watch(tls.Own, files.Certificate, log);
        }
        try
        {
            var system = ActorSystem.Create(ClusterNames.System, journal is null ? setup : setup.And(journal.Setup));
            if (journal is not null)
                system.RegisterOnTermination(journal.Dispose);
            if (certificateEnd is not null)
                system.RegisterOnTermination(certificateEnd.Dispose);
            return system;
        }
        catch (Exception e) when (Causes(e).OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            throw new AschedException(ExitCode.Unusable, $"--bind: cannot listen on {settings.Bind}: {socket.Message}", e);
        }
        catch (Exception e) when (Causes(e).FirstOrDefault(static cause => cause is ArgumentException or ConfigurationException or FormatException or OverflowException) is { } wrong)
        {
            throw new AschedException(ExitCode.Usage, $"the actor engine does not begin with these settings: {wrong.Message}", e);
        }
    }

    private static PeerTls OpenTls(TlsFiles files)
    {
        try
        {
            return PeerTls.Load(files.Certificate, files.Key, files.Authority);
        }
        catch (PeerTlsException e)
        {
            throw new AschedException(ExitCode.Usage, $"--tls-certificate: {e.Message}", e);
        }
    }

    private static IEnumerable<Exception> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }

    private async Task StartRoles(Task<int> httpPort)
    {
        System.ActorOf(AgentEndActor.Props(_agentEnded, trouble => _agentTrouble = trouble), "agent-end");
        if (Cluster is { } cluster && Settings.Seeds.Count == 0)
            cluster.Join(cluster.SelfAddress);
        string? folder = Settings is { IsAgent: true, DataFolder: { } data } ? PrivateFiles.Passage(Path.Combine(data, "agent")) : null;
        // What tasks are run by is looked at beside the masters' start: each takes its time.
        Task<IContainerizer[]> choosing = Settings.IsAgent ? Task.Run(() => Containerizers(folder)) : Task.FromResult<IContainerizer[]>([]);
        Masters = Settings.IsClient
            ? ClientLink.Start(System, [.. Settings.Seeds.Select(static seed => seed.ToAddress())], file: folder is null ? null : Path.Combine(folder, "masters"))
            : Settings.IsMaster ? MasterRole.Start(System)
            : MemberLink.Start(System);
        if (!Settings.IsAgent)
            return;
        Resources = Settings.Resources ?? HostResources.Detect(folder ?? Path.GetTempPath());
        IContainerizer[] containerizers = await choosing;
        AgentRole.Start(
            System,
            new AgentOptions
            {
                Hostname = Settings.Name,
                Resources = Resources,
                Containerizers = containerizers,
                GivenUp = Settings.GiveUp,
                Attributes = Settings.Attributes,
                Domain = Settings.Domain,
                DataFolder = folder,
                Node = Cluster?.SelfAddress.ToString(),
                HttpPort = await httpPort,
            },
            Masters);
        CoordinatedShutdown.Get(System).AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "containerizers", async () =>
        {
            foreach (IAsyncDisposable containerizer in containerizers.OfType<IAsyncDisposable>())
                await containerizer.DisposeAsync();
            return Akka.Done.Instance;
        });
        // What the agent said last goes the same way as this question: once it is answered, that has arrived.
        CoordinatedShutdown.Get(System).AddTask(CoordinatedShutdown.PhaseServiceUnbind, "last-words", async () =>
        {
            await new Questions(System, Masters).AskAllocator(new GetAgents(Count: 1), Settings.ReadyTimeout);
            return Akka.Done.Instance;
        });
    }

    private async Task<IContainerizer[]> Containerizers(string? folder)
    {
        IReadOnlyList<string> names = await ContainerizerChoice.Resolve(Settings.Containerizers, DockerSection.From(System.Settings.Config), folder, TimeProvider.System);
        System.Log.Info("Tasks are run by {Containerizers}", string.Join(", ", names));
        return [.. names.Select(name => Containerizer(name, folder))];
    }

    private IContainerizer Containerizer(string name, string? folder) => name switch
    {
        "docker" => new DockerContainerizer(
            DockerSection.From(System.Settings.Config) with { Hostname = Settings.Name }, TimeProvider.System,
            text => System.Log.Info("Docker: {Progress}", text)),
        "process" => new ProcessContainerizer(
            ProcessSection.From(System.Settings.Config, StateOfProcesses(folder)) with { Hostname = Settings.Name }, TimeProvider.System,
            text => System.Log.Info("Processes: {Progress}", text)),
        "simulated" => new SimulatedContainerizer(SimulationModel.Still, TimeProvider.System),
        _ => throw new ArgumentException($"actorscheduler.node.containerizers: there is none of the name '{name}'", nameof(name)),
    };

    private static string StateOfProcesses(string? folder) => Path.Combine(
        folder ?? throw new ArgumentException("actorscheduler.node.containerizers: process needs a data folder (--data)"), "processes");
}
