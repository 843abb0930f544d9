using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>What became of a message for an entity.</summary>
internal enum Delivery
{
    /// <summary>It is in the entity's mailbox, or is held back for it.</summary>
    Done,

    /// <summary>It is held back, and the shard has to be told that there are entities to start.</summary>
    NeedsStart,

    /// <summary>Too many are held back already.</summary>
    Overflow,
}

/// <summary>A message that is held back: as it came, and what the entity gets of it.</summary>
internal readonly record struct HeldMessage(object Original, object? ForEntity, IActorRef Sender);

/// <summary>
/// The entities of one shard. The region delivers straight to them, the shard starts and stops them; both under one lock, so
/// that no message overtakes another of its sender, whatever state the entity is in.
/// <code>
///   absent --message--> Starting --started--> Active --Passivate--> Passivating --stopped--> absent, or Starting when something waits
///                                             Active --stopped, remembered--> Resting --message or backoff--> Starting
/// </code>
/// When the shard is handed off nothing more comes in. What is held back still goes to its entity, which then stops: passed on to
/// another region instead, it could be overtaken by what that region gets from elsewhere.
/// </summary>
internal sealed class EntitiesOfShard(int bufferSize)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entity> _byId = new(StringComparer.Ordinal);
    private List<Entity> _toStart = [];
    private int _held;
    private int _living;
    private int _starting;
    private object? _stopMessage;

    /// <summary>No entity lives, and none is about to.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (_lock) return _living + _starting == 0;
        }
    }

    /// <summary>Entities whose actor lives.</summary>
    internal int LivingCount
    {
        get
        {
            lock (_lock) return _living;
        }
    }

    /// <summary>A message for an entity; without <paramref name="forEntity"/> the entity is only started.</summary>
    internal Delivery Deliver(string id, object? forEntity, object original, IActorRef sender)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var entity))
            {
                if (entity.State == EntityState.Active)
                {
                    if (forEntity is null) return Delivery.Done;
                    entity.LastUsed = Environment.TickCount64;
                    entity.Ref!.Tell(forEntity, sender);
                    return Delivery.Done;
                }
            }
            else
            {
                _byId[id] = entity = new Entity(id);
            }

            return HoldBack(entity, new HeldMessage(original, forEntity, sender));
        }
    }

    /// <summary>The entities that have to be started; each is given once.</summary>
    internal List<Entity> TakeStarts()
    {
        lock (_lock)
        {
            var starts = _toStart;
            _toStart = [];
            return starts;
        }
    }

    /// <summary>The entity lives: what was held back goes to it, and from now on all that comes.</summary>
    internal void Started(Entity entity, IActorRef actor, IActorRef shard)
    {
        lock (_lock)
        {
            _living++;
            _starting--;
            entity.Ref = actor;
            entity.State = EntityState.Active;
            entity.LastUsed = Environment.TickCount64;
            foreach (var held in TakeHeld(entity))
            {
                if (held.ForEntity is { } message) actor.Tell(message, held.Sender);
            }

            if (_stopMessage is { } stop) Stop(entity, stop, shard);
        }
    }

    /// <summary>Lets an active entity stop by a message of its own; what comes after that message is held back.</summary>
    internal bool Passivate(string id, IActorRef actor, object stopMessage, IActorRef shard)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var entity) || entity.State != EntityState.Active || !actor.Equals(entity.Ref)) return false;
            Stop(entity, stopMessage, shard);
            return true;
        }
    }

    /// <summary>Lets the entities stop that had nothing to do since a time.</summary>
    internal void PassivateIdle(TimeSpan idleFor, object stopMessage, IActorRef shard)
    {
        var before = Environment.TickCount64 - (long)idleFor.TotalMilliseconds;
        lock (_lock)
        {
            foreach (var entity in _byId.Values)
            {
                if (entity.State == EntityState.Active && entity.LastUsed <= before) Stop(entity, stopMessage, shard);
            }
        }
    }

    /// <summary>Lets all entities stop, and those that are still to be started once they have got what is held back for them.</summary>
    internal void StopAll(object stopMessage, IActorRef shard)
    {
        lock (_lock)
        {
            _stopMessage = stopMessage;
            foreach (var entity in _byId.Values)
            {
                if (entity.State == EntityState.Active) Stop(entity, stopMessage, shard);
            }
        }
    }

    /// <summary>The actor of an entity has stopped; null when it was no entity of this shard.</summary>
    internal Entity? Stopped(string id, IActorRef actor, bool remembers)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var entity) || !actor.Equals(entity.Ref)) return null;
            entity.WasPassivating = entity.State == EntityState.Passivating;
            entity.Ref = null;
            _living--;
            if (entity.Held is { Count: > 0 })
            {
                ToStart(entity);
            }
            else if (_stopMessage is not null)
            {
                // It is not forgotten: it goes with its shard.
                _byId.Remove(id);
            }
            else if (remembers && !entity.WasPassivating)
            {
                entity.State = EntityState.Resting;
            }
            else if (remembers)
            {
                // Until it is forgotten in the store it must not be started as if it were new.
                entity.State = EntityState.Forgetting;
            }
            else
            {
                _byId.Remove(id);
            }

            return entity;
        }
    }

    /// <summary>The store has forgotten an entity; true when it has to be started again, since something came for it.</summary>
    internal bool Forgotten(Entity entity)
    {
        lock (_lock)
        {
            if (entity.State != EntityState.Forgetting) return false;
            entity.IsRemembered = false;
            if (entity.Held is { Count: > 0 })
            {
                ToStart(entity);
                return true;
            }

            _byId.Remove(entity.Id);
            return false;
        }
    }

    /// <summary>An entity that could not be made is dropped; what was held back for it is given back.</summary>
    internal IReadOnlyList<HeldMessage> Drop(Entity entity)
    {
        lock (_lock)
        {
            _starting--;
            _byId.Remove(entity.Id);
            return TakeHeld(entity);
        }
    }

    /// <summary>An entity that the store remembers: it is to be started, now or with its first message.</summary>
    internal void Remember(string id)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var entity)) _byId[id] = entity = new Entity(id) { State = EntityState.Resting };
            entity.IsRemembered = true;
        }
    }

    /// <summary>Starts an entity that rests.</summary>
    internal bool Wake(string id)
    {
        lock (_lock)
        {
            if (_stopMessage is not null || !_byId.TryGetValue(id, out var entity) || entity.State != EntityState.Resting) return false;
            ToStart(entity);
            return true;
        }
    }

    /// <summary>What is still held back when the shard has ended, in order for each entity.</summary>
    internal List<HeldMessage> TakeAllHeld()
    {
        lock (_lock)
        {
            var held = new List<HeldMessage>(_held);
            foreach (var entity in _byId.Values) held.AddRange(TakeHeld(entity));
            return held;
        }
    }

    /// <summary>The actors of entities that live.</summary>
    internal List<IActorRef> Living()
    {
        lock (_lock) return [.. _byId.Values.Where(entity => entity.Ref is not null).Select(entity => entity.Ref!)];
    }

    internal List<string> ActiveIds()
    {
        lock (_lock) return [.. _byId.Values.Where(entity => entity.Ref is not null).Select(entity => entity.Id)];
    }

    internal IActorRef? Find(string id)
    {
        lock (_lock) return _byId.TryGetValue(id, out var entity) ? entity.Ref : null;
    }

    private static List<HeldMessage> NothingHeld { get; } = [];

    private Delivery HoldBack(Entity entity, in HeldMessage message)
    {
        var needsStart = entity.State is EntityState.Absent or EntityState.Resting;
        if (message.ForEntity is not null || entity.State is EntityState.Passivating or EntityState.Forgetting)
        {
            if (_held >= bufferSize)
            {
                if (entity.State == EntityState.Absent) _byId.Remove(entity.Id);
                return Delivery.Overflow;
            }

            (entity.Held ??= []).Add(message);
            _held++;
        }

        if (!needsStart) return Delivery.Done;
        ToStart(entity);
        // The shard takes all at once, so it is told only of the first.
        return _toStart.Count == 1 ? Delivery.NeedsStart : Delivery.Done;
    }

    private static void Stop(Entity entity, object stopMessage, IActorRef shard)
    {
        entity.State = EntityState.Passivating;
        entity.Ref!.Tell(stopMessage, shard);
    }

    private void ToStart(Entity entity)
    {
        entity.State = EntityState.Starting;
        _starting++;
        _toStart.Add(entity);
    }

    private List<HeldMessage> TakeHeld(Entity entity)
    {
        if (entity.Held is not { } held) return NothingHeld;
        entity.Held = null;
        _held -= held.Count;
        return held;
    }
}
