using System.Globalization;
using ActorScheduler.Processes.Clusters;

namespace Cluster.Processes.Specs;

/// <summary>Each entity lives once, and soon elsewhere, over kills, hand-overs and splits of real processes.</summary>
public sealed class ShardingSpecs
{
    private const int Entities = 100;

    private static readonly TimeSpan Limit = TestCluster.Limit;

    [Fact]
    public async Task Entities_of_a_killed_process_answer_elsewhere_and_never_live_twice()
    {
        using var ledger = new Ledger();
        using var journal = new SharedJournal();
        await using var cluster = await Form(TestCluster.Form(3, journal.Config), ledger);

        var victim = cluster[1];
        ledger.Kill(victim);

        await cluster[0].Ask($"shards reach 1 {Entities}", $"reached 1 {Entities}", Limit);
        ledger.NeverTwo(cluster);
        Assert.DoesNotContain(victim.Name, await Homes(cluster[2]));
    }

    [Fact]
    public async Task The_killed_process_may_have_the_coordinator()
    {
        using var ledger = new Ledger();
        using var journal = new SharedJournal();
        await using var cluster = await Form(TestCluster.Form(3, journal.Config), ledger);
        // The first node up is the oldest.
        var oldest = cluster.Nodes.Single(node => node.Name == cluster[0].Observed().First(line => line.StartsWith("event MemberUp", StringComparison.Ordinal))["event MemberUp ".Length..]);
        var other = cluster.Nodes.First(node => node != oldest);

        ledger.Kill(oldest);

        await other.Ask($"shards reach 1 {2 * Entities}", $"reached 1 {2 * Entities}", Limit);
        ledger.NeverTwo(cluster);
    }

    [Fact]
    public async Task A_node_that_ends_in_good_order_hands_its_shards_over()
    {
        using var ledger = new Ledger();
        using var journal = new SharedJournal();
        await using var cluster = await Form(TestCluster.Form(3, journal.Config), ledger);
        var mark = cluster[0].Mark();

        cluster[1].Process.Terminate();
        await cluster[0].Ask($"shards reach 1 {Entities}", $"reached 1 {Entities}", Limit);
        await cluster[1].Process.Exit(Limit);

        await cluster[0].Ask($"shards reach 1 {Entities}", $"reached 1 {Entities}", Limit);
        ledger.NeverTwo(cluster);
        // All that started there has stopped there.
        Assert.Equal(
            ledger.Entries().Count(entry => entry.Node == cluster[1].Name && entry.IsStart),
            ledger.Entries().Count(entry => entry.Node == cluster[1].Name && !entry.IsStart));
        Assert.DoesNotContain(cluster[0].Observed(mark), line => line.Contains("Unreachable", StringComparison.Ordinal));
    }

    [NetworkFact]
    public async Task In_a_split_entities_live_on_one_side_only()
    {
        using var ledger = new Ledger();
        using var journal = new SharedJournal();
        await using var cluster = await Form(TestCluster.FormOnHosts(5, journal.Config), ledger);
        Host[] there = [cluster.Network.Hosts[0], cluster.Network.Hosts[3]];
        Host[] here = [.. cluster.Network.Hosts.Except(there)];

        await cluster.Network.Split(here, there);

        await cluster[1].Ask($"shards reach 1 {Entities}", $"reached 1 {Entities}", Limit);
        ledger.NeverTwo(cluster);
    }

    [Fact]
    public async Task Persistent_entities_go_on_where_they_were_over_kills_and_nobody_writes_behind_anothers_back()
    {
        using var ledger = new Ledger();
        using var journal = new SharedJournal();
        await using var cluster = await TestCluster.Form(3, journal.Config);
        foreach (var node in cluster.Nodes) await node.Ask("shards start persistent", "region started", Limit);
        await cluster[0].Ask("shards reach 1 20", "reached 1 20", Limit);

        for (var round = 1; round <= 2; round++)
        {
            for (var id = 1; id <= 20; id++) Assert.Equal($"{round}", await cluster[0].Ask($"shards add {id}", $"added {id} ", Limit));
            if (round == 1) ledger.Kill(cluster[2]);
            await cluster[0].Ask("shards reach 1 20", "reached 1 20", Limit);
        }

        for (var id = 1; id <= 20; id++)
        {
            var history = (await cluster[1].Ask($"shards history {id}", $"history {id} ", Limit)).Split(' ');
            Assert.Equal("2", history[0]);
            Assert.Equal("clean", history[2]);
        }
    }

    [Fact]
    public async Task Of_two_live_actors_with_one_persistence_id_one_alone_goes_on_writing()
    {
        using var journal = new SharedJournal();
        // Not in one cluster: nothing but the journal stands between them.
        await using var one = await TestCluster.Form(1, journal.Config);
        await using var other = await TestCluster.Form(1, journal.Config);
        ClusterNode[] nodes = [one[0], other[0]];
        foreach (var node in nodes) await node.Tell("writer start shared");
        await Task.WhenAll(nodes.Select(node => node.Ask("writer history", "history shared ", Limit)));

        await Task.WhenAll(nodes.Select(node => node.Tell("writer add 200")));
        var ends = await Task.WhenAll(nodes.Select(node => node.Process.Line(
            line => line.Contains("writer added", StringComparison.Ordinal) || line.Contains("writer ended", StringComparison.Ordinal), Limit)));

        Assert.Single(ends, line => line.Contains("writer added 200", StringComparison.Ordinal));
        var loser = ends.Single(line => line.Contains("writer ended", StringComparison.Ordinal));
        var written = 200 + int.Parse(loser[(loser.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        await nodes[0].Tell("writer start shared");
        var history = (await nodes[0].Ask("writer history", "history shared ", Limit)).Split(' ');
        Assert.Equal($"{written}", history[0]);
        Assert.Equal("clean", history[2]);
    }

    [Fact]
    public async Task What_one_node_publishes_all_subscribers_hear()
    {
        await using var cluster = await TestCluster.Form(3);
        foreach (var node in cluster.Nodes) await node.Ask("topic subscribe news", "subscribed news", Limit);

        // Who subscribed elsewhere is known after an exchange; until then it is published again.
        for (var i = 0; i < 100 && !cluster.Nodes.All(node => node.Observed().Contains("heard hello")); i++)
        {
            await cluster[1].Tell("topic publish news hello");
            await Task.Delay(100);
        }

        Assert.All(cluster.Nodes, node => Assert.Contains("heard hello", node.Observed()));
    }

    private static async Task<TestCluster> Form(Task<TestCluster> forming, Ledger ledger)
    {
        var cluster = await forming;
        foreach (var node in cluster.Nodes) await node.Ask($"shards start plain {ledger.File}", "region started", Limit);
        await cluster[0].Ask($"shards reach 1 {Entities}", $"reached 1 {Entities}", Limit);
        return cluster;
    }

    private static async Task<HashSet<string>> Homes(ClusterNode node)
    {
        var homes = new HashSet<string>();
        for (var id = 1; id <= Entities; id++) homes.Add(await node.Ask($"shards ask {id}", $"entity {id} at ", Limit));
        return homes;
    }
}
