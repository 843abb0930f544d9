using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class FailoverSpecs : ShardingSpec
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task Entities_of_a_crashed_node_live_on_elsewhere()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(Start).ToArray();
        await Touch(regions[0], 6);
        await Eventually(async () => (await ShardsOf(regions[2])).Count > 0);

        await Crash(nodes[2]);

        await Touch(regions[0], 6);
        Assert.Equal(6, (await Task.WhenAll(regions[..2].Select(ShardsOf))).Sum(shards => shards.Count));
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task The_node_of_the_coordinator_may_crash_and_shards_elsewhere_stay()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(Start).ToArray();
        await Touch(regions[1], 6);
        var before = await ShardsOf(regions[1]);

        await Crash(nodes[0]);

        await Touch(regions[1], 9);
        var after = await ShardsOf(regions[1]);
        Assert.All(before.Keys, shard => Assert.Contains(shard, after.Keys));
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task Shards_of_a_removed_node_wait_for_the_margin_in_which_it_might_still_live()
    {
        const string Margin = "akka.cluster.down-removal-margin = 3 s";
        var nodes = await Form(3, Margin);
        var regions = nodes.Select(Start).ToArray();
        await Touch(regions[0], 9);
        await Eventually(async () => (await ShardsOf(regions[2])).Count > 0);
        var lost = (await ShardsOf(regions[2])).Keys.First();

        await Crash(nodes[2]);
        await AllSee(nodes[..2], 2);
        var removed = TimeProvider.System.GetTimestamp();
        await Answer<int>(regions[0], new Add($"{lost}-a", 1));

        // The nodes do not see it at the same moment.
        Assert.True(TimeProvider.System.GetElapsedTime(removed) > TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public async Task Two_of_five_nodes_may_crash_together()
    {
        var nodes = await Form(5);
        var regions = nodes.Select(Start).ToArray();
        await Touch(regions[4], 10);

        await Task.WhenAll(Crash(nodes[0]), Crash(nodes[1]));

        await Touch(regions[4], 10);
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task A_node_started_anew_at_the_same_address_gets_shards_again()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(Start).ToArray();
        await Touch(regions[0], 6);
        await Crash(nodes[2]);

        var again = Start($"akka.remote.dot-netty.tcp.port = {nodes[2].SelfAddress.Port}");
        again.Join(nodes[0].SelfAddress);
        await AllSee([nodes[0], nodes[1], again], 3);
        var region = Start(again);

        await Touch(region, 9);
        await Eventually(async () => (await ShardsOf(region)).Count > 0);
        await Touch(regions[0], 9);
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task The_state_outlives_a_restart_of_all_nodes()
    {
        var first = await Form(2);
        var regions = first.Select(Start).ToArray();
        await Touch(regions[0], 6);
        await Task.WhenAll(first.Select(Crash));

        var second = await Form(2);
        var again = second.Select(Start).ToArray();

        await Touch(again[0], 6);
        await Touch(again[1], 6);
        Assert.Equal(6, (await Task.WhenAll(again.Select(ShardsOf))).Sum(shards => shards.Count));
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task Snapshots_of_the_coordinator_are_as_good_as_its_events()
    {
        const string Often = "akka.cluster.sharding.snapshot-after = 5";
        var nodes = await Form(3, Often);
        var regions = nodes.Select(Start).ToArray();
        await Touch(regions[1], 30);
        var before = await ShardsOf(regions[1]);

        await Crash(nodes[0]);
        await Touch(regions[1], 30);

        var after = await ShardsOf(regions[1]);
        Assert.All(before.Keys, shard => Assert.Contains(shard, after.Keys));
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task Nothing_is_allocated_before_there_are_enough_regions()
    {
        var nodes = await Form(2, "akka.cluster.min-nr-of-members = 2", together: true);
        // The coordinator is on the oldest, and who of two that come up together is that is not known.
        var oldest = nodes[0].State.Members.Min(Member.AgeOrdering)!;
        var first = Start(nodes.Single(node => node.SelfMember.Equals(oldest)));
        var waiting = first.Ask<int>(new Add("1-a", 0), Limit);
        await Eventually(async () => (await first.Ask<CurrentRegions>(GetCurrentRegions.Instance, Limit)).Regions.Count == 1);
        Assert.Empty(await ShardsOf(first));

        Start(nodes.Single(node => !node.SelfMember.Equals(oldest)));

        Assert.Equal(0, await waiting);
    }

    [Fact]
    public async Task Once_there_were_enough_regions_the_loss_of_one_stops_nothing()
    {
        var nodes = await Form(3, "akka.cluster.min-nr-of-members = 3", together: true);
        var regions = nodes.ToDictionary(node => node, Start);
        await Touch(regions[nodes[0]], 6);
        var oldest = nodes.Single(node => node.SelfMember.Equals(nodes[0].State.Members.Min(Member.AgeOrdering)));

        await Crash(oldest);

        await Touch(regions[nodes.First(node => node != oldest)], 9);
        Assert.Empty(_ledger.Twins);
    }

    private IActorRef Start(Cluster node) => Region(node, entity: _ledger.Entity);

    private static async Task Touch(IActorRef region, int shards)
    {
        foreach (var shard in Enumerable.Range(0, shards)) await Answer<int>(region, new Add($"{shard}-a", shard));
    }
}
