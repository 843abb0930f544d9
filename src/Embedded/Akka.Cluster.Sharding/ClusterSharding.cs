using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Coordination;
using Akka.Cluster.Sharding.Serialization;
using Akka.Cluster.Tools;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Pattern;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Spreads actors of a type, its entities, over a cluster. They are known by id, started by the first message, and live
/// once in the whole cluster. A region on each node is the way to them.
/// </summary>
public class ClusterSharding : IExtension
{
    private static readonly Lazy<Config> Defaults = new(() => ConfigurationFactory.FromResource("Akka.Cluster.Sharding.sharding.conf", typeof(ClusterSharding).Assembly));

    private readonly ExtendedActorSystem _system;
    private readonly Cluster _cluster;
    private readonly Lazy<ActorCell> _guardian;
    private readonly MemberRemovals _removals = new();
    private readonly Lock _lock = new();
    private ImmutableDictionary<string, IActorRef> _regions = ImmutableDictionary<string, IActorRef>.Empty;
    private ImmutableDictionary<string, IActorRef> _proxies = ImmutableDictionary<string, IActorRef>.Empty;

    public ClusterSharding(ExtendedActorSystem system)
    {
        _system = system;
        InjectDefaults(system);
        AddSerializer();
        _cluster = Cluster.Get(system);
        Settings = ClusterShardingSettings.Create(system);
        _guardian = new Lazy<ActorCell>(() =>
        {
            var guardian = (ActorRefWithCell)system.SystemActorOf(Props.Create(() => new Guardian()).WithDispatcher(Dispatcher), ShardingNames.Guardian(system));
            var cell = (ActorCell)guardian.Underlying;
            cell.AttachChild(_removals.ListenerProps, isSystemService: true, "removals");
            return cell;
        });
    }

    public ClusterShardingSettings Settings { get; }

    /// <summary>The types that have a region on this node; those with a proxy only are not among them.</summary>
    public ImmutableHashSet<string> ShardTypeNames => [.. _regions.Keys];

    private string Dispatcher => _system.Settings.Config.GetString("akka.cluster.sharding.use-dispatcher") is { Length: > 0 } given
        ? given
        : Dispatch.Dispatchers.InternalDispatcherId;

    public static ClusterSharding Get(ActorSystem system) => system.WithExtension<ClusterSharding, ClusterShardingExtensionProvider>();

    public static Config DefaultConfig() => Defaults.Value;

    /// <summary>The strategy that the settings name.</summary>
    public IShardAllocationStrategy DefaultShardAllocationStrategy(ClusterShardingSettings settings)
    {
        var tuning = settings.TuningParameters;
        return tuning.LeastShardAllocationAbsoluteLimit > 0
            ? ShardAllocationStrategy.LeastShardAllocationStrategy(tuning.LeastShardAllocationAbsoluteLimit, tuning.LeastShardAllocationRelativeLimit)
            : new LeastShardAllocationStrategy(tuning.LeastShardAllocationRebalanceThreshold, tuning.LeastShardAllocationMaxSimultaneousRebalance);
    }

    /// <summary>Starts the region of a type, or, on a node without the role, a proxy; gives the one that there is when it is started.</summary>
    /// <param name="typeName">The name of the type, the same on all nodes.</param>
    /// <param name="entityProps">How to make an entity.</param>
    /// <param name="settings">Settings of the type, the same on all nodes.</param>
    /// <param name="extractEntityId">For which entity a message is.</param>
    /// <param name="extractShardId">In which shard that entity is.</param>
    /// <param name="allocationStrategy">Decides where shards are.</param>
    /// <param name="handOffStopMessage">Makes an entity stop when its shard moves or when it was idle.</param>
    public IActorRef Start(
        string typeName, Props entityProps, ClusterShardingSettings settings, ExtractEntityId extractEntityId, ExtractShardId extractShardId,
        IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Start(typeName, _ => entityProps, settings, new DelegateExtractor(extractEntityId, extractShardId), allocationStrategy, handOffStopMessage);

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(
        string typeName, Props entityProps, ClusterShardingSettings settings, ExtractEntityId extractEntityId, ExtractShardId extractShardId,
        IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Task.FromResult(Start(typeName, entityProps, settings, extractEntityId, extractShardId, allocationStrategy, handOffStopMessage));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public IActorRef Start(
        string typeName, Props entityProps, ClusterShardingSettings settings, ExtractEntityId extractEntityId, ExtractShardId extractShardId) =>
        Start(typeName, _ => entityProps, settings, new DelegateExtractor(extractEntityId, extractShardId));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(
        string typeName, Props entityProps, ClusterShardingSettings settings, ExtractEntityId extractEntityId, ExtractShardId extractShardId) =>
        Task.FromResult(Start(typeName, entityProps, settings, extractEntityId, extractShardId));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public IActorRef Start(
        string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Start(typeName, _ => entityProps, settings, messageExtractor, allocationStrategy, handOffStopMessage);

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(
        string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Task.FromResult(Start(typeName, entityProps, settings, messageExtractor, allocationStrategy, handOffStopMessage));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public IActorRef Start(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Start(typeName, _ => entityProps, settings, messageExtractor);

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityProps, settings, messageExtractor));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public IActorRef Start(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, ExtractEntityId extractEntityId,
        ExtractShardId extractShardId, IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Start(typeName, entityPropsFactory, settings, new DelegateExtractor(extractEntityId, extractShardId), allocationStrategy, handOffStopMessage);

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, ExtractEntityId extractEntityId,
        ExtractShardId extractShardId, IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, extractEntityId, extractShardId, allocationStrategy, handOffStopMessage));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public IActorRef Start(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, ExtractEntityId extractEntityId, ExtractShardId extractShardId) =>
        Start(typeName, entityPropsFactory, settings, new DelegateExtractor(extractEntityId, extractShardId));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, ExtractEntityId extractEntityId, ExtractShardId extractShardId) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, extractEntityId, extractShardId));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public IActorRef Start(string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Start(typeName, entityPropsFactory, settings, messageExtractor, DefaultShardAllocationStrategy(settings), PoisonPill.Instance);

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, messageExtractor));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public Task<IActorRef> StartAsync(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, messageExtractor, allocationStrategy, handOffStopMessage));

    /// <inheritdoc cref="Start(string, Props, ClusterShardingSettings, ExtractEntityId, ExtractShardId, IShardAllocationStrategy, object)" />
    public IActorRef Start(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy, object handOffStopMessage)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        ArgumentNullException.ThrowIfNull(entityPropsFactory);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(messageExtractor);
        ArgumentNullException.ThrowIfNull(allocationStrategy);
        ArgumentNullException.ThrowIfNull(handOffStopMessage);
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role)) return StartProxy(typeName, role, messageExtractor);
        lock (_lock)
        {
            if (_regions.TryGetValue(typeName, out var known)) return known;
            StartCoordinator(typeName, settings, allocationStrategy);
            var region = StartRegion(ShardingNames.Region(typeName), typeName, entityPropsFactory, settings, messageExtractor, handOffStopMessage);
            _regions = _regions.SetItem(typeName, region);
            return region;
        }
    }

    /// <summary>Starts a proxy: a region that has no shards itself.</summary>
    /// <param name="typeName">The name of the type.</param>
    /// <param name="role">The role of the nodes that have its shards; null or empty for all.</param>
    /// <param name="extractEntityId">For which entity a message is.</param>
    /// <param name="extractShardId">In which shard that entity is.</param>
    public IActorRef StartProxy(string typeName, string? role, ExtractEntityId extractEntityId, ExtractShardId extractShardId) =>
        StartProxy(typeName, role, new DelegateExtractor(extractEntityId, extractShardId));

    /// <inheritdoc cref="StartProxy(string, string, ExtractEntityId, ExtractShardId)" />
    public Task<IActorRef> StartProxyAsync(string typeName, string? role, ExtractEntityId extractEntityId, ExtractShardId extractShardId) =>
        Task.FromResult(StartProxy(typeName, role, extractEntityId, extractShardId));

    /// <inheritdoc cref="StartProxy(string, string, ExtractEntityId, ExtractShardId)" />
    public Task<IActorRef> StartProxyAsync(string typeName, string? role, IMessageExtractor messageExtractor) =>
        Task.FromResult(StartProxy(typeName, role, messageExtractor));

    /// <inheritdoc cref="StartProxy(string, string, ExtractEntityId, ExtractShardId)" />
    public IActorRef StartProxy(string typeName, string? role, IMessageExtractor messageExtractor)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        ArgumentNullException.ThrowIfNull(messageExtractor);
        lock (_lock)
        {
            if (_proxies.TryGetValue(typeName, out var known)) return known;
            var proxy = StartRegion(
                ShardingNames.Proxy(typeName), typeName, null, Settings.WithRole(role), messageExtractor, PoisonPill.Instance);
            _proxies = _proxies.SetItem(typeName, proxy);
            return proxy;
        }
    }

    /// <summary>The region of a type on this node, or else its proxy.</summary>
    /// <exception cref="ArgumentException">Neither is started.</exception>
    public IActorRef ShardRegion(string typeName) =>
        _regions.TryGetValue(typeName, out var region) || _proxies.TryGetValue(typeName, out region)
            ? region
            : throw new ArgumentException($"Shard type [{typeName}] must be started first", nameof(typeName));

    /// <summary>The proxy of a type on this node.</summary>
    /// <exception cref="ArgumentException">It is not started.</exception>
    public IActorRef ShardRegionProxy(string typeName) => _proxies.TryGetValue(typeName, out var proxy)
        ? proxy
        : throw new ArgumentException($"Shard type [{typeName}] must be started first", nameof(typeName));

    internal static void InjectDefaults(ActorSystem system)
    {
        if (!system.Settings.Config.HasPath("akka.cluster.sharding.guardian-name")) system.Settings.InjectTopLevelFallback(DefaultConfig());
        ToolsDefaults.Load(system);
    }

    private void StartCoordinator(string typeName, ClusterShardingSettings settings, IShardAllocationStrategy strategy)
    {
        var backoff = settings.TuningParameters.CoordinatorFailureBackoff;
        var supervised = BackoffSupervisor.Props(
            Backoff.OnStop(
                    CoordinatorActor.Props(typeName, settings, strategy, _removals).WithDispatcher(Dispatcher),
                    ShardingNames.Coordinator, backoff, backoff * 5, 0.2)
                .WithFinalStopMessage(static message => message is CoordinatorActor.StopCoordinator));
        var singleton = settings.CoordinatorSingletonSettings.WithSingletonName(ShardingNames.Singleton).WithRole(settings.Role);
        _guardian.Value.AttachChild(
            ClusterSingletonManager.Props(supervised, CoordinatorActor.StopCoordinator.Instance, singleton).WithDispatcher(Dispatcher),
            isSystemService: true,
            ShardingNames.Manager(typeName));
    }

    private IActorRef StartRegion(
        string name, string typeName, Func<string, Props>? entityProps, ClusterShardingSettings settings, IMessageExtractor extractor, object stopMessage)
    {
        var ended = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        var props = Sharding.ShardRegion.RegionProps(typeName, entityProps, settings, extractor, stopMessage, ended).WithDispatcher(Dispatcher);
        var region = _guardian.Value.AttachChild(props, isSystemService: true, name);
        CoordinatedShutdown.Get(_system).AddTask(CoordinatedShutdown.PhaseClusterShardingShutdownRegion, $"region-shutdown-{name}", () =>
        {
            // Nobody could take the shards of a node that is no member any more.
            if (_cluster.IsTerminated || _cluster.SelfMember.Status is MemberStatus.Down or MemberStatus.Removed) return Task.FromResult(Done.Instance);
            region.Tell(GracefulShutdown.Instance, ActorRefs.NoSender);
            return ended.Task;
        });
        return region;
    }

    /// <summary>The serializers may have been read before this extension brought its defaults.</summary>
    private void AddSerializer()
    {
        var serializer = new ClusterShardingMessageSerializer(_system);
        _system.Serialization.AddSerializer("akka-sharding", serializer);
        _system.Serialization.AddSerializationMap(typeof(IClusterShardingSerializable), serializer);
    }

    private sealed class Guardian : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}

/// <summary>Sharding as an extension.</summary>
public class ClusterShardingExtensionProvider : ExtensionIdProvider<ClusterSharding>
{
    public override ClusterSharding CreateExtension(ExtendedActorSystem system) => new(system);
}
