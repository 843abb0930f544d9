using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Remembering;

namespace Akka.Cluster.Sharding;

/// <summary>Remembering: an entity is started once the store knows of it, and forgotten once it was passivated.</summary>
internal sealed partial class ShardActor
{
    // No entity can have this name: colons of ids are escaped.
    private const string StoreName = "remembered:entities";

    private readonly List<Entity> _toRemember = [];
    private readonly List<Entity> _toForget = [];
    private readonly List<Entity> _beingRemembered = [];
    private readonly List<Entity> _beingForgotten = [];
    private readonly Queue<string> _toWake = new();
    private IActorRef? _store;
    private bool _isLoaded = true;
    private bool _isUpdating;

    private void StartStore()
    {
        _isLoaded = false;
        _store = Context.ActorOf(RememberedEntitiesActor.Props(_typeName, _shardId, _settings), StoreName);
        Context.Watch(_store);
    }

    private void OnRemembered(ImmutableHashSet<string> ids)
    {
        _isLoaded = true;
        foreach (var id in ids)
        {
            _entities.Remember(id);
            _toWake.Enqueue(id);
        }

        WakeSome();
    }

    private void WakeSome()
    {
        var all = Tuning.EntityRecoveryStrategy == "all";
        for (var left = all ? _toWake.Count : Tuning.EntityRecoveryConstantRateStrategyNumberOfEntities; left > 0 && _toWake.Count > 0; left--)
            _entities.Wake(_toWake.Dequeue());
        if (_toWake.Count > 0) Timers.StartSingleTimer(RecoveryDue.Instance, RecoveryDue.Instance, Tuning.EntityRecoveryConstantRateStrategyFrequency);
        StartEntities();
    }

    private void RememberStart(Entity entity)
    {
        _toRemember.Add(entity);
        UpdateStore();
    }

    private void RememberStop(Entity entity)
    {
        _toForget.Add(entity);
        UpdateStore();
    }

    /// <summary>One update at a time; what comes meanwhile goes together with the next.</summary>
    private void UpdateStore()
    {
        if (_isUpdating || (_toRemember.Count == 0 && _toForget.Count == 0)) return;
        _isUpdating = true;
        _beingRemembered.AddRange(_toRemember);
        _beingForgotten.AddRange(_toForget);
        _toRemember.Clear();
        _toForget.Clear();
        _store!.Tell(new RememberedEntitiesActor.Update(
            [.. _beingRemembered.Select(entity => entity.Id)], [.. _beingForgotten.Select(entity => entity.Id)]));
    }

    private void OnUpdated()
    {
        _isUpdating = false;
        foreach (var entity in _beingRemembered)
        {
            entity.IsRemembered = true;
            if (!_isForced) Start(entity);
        }

        foreach (var entity in _beingForgotten) _entities.Forgotten(entity);
        _beingRemembered.Clear();
        _beingForgotten.Clear();
        StartEntities();
        UpdateStore();
        EndWhenEmpty();
    }
}
