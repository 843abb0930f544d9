using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class HandOffSpecs : ShardingSpec
{
    private const int Shards = 6;

    private readonly Ledger _ledger = new();

    [Fact]
    public async Task Shards_move_to_a_node_that_joins()
    {
        var first = (await Form(1))[0];
        var region = Start(first);
        foreach (var shard in Enumerable.Range(0, Shards)) await Answer<int>(region, new Add($"{shard}-a", 0));
        Assert.Equal(Shards, (await ShardsOf(region)).Count);

        var second = await Join(first);
        var other = Start(second);

        await Eventually(async () => (await ShardsOf(region)).Count == Shards / 2);
        foreach (var shard in Enumerable.Range(0, Shards)) await Answer<int>(region, new Add($"{shard}-a", 1));
        Assert.Equal(Shards / 2, (await ShardsOf(other)).Count);
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_overtakes_while_shards_move()
    {
        var nodes = await Form(2);
        var regions = nodes.Select(node => Start(node)).ToList();
        using var stop = new CancellationTokenSource();
        var sending = regions.Select((region, index) => NumberedTraffic.Send(region, index, Shards, stop.Token)).ToArray();
        await Eventually(() => Enumerable.Range(0, Shards).All(shard => _ledger.NumbersOf($"{shard}-0").Length > 0));

        var third = await Join(nodes[0]);
        regions.Add(Start(third));
        await Eventually(async () => (await ShardsOf(regions[2])).Count == Shards / 3);
        await stop.CancelAsync();

        NumberedTraffic.AllArrived(_ledger, await Task.WhenAll(sending), Shards);
    }

    [Fact]
    public async Task A_node_that_leaves_hands_its_shards_over_first()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(node => Start(node)).ToArray();
        using var stop = new CancellationTokenSource();
        var sending = new[] { NumberedTraffic.Send(regions[0], 0, Shards, stop.Token), NumberedTraffic.Send(regions[1], 1, Shards, stop.Token) };
        await Eventually(async () => (await Task.WhenAll(regions.Select(ShardsOf))).Sum(shards => shards.Count) == Shards);
        await Eventually(async () => (await ShardsOf(regions[2])).Count > 0);

        await nodes[2].LeaveAsync().WaitAsync(Limit);
        await Eventually(async () => (await Task.WhenAll(regions[..2].Select(ShardsOf))).Sum(shards => shards.Count) == Shards);
        await stop.CancelAsync();

        NumberedTraffic.AllArrived(_ledger, await Task.WhenAll(sending), Shards);
    }

    [Fact]
    public async Task The_node_of_the_coordinator_may_leave_too()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(node => Start(node)).ToArray();
        using var stop = new CancellationTokenSource();
        var sending = new[] { NumberedTraffic.Send(regions[1], 1, Shards, stop.Token), NumberedTraffic.Send(regions[2], 2, Shards, stop.Token) };
        await Eventually(async () => (await Task.WhenAll(regions.Select(ShardsOf))).Sum(shards => shards.Count) == Shards);

        await nodes[0].LeaveAsync().WaitAsync(Limit);
        await Eventually(async () => (await Task.WhenAll(regions[1..].Select(ShardsOf))).Sum(shards => shards.Count) == Shards);
        // Somebody has to be asked who was started after that.
        foreach (var shard in new[] { 10, 11 }) await Answer<int>(regions[1], new Add($"{shard}-a", 0));
        await stop.CancelAsync();

        NumberedTraffic.AllArrived(_ledger, await Task.WhenAll(sending), Shards);
    }

    [Fact]
    public async Task A_region_that_is_told_to_shuts_down_gracefully()
    {
        var nodes = await Form(2);
        var regions = nodes.Select(node => Start(node)).ToArray();
        foreach (var shard in Enumerable.Range(0, Shards)) await Answer<int>(regions[0], new Add($"{shard}-a", 0));
        using var inbox = Inbox.Create(nodes[1].System);
        inbox.Watch(regions[1]);

        regions[1].Tell(GracefulShutdown.Instance);

        Assert.Equal(regions[1], ((Terminated)await inbox.ReceiveAsync(Limit)).ActorRef);
        foreach (var shard in Enumerable.Range(0, Shards)) await Answer<int>(regions[0], new Add($"{shard}-a", 1));
        Assert.Equal(Shards, (await ShardsOf(regions[0])).Count);
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task The_last_node_ends_in_order_and_without_delay()
    {
        var node = (await Form(1))[0];
        var region = Start(node);
        await Answer<int>(region, new Add("1-a", 0));

        await node.System.Terminate().WaitAsync(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task An_entity_that_does_not_stop_is_stopped_after_the_time_out()
    {
        var nodes = await Form(2, "akka.cluster.sharding.handoff-timeout = 2 s");
        var regions = nodes.Select(node => Region(node, entity: _ => Props.Create(() => new Stubborn()), stopMessage: "please")).ToArray();
        foreach (var shard in Enumerable.Range(0, Shards)) await Answer<string>(regions[0], new Add($"{shard}-a", 0));
        var moving = (await ShardsOf(regions[1])).Keys.First();

        regions[1].Tell(GracefulShutdown.Instance);

        await Eventually(async () => (await Answer<string>(regions[0], new Add($"{moving}-a", 0))) == nodes[0].SelfAddress.ToString());
    }

    private IActorRef Start(Cluster node) => Region(
        node, entity: _ledger.Entity, strategy: ShardAllocationStrategy.LeastShardAllocationStrategy(absoluteLimit: 10, relativeLimit: 1));

    private sealed class Stubborn : ReceiveActor
    {
        public Stubborn()
        {
            Receive<string>(static _ => { });
            Receive<Add>(_ => Sender.Tell(Cluster.Get(Context.System).SelfAddress.ToString()));
        }
    }
}
