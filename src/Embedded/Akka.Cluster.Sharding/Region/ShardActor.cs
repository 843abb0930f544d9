using Akka.Actor;
using Akka.Cluster.Sharding.Remembering;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>Starts and stops the entities of one shard, its children. Messages do not go through it: the region delivers them.</summary>
internal sealed partial class ShardActor : UntypedActor, IWithTimers
{
    private readonly string _typeName;
    private readonly string _shardId;
    private readonly EntitiesOfShard _entities;
    private readonly Func<string, Props> _entityProps;
    private readonly ClusterShardingSettings _settings;
    private readonly object _stopMessage;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _isStopping;
    private bool _isForced;

    public ShardActor(
        string typeName, string shardId, EntitiesOfShard entities, Func<string, Props> entityProps, ClusterShardingSettings settings, object stopMessage)
    {
        _typeName = typeName;
        _shardId = shardId;
        _entities = entities;
        _entityProps = entityProps;
        _settings = settings;
        _stopMessage = stopMessage;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TuningParameters Tuning => _settings.TuningParameters;

    internal static Props Props(
        string typeName, string shardId, EntitiesOfShard entities, Func<string, Props> entityProps, ClusterShardingSettings settings, object stopMessage) =>
        Actor.Props.Create(() => new ShardActor(typeName, shardId, entities, entityProps, settings, stopMessage));

    protected override void PreStart()
    {
        if (_settings.RememberEntities) StartStore();
        if (_settings.PassivatesIdleEntities)
        {
            var interval = _settings.PassivateIdleEntityAfter / 2;
            Timers.StartPeriodicTimer(IdleDue.Instance, IdleDue.Instance, interval);
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StartsDue:
                StartEntities();
                break;
            case Passivate passivate:
                if (!_entities.Passivate(ShardingNames.Unescape(Sender.Path.Name), Sender, passivate.StopMessage, Self))
                    _log.Debug("{0}: [{1}] is no active entity of shard [{2}], so it is not passivated", _typeName, Sender, _shardId);
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_store):
                // What it had not written is not known.
                _log.Error("{0}: The store of remembered entities of shard [{1}] has stopped, and so does the shard", _typeName, _shardId);
                Context.Stop(Self);
                break;
            case Terminated terminated:
                EntityStopped(terminated.ActorRef);
                break;
            case IdleDue:
                _entities.PassivateIdle(_settings.PassivateIdleEntityAfter, _stopMessage, Self);
                break;
            case StopShard:
                StopEntities();
                break;
            case StopTimeIsOver:
                ForceStop();
                break;
            case WakeDue due:
                if (_entities.Wake(due.Id)) StartEntities();
                break;
            case RememberedEntitiesActor.Remembered remembered:
                OnRemembered(remembered.Ids);
                break;
            case RememberedEntitiesActor.Updated:
                OnUpdated();
                break;
            case RecoveryDue:
                WakeSome();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void StartEntities()
    {
        if (_isForced || !_isLoaded) return;
        foreach (var entity in _entities.TakeStarts())
        {
            if (_settings.RememberEntities && !entity.IsRemembered) RememberStart(entity);
            else Start(entity);
        }
    }

    private void Start(Entity entity)
    {
        try
        {
            var actor = Context.ActorOf(_entityProps(entity.Id), ShardingNames.Escape(entity.Id));
            Context.Watch(actor);
            _entities.Started(entity, actor, Self);
        }
        catch (Exception e)
        {
            // What makes entities is the user's; one that cannot be made must not take the others with it.
            _log.Error(e, "{0}: Entity [{1}] of shard [{2}] cannot be started", _typeName, entity.Id, _shardId);
            foreach (var held in _entities.Drop(entity)) Context.System.DeadLetters.Tell(held.Original, held.Sender);
            EndWhenEmpty();
        }
    }

    private void EntityStopped(IActorRef actor)
    {
        var entity = _entities.Stopped(ShardingNames.Unescape(actor.Path.Name), actor, _settings.RememberEntities);
        switch (entity?.State)
        {
            case EntityState.Starting:
                StartEntities();
                break;
            case EntityState.Resting:
                Timers.StartSingleTimer(entity.Id, new WakeDue(entity.Id), Tuning.EntityRestartBackoff);
                break;
            case EntityState.Forgetting:
                RememberStop(entity);
                break;
        }

        EndWhenEmpty();
    }

    /// <summary>All entities stop by themselves; those that have not shortly before the hand-off time-out are stopped.</summary>
    private void StopEntities()
    {
        if (_isStopping) return;
        _isStopping = true;
        _entities.StopAll(_stopMessage, Self);
        var early = TimeSpan.FromSeconds(5);
        var time = Tuning.HandOffTimeout > 2 * early ? Tuning.HandOffTimeout - early : Tuning.HandOffTimeout / 2;
        Timers.StartSingleTimer(StopTimeIsOver.Instance, StopTimeIsOver.Instance, time);
        EndWhenEmpty();
    }

    private void ForceStop()
    {
        _isForced = true;
        foreach (var actor in _entities.Living())
        {
            _log.Warning("{0}: Entity [{1}] did not stop within the hand-off time-out, it is stopped now", _typeName, actor);
            Context.Stop(actor);
        }

        EndWhenEmpty();
    }

    private void EndWhenEmpty()
    {
        // What the store is writing has to be written before the shard starts elsewhere.
        if (!_isStopping || _isUpdating) return;
        if (_entities.IsEmpty || (_isForced && _entities.LivingCount == 0)) Context.Stop(Self);
    }

    private sealed record WakeDue(string Id);

    private sealed class IdleDue
    {
        internal static readonly IdleDue Instance = new();
    }

    private sealed class StopTimeIsOver
    {
        internal static readonly StopTimeIsOver Instance = new();
    }

    private sealed class RecoveryDue
    {
        internal static readonly RecoveryDue Instance = new();
    }
}
