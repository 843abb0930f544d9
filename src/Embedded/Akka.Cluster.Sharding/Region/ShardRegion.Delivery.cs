using Akka.Actor;
using Akka.Cluster.Sharding.Coordination;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>Delivery: from a message to its entity, its region, or the queue of those that wait.</summary>
public sealed partial class ShardRegion
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(100);

    private bool Deliver(object message)
    {
        string? entityId;
        string? shard;
        object? forEntity;
        try
        {
            switch (message)
            {
                case ShardingEnvelope envelope:
                    entityId = envelope.EntityId;
                    forEntity = _extractor.EntityMessage(envelope.Message) ?? envelope.Message;
                    break;
                case StartEntity start:
                    entityId = start.EntityId;
                    forEntity = null;
                    break;
                default:
                    entityId = _extractor.EntityId(message);
                    if (string.IsNullOrEmpty(entityId)) return false;
                    forEntity = _extractor.EntityMessage(message);
                    break;
            }

            shard = string.IsNullOrEmpty(entityId) ? null : _extractor.ShardId(entityId, message);
        }
        catch (Exception e)
        {
            // An extractor that fails at one message must not take the shards with it.
            _log.Error(e, "{0}: The extractor failed at a message of type [{1}], which is dropped", _typeName, message.GetType());
            Context.System.DeadLetters.Tell(message, Sender);
            return true;
        }

        if (string.IsNullOrEmpty(shard))
        {
            _log.Warning("{0}: Shard must not be empty, dropping message [{1}] from [{2}]", _typeName, message.GetType(), Sender);
            Context.System.DeadLetters.Tell(message, Sender);
            return true;
        }

        var route = RouteOf(shard);
        if (route.Entities is { } entities) DeliverHere(route, entities, entityId!, forEntity, message, Sender);
        else if (route.Home is { } home && !home.Equals(Self)) home.Tell(message, Sender);
        else HoldBack(route, new HeldMessage(message, forEntity, Sender));
        return true;
    }

    private ShardRoute RouteOf(string shard)
    {
        if (_routes.TryGetValue(shard, out var route)) return route;
        return _routes[shard] = new ShardRoute(shard);
    }

    private void DeliverHere(ShardRoute route, EntitiesOfShard entities, string entityId, object? forEntity, object message, IActorRef sender)
    {
        switch (entities.Deliver(entityId, forEntity, message, sender))
        {
            case Delivery.NeedsStart:
                route.Actor!.Tell(StartsDue.Instance, Self);
                break;
            case Delivery.Overflow:
                DropOverflow(route, message, sender);
                break;
        }
    }

    private void HoldBack(ShardRoute route, in HeldMessage message)
    {
        if (_held >= Tuning.BufferSize)
        {
            DropOverflow(route, message.Original, message.Sender);
            return;
        }

        _held++;
        route.Held.Enqueue(message);
        AskForHome(route);
    }

    private void DropOverflow(ShardRoute route, object message, IActorRef sender)
    {
        if (!_warnedOfOverflow)
            _log.Warning("{0}: Shard [{1}] has no room for more messages that wait (buffer-size = {2}), they are dropped", _typeName, route.Shard, Tuning.BufferSize);
        _warnedOfOverflow = true;
        Context.System.DeadLetters.Tell(message, sender);
    }

    private void AskForHome(ShardRoute route)
    {
        // Who has the shard starts it by itself.
        if (route.IsAsked || route.Actor is not null || route.BacksOff || _coordinator is null) return;
        route.IsAsked = true;
        _coordinator.Tell(new GetShardHome(route.Shard), Self);
    }

    private void ReceiveHome(ShardHome home)
    {
        var route = RouteOf(home.Shard);
        route.IsAsked = false;
        if (home.Region.Equals(Self))
        {
            StartShard(route);
            return;
        }

        // It is on its way out of here; the answer is older than that.
        if (route.Actor is not null) return;
        if (_cluster.State.Members.All(member => !member.Address.Equals(home.Region.Path.Address)))
        {
            // This node knows better that it is gone, or does not know yet that it came: soon both know the same.
            Timers.StartSingleTimer(AskDue.Instance, AskDue.Instance, AskAgainAfter);
            return;
        }

        (route.Home, route.BacksOff) = (home.Region, false);
        Context.Watch(home.Region);
        while (route.Held.TryDequeue(out var held))
        {
            _held--;
            home.Region.Tell(held.Original, held.Sender);
        }

        StopWhenHandedOver();
    }

    /// <summary>Delivers what waited for a shard that is here now.</summary>
    private void DeliverHeld(ShardRoute route, EntitiesOfShard entities)
    {
        while (route.Held.TryDequeue(out var held))
        {
            _held--;
            var id = held.Original switch
            {
                ShardingEnvelope envelope => envelope.EntityId,
                StartEntity start => start.EntityId,
                _ => _extractor.EntityId(held.Original)!,
            };
            DeliverHere(route, entities, id, held.ForEntity, held.Original, held.Sender);
        }
    }
}
