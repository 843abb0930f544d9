using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class RememberingSpecs : ShardingSpec
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task Entities_of_a_crashed_node_are_started_elsewhere_without_a_message()
    {
        var nodes = await Form(3);
        var regions = nodes.Select(node => Start(node)).ToArray();
        var ids = await Touch(regions[0], 6);
        await Eventually(async () => (await ShardsOf(regions[2])).Count > 0);

        await Crash(nodes[2]);

        await Alive(regions[..2], ids);
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task All_entities_are_started_after_a_restart_of_all_nodes()
    {
        var first = await Form(2);
        var ids = await Touch(Start(first[0]), 4);
        await Task.WhenAll(first.Select(Crash));

        var second = await Form(2);

        await Alive([.. second.Select(node => Start(node))], ids);
    }

    [Fact]
    public async Task A_passivated_entity_is_forgotten()
    {
        var node = (await Form(1))[0];
        var region = Start(node);
        await Touch(region, 3);
        region.Tell(new Leave("1-b"));
        await Alive([region], ["0-a", "0-b", "1-a", "2-a", "2-b"]);
        await node.System.Terminate().WaitAsync(Limit);

        var again = Start((await Form(1))[0]);

        await Alive([again], ["0-a", "0-b", "1-a", "2-a", "2-b"]);
    }

    [Fact]
    public async Task A_message_that_comes_while_it_is_forgotten_starts_it_again()
    {
        var node = (await Form(1))[0];
        var region = Start(node);

        foreach (var number in Enumerable.Range(0, 200))
        {
            region.Tell(new Add("1-a", number), ActorRefs.NoSender);
            if (number % 10 == 0) region.Tell(new Leave("1-a"));
        }

        await Eventually(() => _ledger.NumbersOf("1-a").Length == 200);
        Assert.Equal(Enumerable.Range(0, 200), _ledger.NumbersOf("1-a"));
        Assert.Empty(_ledger.Twins);
    }

    [Fact]
    public async Task An_entity_that_stops_by_itself_is_started_again_after_the_backoff()
    {
        var node = (await Form(1, "akka.cluster.sharding.entity-restart-backoff = 1 s"))[0];
        var region = Region(node, settings => settings.WithRememberEntities(true));
        await Answer<int>(region, new Add("1-a", 5));

        region.Tell(new StopYourself("1-a"));
        await Eventually(async () => (await ShardsOf(region))["1"].Count == 0);
        var stopped = TimeProvider.System.GetTimestamp();

        await Eventually(async () => (await ShardsOf(region))["1"].Count == 1);
        Assert.True(TimeProvider.System.GetElapsedTime(stopped) > TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task Entities_may_be_started_a_few_at_a_time()
    {
        var first = (await Form(1))[0];
        var ids = await Touch(Start(first), 4);
        await Crash(first);

        var second = (await Form(1, """
            akka.cluster.sharding {
              entity-recovery-strategy = constant
              entity-recovery-constant-rate-strategy { frequency = 50 ms, number-of-entities = 1 }
            }
            """))[0];

        await Alive([Start(second)], ids);
    }

    [Fact]
    public async Task Remembered_entities_move_with_their_shard()
    {
        var first = (await Form(1))[0];
        var regions = new List<IActorRef> { Start(first) };
        var ids = await Touch(regions[0], 4);

        regions.Add(Start(await Join(first)));

        await Eventually(async () => (await ShardsOf(regions[1])).Count == 2);
        await Alive(regions, ids);
        Assert.Empty(_ledger.Twins);
    }

    private IActorRef Start(Cluster node) => Region(
        node, settings => settings.WithRememberEntities(true), _ledger.Entity,
        strategy: ShardAllocationStrategy.LeastShardAllocationStrategy(absoluteLimit: 10, relativeLimit: 1));

    private static async Task<string[]> Touch(IActorRef region, int shards)
    {
        var ids = Enumerable.Range(0, shards).SelectMany(shard => new[] { $"{shard}-a", $"{shard}-b" }).ToArray();
        foreach (var id in ids) await Answer<int>(region, new Add(id, 0));
        return ids;
    }

    private static async Task Alive(IReadOnlyCollection<IActorRef> regions, string[] ids)
    {
        string[] found = [];
        await Eventually(
            async () =>
            {
                found = [.. (await Task.WhenAll(regions.Select(ShardsOf))).SelectMany(shards => shards.Values).SelectMany(shard => shard).Order()];
                return found.SequenceEqual(ids.Order());
            },
            () => $"Alive: {string.Join(", ", found)}");
    }
}
