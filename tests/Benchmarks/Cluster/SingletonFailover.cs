using ActorScheduler.Processes.Clusters;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>From the SIGKILL of the singleton's process to the singleton's start in another one, of three.</summary>
internal static class SingletonFailover
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static async Task Run(int rounds)
    {
        using var ledger = new Ledger();
        await using var cluster = await TestCluster.Form(3);
        foreach (var node in cluster.Nodes) await node.Tell($"singleton start {ledger.File}");
        var running = await ledger.StartsAfter("singleton", 0, Limit);
        var seconds = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var victim = cluster.Nodes.ToList().FindIndex(node => node.Name == running.Node);
            var killedAt = ClusterNode.Now;
            ledger.Kill(cluster[victim]);
            running = await ledger.StartsAfter("singleton", killedAt, Limit);
            seconds.Add((running.Time - killedAt) / 1000.0);

            var again = cluster.Start(victim);
            await again.Tells("listening", Limit);
            await again.Tell($"singleton start {ledger.File}");
            await TestCluster.AllSee(cluster.Nodes, 3);
        }

        ledger.NeverTwo(cluster);
        Report.Times("singleton-failover", seconds);
    }
}
