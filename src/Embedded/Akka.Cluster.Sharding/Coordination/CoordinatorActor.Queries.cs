using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>Queries: what the coordinator is asked on behalf of users.</summary>
internal sealed partial class CoordinatorActor
{
    private void Queries()
    {
        Command<GetCurrentRegions>(_ => Sender.Tell(new CurrentRegions(
            _state.Regions.Where(region => !_lost.Contains(region)).Select(AddressOf).ToImmutableHashSet())));
        Command<GetClusterShardingStats>(get =>
        {
            var regions = _state.Regions.Where(region => !_lost.Contains(region)).ToImmutableDictionary(region => region, AddressOf);
            var asker = Sender;
            Context.ActorOf(Actor.Props.Create(() => new StatsActor(regions, asker, get.Timeout)));
        });
    }
}
