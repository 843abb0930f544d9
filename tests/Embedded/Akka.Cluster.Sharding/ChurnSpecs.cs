using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class ChurnSpecs : ShardingSpec
{
    private const int Shards = 12;

    private readonly Ledger _ledger = new();

    [Fact]
    public async Task Each_number_arrives_once_and_in_order_while_nodes_come_and_go()
    {
        const int Rounds = 4;
        var nodes = (await Form(4)).ToList();
        var regions = nodes.ToDictionary(node => node, Start);
        using var stop = new CancellationTokenSource();
        // The senders' nodes stay; the others go, the coordinator's first.
        var stay = nodes[2..];
        var sending = stay.Select((node, index) => Task.Run(() => NumberedTraffic.Send(regions[node], index, Shards, stop.Token, passivates: true))).ToArray();

        for (var round = 0; round < Rounds; round++)
        {
            var added = await Join(stay[0]);
            regions[added] = Start(added);
            nodes.Add(added);
            await Eventually(async () => (await ShardsOf(regions[added])).Count > 0);
            var gone = nodes.First(node => !stay.Contains(node));
            nodes.Remove(gone);
            await gone.LeaveAsync().WaitAsync(Limit);
        }

        await stop.CancelAsync();
        NumberedTraffic.AllArrived(_ledger, await Task.WhenAll(sending), Shards);
    }

    [Fact]
    public async Task No_entity_ever_lives_twice_while_nodes_crash_and_come()
    {
        const int Rounds = 3;
        var nodes = (await Form(5)).ToList();
        var regions = nodes.ToDictionary(node => node, Start);

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var shard in Enumerable.Range(0, Shards)) await Answer<int>(regions[nodes[^1]], new Add($"{shard}-a", round));
            var gone = nodes[0];
            nodes.Remove(gone);
            await Crash(gone);
            var added = await Join(nodes[0]);
            regions[added] = Start(added);
            nodes.Insert(nodes.Count - 1, added);
        }

        foreach (var node in nodes)
            foreach (var shard in Enumerable.Range(0, Shards)) await Answer<int>(regions[node], new Add($"{shard}-a", Rounds));
        Assert.Empty(_ledger.Twins);
    }

    private IActorRef Start(Cluster node) => Region(
        node, entity: _ledger.Entity, strategy: ShardAllocationStrategy.LeastShardAllocationStrategy(absoluteLimit: 10, relativeLimit: 1));
}
