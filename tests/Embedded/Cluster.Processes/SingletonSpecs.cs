using ActorScheduler.Processes.Clusters;

namespace Cluster.Processes.Specs;

/// <summary>There is one, it is never two, and it is soon elsewhere.</summary>
public sealed class SingletonSpecs
{
    private static readonly TimeSpan Limit = TestCluster.Limit;

    [Fact]
    public async Task It_runs_elsewhere_soon_after_its_process_was_killed()
    {
        using var ledger = new Ledger();
        await using var cluster = await Form(ledger, TestCluster.Form(3));

        for (var round = 0; round < 3; round++)
        {
            var before = ledger.Entries()[^1];
            var victim = cluster.Nodes.Single(node => node.Name == before.Node);
            var killedAt = ClusterNode.Now;
            ledger.Kill(victim);

            var next = await ledger.StartsAfter("singleton", killedAt, Limit);
            // By the silence of the process it would take 2.9 s until that is noticed, 0.7 s until it is decided, and 1 s more.
            Assert.InRange(next.Time - killedAt, 0, 4600);
            var other = cluster.Nodes.First(node => node != victim);
            Assert.Equal(next.Node, await Where(other));

            await cluster.Start(cluster.Nodes.ToList().IndexOf(victim)).Tells("listening", Limit);
            await cluster.Nodes.Single(node => node.Name == before.Node).Tell($"singleton start {ledger.File}");
            await TestCluster.AllSee(cluster.Nodes, 3);
        }

        ledger.NeverTwo(cluster);
    }

    [Fact]
    public async Task A_node_that_ends_in_good_order_hands_it_over_at_once()
    {
        using var ledger = new Ledger();
        await using var cluster = await Form(ledger, TestCluster.Form(3));
        var first = ledger.Entries()[^1];

        cluster.Nodes.Single(node => node.Name == first.Node).Process.Terminate();

        await ledger.StartsAfter("singleton", first.Time, Limit);
        var entries = ledger.Entries();
        Assert.Equal([true, false, true], entries.Select(entry => entry.IsStart));
        Assert.InRange(entries[2].Time - entries[1].Time, 0, 3000);
        ledger.NeverTwo(cluster);
    }

    [NetworkFact]
    public async Task In_a_split_the_losing_side_has_stopped_it_before_the_other_starts_it()
    {
        using var ledger = new Ledger();
        await using var cluster = await Form(ledger, TestCluster.FormOnHosts(5));
        var owner = cluster.Nodes.Single(node => node.Name == ledger.Entries()[^1].Node);
        var index = cluster.Nodes.ToList().IndexOf(owner);
        Host[] there = [cluster.Network.Hosts[index], cluster.Network.Hosts[(index + 1) % 5]];

        var cutAt = ClusterNode.Now;
        await cluster.Network.Split([.. cluster.Network.Hosts.Except(there)], there);

        var next = await ledger.StartsAfter("singleton", cutAt, Limit);
        Assert.NotEqual(owner.Name, next.Node);
        ledger.NeverTwo(cluster);
    }

    private static async Task<TestCluster> Form(Ledger ledger, Task<TestCluster> forming)
    {
        var cluster = await forming;
        foreach (var node in cluster.Nodes) await node.Tell($"singleton start {ledger.File}");
        await ledger.StartsAfter("singleton", 0, Limit);
        return cluster;
    }

    private static async Task<string> Where(ClusterNode node)
    {
        while (true)
        {
            var answer = await node.Ask("singleton ask", "singleton ", Limit);
            if (answer != "silent") return answer["at ".Length..];
        }
    }
}
