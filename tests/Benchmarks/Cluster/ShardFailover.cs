using ActorScheduler.Processes.Clusters;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>
/// From the SIGKILL of a process to the moment when each of 100 entities has answered, of which a third lived there. The
/// killed one has the coordinator as well in every other round.
/// </summary>
internal static class ShardFailover
{
    private const int Entities = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static async Task Run(int rounds)
    {
        using var ledger = new Ledger();
        using var journal = new SharedJournal();
        await using var cluster = await TestCluster.Form(3, journal.Config);
        foreach (var node in cluster.Nodes) await Begin(node, ledger);
        await Reach(cluster[0]);
        var oldest = new List<int> { 0, 1, 2 };
        var seconds = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            // Whoever came up last is the youngest.
            var victim = i % 2 == 0 ? oldest[^1] : oldest[0];
            var asker = cluster[oldest[1]];
            var mark = asker.Mark();
            var killedAt = ClusterNode.Now;
            ledger.Kill(cluster[victim]);
            await asker.Tell($"shards reach 1 {Entities}");
            seconds.Add((await asker.Observes($"reached 1 {Entities}", Limit, mark) - killedAt) / 1000.0);

            await Begin(cluster.Start(victim), ledger);
            await TestCluster.AllSee(cluster.Nodes, 3);
            oldest.Remove(victim);
            oldest.Add(victim);
            // Shards move to the new node after a while; the next round begins with all where they answer.
            await Reach(asker);
        }

        ledger.NeverTwo(cluster);
        Report.Times("shard-failover", seconds);
    }

    private static async Task Begin(ClusterNode node, Ledger ledger)
    {
        await node.Tells("listening", Limit);
        await node.Ask($"shards start plain {ledger.File}", "region started", Limit);
    }

    private static Task<string> Reach(ClusterNode node) => node.Ask($"shards reach 1 {Entities}", $"reached 1 {Entities}", Limit);
}
