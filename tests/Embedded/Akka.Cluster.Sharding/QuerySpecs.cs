using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class QuerySpecs : ShardingSpec
{
    [Fact]
    public async Task Regions_say_what_they_have_and_the_coordinator_what_there_is()
    {
        var nodes = await Form(2);
        var regions = nodes.Select(node => Region(node)).ToArray();
        foreach (var id in new[] { "1-a", "1-b", "2-a" }) await Answer<int>(regions[0], new Add(id, 1));

        foreach (var region in regions)
        {
            var addresses = (await region.Ask<CurrentRegions>(GetCurrentRegions.Instance, Limit)).Regions;
            Assert.Equal(nodes.Select(node => node.SelfAddress).ToHashSet(), addresses.ToHashSet());
            var stats = await region.Ask<ClusterShardingStats>(new GetClusterShardingStats(Limit), Limit);
            Assert.Equal([1, 2], stats.Regions.Values.SelectMany(each => each.Stats.Values).Order());
            var own = await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, Limit);
            Assert.Equal((await ShardsOf(region)).ToDictionary(shard => shard.Key, shard => shard.Value.Count), own.Stats.ToDictionary());
            Assert.Empty(own.Failed);
        }
    }

    [Fact]
    public async Task Statistics_come_in_time_also_when_a_region_does_not_answer()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(node => Region(node)).ToArray();
        foreach (var shard in Enumerable.Range(0, 6)) await Answer<int>(regions[0], new Add($"{shard}-a", 1));
        await Crash(nodes[2]);

        var stats = await regions[0].Ask<ClusterShardingStats>(new GetClusterShardingStats(TimeSpan.FromMilliseconds(300)), Limit);

        Assert.DoesNotContain(nodes[2].SelfAddress, stats.Regions.Keys);
        Assert.Equal(2, stats.Regions.Count);
    }

    [Fact]
    public async Task A_region_says_where_an_entity_is()
    {
        var nodes = await Form(2);
        var regions = nodes.Select(node => Region(node)).ToArray();
        foreach (var shard in new[] { "1", "2" })
        {
            var here = await Answer<Here>(regions[0], new WhereAreYou($"{shard}-a"));

            var location = await regions[0].Ask<EntityLocation>(new GetEntityLocation($"{shard}-a", Limit), Limit);

            Assert.Equal(here.Node, location.ShardRegion.ToString());
            Assert.Equal(shard, location.ShardId);
            Assert.Equal(here.Path, location.EntityRef.Value.Path.ToStringWithoutAddress());
            Assert.True((await regions[0].Ask<EntityLocation>(new GetEntityLocation($"{shard}-nobody", TimeSpan.FromSeconds(1)), Limit)).EntityRef.IsEmpty);
        }
    }

    [Fact]
    public async Task Types_that_are_started_are_known_by_name()
    {
        var node = (await Form(1))[0];
        var sharding = ClusterSharding.Get(node.System);
        var region = Region(node);

        Assert.Same(region, sharding.ShardRegion("counter"));
        Assert.Same(region, Region(node));
        Assert.Equal(["counter"], sharding.ShardTypeNames);
        Assert.Throws<ArgumentException>(() => sharding.ShardRegion("nothing"));
        Assert.Throws<ArgumentException>(() => sharding.ShardRegionProxy("counter"));
    }

    [Fact]
    public async Task State_that_cannot_be_kept_as_configured_is_refused()
    {
        var node = (await Form(1))[0];

        var error = Assert.Throws<ArgumentException>(() => ClusterShardingSettings.Create(node.System).WithStateStoreMode(StateStoreMode.DData));

        Assert.Contains("state-store-mode = ddata", error.Message, StringComparison.Ordinal);
    }
}
