using Akka.Actor;
using Akka.Cluster.Sharding.Coordination;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>Shards: their start, their hand-over to another region, and the end of the region.</summary>
public sealed partial class ShardRegion
{
    // What still waits for a home when all shards are handed over goes to its new home within this, or is lost.
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private bool _isLeaving;

    private void Host(string shard)
    {
        StartShard(RouteOf(shard));
        _coordinator!.Tell(new ShardStarted(shard), Self);
    }

    private void StartShard(ShardRoute route)
    {
        route.Home = Self;
        if (_entityProps is null || route.Actor is not null || route.BacksOff) return;
        var entities = new EntitiesOfShard(Tuning.BufferSize);
        route.Actor = Context.ActorOf(
            ShardActor.Props(_typeName, route.Shard, entities, _entityProps, _settings, _stopMessage)
                .WithDispatcher(Context.Props.Dispatcher!),
            ShardingNames.Escape(route.Shard));
        Context.Watch(route.Actor);
        _byShardActor[route.Actor] = route;
        route.Entities = entities;
        _log.Debug("{0}: Shard [{1}] is here", _typeName, route.Shard);
        DeliverHeld(route, entities);
    }

    /// <summary>
    /// From now on what is for the shard waits here. The acknowledgement goes by way of the shard's region, behind all that
    /// was sent to it: so nothing can arrive there after it has stopped the shard, and be overtaken.
    /// </summary>
    private void BeginHandOff(BeginHandOff begin)
    {
        var route = RouteOf(begin.Shard);
        var home = route.Home;
        if (home is null || route.Actor is not null || home.Equals(Self))
        {
            // The shard's own region goes on delivering until it is told to stop the shard.
            Sender.Tell(new BeginHandOffAck(begin.Shard, begin.Number), Self);
            return;
        }

        route.Home = null;
        home.Tell(new LastBeforeHandOff(begin.Shard, begin.Number, Sender), Self);
    }

    private void HandOff(HandOff handOff)
    {
        var route = RouteOf(handOff.Shard);
        if (handOff.Number < route.HandOffNumber) return;
        if (handOff.Number == route.HandOffNumber && route.Entities is not null) return;
        route.HandOffNumber = handOff.Number;
        if (route.Actor is null)
        {
            (route.Home, route.BacksOff) = (null, false);
            Sender.Tell(new ShardStopped(handOff.Shard, handOff.Number), Self);
            if (route.Held.Count > 0) AskForHome(route);
            return;
        }

        route.HandOffBy = Sender;
        if (route.Entities is null) return;
        _log.Debug("{0}: Shard [{1}] is handed off", _typeName, route.Shard);
        (route.Closing, route.Entities) = (route.Entities, null);
        route.Actor.Tell(StopShard.Instance, Self);
    }

    private void HandleTerminated(Terminated terminated)
    {
        if (_byShardActor.Remove(terminated.ActorRef, out var route))
        {
            ShardEnded(route);
            return;
        }

        if (terminated.ActorRef.Equals(_coordinator)) LoseCoordinator();
        else LoseHomes(home => home.Equals(terminated.ActorRef));
    }

    private void ShardEnded(ShardRoute route)
    {
        // What no entity got before the shard ended, by force or by a failure, waits here again.
        var older = (route.Closing ?? route.Entities)!.TakeAllHeld();
        _held += older.Count;
        route.HoldBackFirst(older);
        (route.Actor, route.Entities, route.Closing) = (null, null, null);
        if (route.HandOffBy is { } coordinator)
        {
            route.HandOffBy = null;
            route.Home = null;
            coordinator.Tell(new ShardStopped(route.Shard, route.HandOffNumber), Self);
            if (route.Held.Count > 0) AskForHome(route);
            StopWhenHandedOver();
            return;
        }

        _log.Warning("{0}: Shard [{1}] has failed, it is started again in {2}", _typeName, route.Shard, Tuning.ShardFailureBackoff);
        // The home stays: nobody else may have the shard.
        route.BacksOff = true;
        Timers.StartSingleTimer(route, new RestartShard(route.Shard), Tuning.ShardFailureBackoff);
    }

    private void EndBackoff(string shard)
    {
        var route = RouteOf(shard);
        if (!route.BacksOff) return;
        route.BacksOff = false;
        if (Self.Equals(route.Home)) StartShard(route);
    }

    private void BeginGracefulShutdown()
    {
        if (!_isLeaving) _log.Info("{0}: Region hands its {1} shards over and stops", _typeName, _byShardActor.Count);
        _isLeaving = true;
        AskToHandOver();
        StopWhenHandedOver();
    }

    private void AskToHandOver()
    {
        if (_isLeaving && _entityProps is not null) _coordinator?.Tell(new GracefulShutdownReq(Self), Self);
    }

    private void StopWhenHandedOver()
    {
        if (!_isLeaving || _byShardActor.Count > 0) return;
        if (_held == 0) Context.Stop(Self);
        else if (!Timers.IsTimerActive(GracefulShutdownIsOver.Instance))
            Timers.StartSingleTimer(GracefulShutdownIsOver.Instance, GracefulShutdownIsOver.Instance, LastWait);
    }
}
