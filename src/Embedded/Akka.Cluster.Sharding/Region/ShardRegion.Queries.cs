using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Sharding;

/// <summary>Queries. What is here is answered here; what is about all regions the coordinator answers.</summary>
public sealed partial class ShardRegion
{
    private IEnumerable<(string Shard, EntitiesOfShard Entities)> ShardsHere =>
        _byShardActor.Values.Where(route => route.Entities is not null).Select(route => (route.Shard, route.Entities!));

    private void HandleQuery(IShardRegionQuery query)
    {
        switch (query)
        {
            case GetShardRegionState:
                Sender.Tell(new CurrentShardRegionState(
                    ShardsHere.Select(here => new ShardState(here.Shard, here.Entities.ActiveIds().ToImmutableHashSet())).ToImmutableHashSet()));
                break;
            case GetShardRegionStats:
                Sender.Tell(new ShardRegionStats(ShardsHere.ToImmutableDictionary(here => here.Shard, here => here.Entities.LivingCount)));
                break;
            case GetCurrentRegions when _coordinator is null:
                Sender.Tell(new CurrentRegions(ImmutableHashSet<Address>.Empty));
                break;
            case GetClusterShardingStats when _coordinator is null:
                Sender.Tell(new ClusterShardingStats(ImmutableDictionary<Address, ShardRegionStats>.Empty));
                break;
            case GetCurrentRegions or GetClusterShardingStats:
                _coordinator.Forward(query);
                break;
            case GetEntityLocation get:
                Locate(get);
                break;
            default:
                Unhandled(query);
                break;
        }
    }

    private void Locate(GetEntityLocation get)
    {
        var shard = _extractor.ShardId(get.EntityId, new StartEntity(get.EntityId));
        if (string.IsNullOrEmpty(shard) || !_routes.TryGetValue(shard, out var route) || route.Home is not { } home)
        {
            Sender.Tell(new EntityLocation(get.EntityId, shard ?? "", Address.AllSystems, Option<IActorRef>.None));
            return;
        }

        if (home.Equals(Self))
        {
            Sender.Tell(new EntityLocation(get.EntityId, shard, _cluster.SelfAddress, Option<IActorRef>.Create(route.Entities?.Find(get.EntityId)!)));
            return;
        }

        var address = home.Path.Address;
        Context.ActorSelection(home.Path / ShardingNames.Escape(shard) / ShardingNames.Escape(get.EntityId)).ResolveOne(get.Timeout).PipeTo(
            Sender,
            Self,
            entity => new EntityLocation(get.EntityId, shard, address, Option<IActorRef>.Create(entity)),
            _ => new EntityLocation(get.EntityId, shard, address, Option<IActorRef>.None));
    }
}
