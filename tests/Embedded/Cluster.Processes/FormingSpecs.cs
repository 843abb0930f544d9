using ActorScheduler.Processes.Clusters;

namespace Cluster.Processes.Specs;

/// <summary>How processes find together.</summary>
public sealed class FormingSpecs
{
    private static readonly TimeSpan Limit = TestCluster.Limit;

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 2)]
    public async Task Seed_nodes_may_start_in_any_order(int first, int second, int third)
    {
        await using var cluster = TestCluster.Plan(3);
        foreach (var index in new[] { first, second, third })
        {
            var node = cluster.Start(index);
            await node.Tells("listening", Limit);
        }

        await TestCluster.AllSee(cluster.Nodes, 3);
    }

    [Fact]
    public async Task The_first_seed_node_alone_makes_a_cluster_and_a_later_one_joins_it()
    {
        await using var cluster = TestCluster.Plan(2);
        await TestCluster.AllSee([cluster.Start(0)], 1);

        cluster.Start(1);

        await TestCluster.AllSee(cluster.Nodes, 2);
    }

    [Fact]
    public async Task Another_seed_node_alone_waits_for_the_first()
    {
        await using var cluster = TestCluster.Plan(2);
        var second = cluster.Start(1);
        await second.Process.Line(line => line.Contains("Couldn't join seed nodes", StringComparison.Ordinal), Limit);
        Assert.DoesNotContain(second.Observed(), line => line.StartsWith("event MemberUp", StringComparison.Ordinal));

        cluster.Start(0);

        await TestCluster.AllSee(cluster.Nodes, 2);
    }

    [Fact]
    public async Task Three_processes_that_start_together_are_all_up_soon_after_they_listen()
    {
        await using var cluster = await TestCluster.Form(3);

        var listening = await Task.WhenAll(cluster.Nodes.Select(node => Time(node, "listening")));
        var up = await Task.WhenAll(cluster.Nodes.SelectMany(node => cluster.Nodes.Select(other => node.Observes($"event MemberUp {other.Name}", Limit))));
        Assert.InRange(up.Max() - listening.Max(), 0, 10_000);
    }

    [Fact]
    public async Task A_node_with_another_downing_strategy_is_refused_and_ends()
    {
        await using var cluster = TestCluster.Plan(2);
        await TestCluster.AllSee([cluster.Start(0)], 1);

        var other = cluster.Start(1, "akka.cluster.split-brain-resolver.active-strategy = down-all");

        await other.Process.Exit(Limit);
        Assert.Contains(other.Process.Lines, line => line.Contains("incompatible cluster configuration", StringComparison.Ordinal));
        await TestCluster.AllSee([cluster[0]], 1);
    }

    [Fact]
    public async Task Nobody_comes_up_before_there_are_enough_of_each_role()
    {
        const string Enough = "akka.cluster { min-nr-of-members = 2, role.worker.min-nr-of-members = 2 }";
        await using var cluster = TestCluster.Plan(3, Enough);
        cluster.Start(0);
        var worker = cluster.Start(1, "akka.cluster.roles = [worker]");
        await TestCluster.Sees(worker, state => TestCluster.Members(state) == 2, "two members");
        Assert.Equal(0, TestCluster.Up(await worker.Ask("cluster state", "state ", Limit)));

        cluster.Start(2, "akka.cluster.roles = [worker]");

        await TestCluster.AllSee(cluster.Nodes, 3);
    }

    private static async Task<long> Time(ClusterNode node, string start) => await node.Observes($"{start}{await node.Tells(start, Limit)}", Limit);
}
