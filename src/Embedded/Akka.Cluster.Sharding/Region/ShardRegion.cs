using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Coordination;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The way to all entities of a type: it knows, or finds out, which region has the shard of an entity, and delivers or
/// passes on. Each node has one region of a type, and it has the shards that live on the node; a proxy has none.
/// <code>
///   message -> extractor -> shard here  -> entity
///                           shard there -> its region
///                           not known   -> held back, the coordinator is asked
/// </code>
/// </summary>
public sealed partial class ShardRegion : ActorBase, IWithTimers
{
    private readonly string _typeName;
    private readonly Func<string, Props>? _entityProps;
    private readonly ClusterShardingSettings _settings;
    private readonly IMessageExtractor _extractor;
    private readonly object _stopMessage;
    private readonly TaskCompletionSource<Done> _ended;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, ShardRoute> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, ShardRoute> _byShardActor = [];
    private int _held;
    private bool _warnedOfOverflow;

    /// <param name="entityProps">Null for a proxy.</param>
    /// <param name="ended">Set when the region has stopped.</param>
    internal ShardRegion(
        string typeName, Func<string, Props>? entityProps, ClusterShardingSettings settings, IMessageExtractor extractor, object stopMessage,
        TaskCompletionSource<Done> ended)
    {
        _typeName = typeName;
        _entityProps = entityProps;
        _settings = settings;
        _extractor = extractor;
        _stopMessage = stopMessage;
        _ended = ended;
        _candidates = ImmutableSortedSet<Member>.Empty.WithComparer(Member.AgeOrdering);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private TuningParameters Tuning => _settings.TuningParameters;

    internal static Props RegionProps(
        string typeName, Func<string, Props>? entityProps, ClusterShardingSettings settings, IMessageExtractor extractor, object stopMessage,
        TaskCompletionSource<Done> ended) =>
        Props.Create(() => new ShardRegion(typeName, entityProps, settings, extractor, stopMessage, ended));

    /// <inheritdoc />
    protected override void PreStart()
    {
        _cluster.Subscribe(Self, InitialStateAsSnapshot, typeof(IMemberEvent), typeof(ClusterShuttingDown));
        Timers.StartPeriodicTimer(RetryDue.Instance, RetryDue.Instance, Tuning.RetryInterval);
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _cluster.Unsubscribe(Self);
        foreach (var held in _routes.Values.SelectMany(route => route.Held)) Context.System.DeadLetters.Tell(held.Original, held.Sender);
        _ended.TrySetResult(Done.Instance);
    }

    /// <summary>A shard that fails is stopped, and started anew after a time: its entities depend on its state.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    /// <inheritdoc />
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case ShardingEnvelope:
                return Deliver(message);
            case IClusterShardingSerializable and not StartEntity:
                return HandleProtocol(message);
            case IClusterDomainEvent change:
                HandleChange(change);
                return true;
            case CurrentClusterState state:
                HandleState(state);
                return true;
            case Terminated terminated:
                HandleTerminated(terminated);
                return true;
            case RegisterDue:
                Register();
                return true;
            case RetryDue:
                Retry();
                return true;
            case AskDue:
                AskForAllHomes();
                return true;
            case RestartShard restart:
                EndBackoff(restart.Shard);
                return true;
            case Sharding.GracefulShutdown:
                BeginGracefulShutdown();
                return true;
            case GracefulShutdownIsOver:
                Context.Stop(Self);
                return true;
            case IShardRegionQuery query:
                HandleQuery(query);
                return true;
            default:
                return Deliver(message);
        }
    }

    private bool HandleProtocol(object message)
    {
        switch (message)
        {
            case ShardHome home:
                if (Sender.Equals(_coordinator)) ReceiveHome(home);
                break;
            case HostShard host:
                if (Sender.Equals(_coordinator)) Host(host.Shard);
                break;
            case BeginHandOff begin:
                if (Sender.Equals(_coordinator)) BeginHandOff(begin);
                break;
            case LastBeforeHandOff last:
                last.Coordinator.Tell(new BeginHandOffAck(last.Shard, last.Number), Sender);
                break;
            case HandOff handOff:
                if (Sender.Equals(_coordinator)) HandOff(handOff);
                break;
            case CoordinatorStarted started:
                RegisterWith(started.Coordinator);
                break;
            case RegisterAck ack:
                Registered(ack.Coordinator);
                break;
            case IShardRegionQuery query:
                HandleQuery(query);
                break;
            default:
                return Deliver(message);
        }

        return true;
    }

    /// <summary>Starts an entity without a message for it.</summary>
    public sealed class StartEntity : IClusterShardingSerializable
    {
        public readonly string EntityId;

        public StartEntity(string entityId) => EntityId = entityId;

        /// <inheritdoc />
        public override bool Equals(object? obj) => obj is StartEntity other && EntityId == other.EntityId;

        /// <inheritdoc />
        public override int GetHashCode() => EntityId.GetHashCode(StringComparison.Ordinal);

        /// <inheritdoc />
        public override string ToString() => $"StartEntity({EntityId})";
    }

    private sealed class RegisterDue
    {
        internal static readonly RegisterDue Instance = new();
    }

    private sealed class RetryDue
    {
        internal static readonly RetryDue Instance = new();
    }

    private sealed class AskDue
    {
        internal static readonly AskDue Instance = new();
    }

    private sealed class GracefulShutdownIsOver
    {
        internal static readonly GracefulShutdownIsOver Instance = new();
    }

    private sealed record RestartShard(string Shard);
}
