using ActorScheduler.Processes.Clusters;

namespace Cluster.Processes.Specs;

/// <summary>Processes that are killed, stand still, or wait for a processor, with the shipped settings.</summary>
public sealed class CrashSpecs
{
    private static readonly TimeSpan Limit = TestCluster.Limit;

    /// <summary>The failure detector gives up after 2.9 s, and it is decided 0.7 s later.</summary>
    private const int BySilence = 3600;

    [Fact]
    public async Task A_killed_process_is_noticed_downed_and_removed_sooner_than_by_its_silence()
    {
        await using var cluster = await TestCluster.Form(3);

        var killedAt = ClusterNode.Now;
        cluster[2].Process.Kill();

        foreach (var node in cluster.Nodes.Take(2))
        {
            await node.Observes($"event UnreachableMember {cluster[2].Name}", Limit);
            await node.Observes($"event MemberDowned {cluster[2].Name}", Limit);
            Assert.InRange(await node.Observes($"event MemberRemoved {cluster[2].Name}", Limit) - killedAt, 0, BySilence);
        }
    }

    [Fact]
    public async Task The_killed_process_may_be_the_leader()
    {
        await using var cluster = await TestCluster.Form(3);
        var leader = cluster.Nodes.Single(node => LeaderOf(cluster) == node.Name);
        var others = cluster.Nodes.Where(node => node != leader).ToArray();

        leader.Process.Kill();

        await TestCluster.AllSee(others, 2);
    }

    [Fact]
    public async Task A_pause_of_a_second_is_noticed_by_nobody()
    {
        await using var cluster = await TestCluster.Form(3);

        foreach (var paused in cluster.Nodes)
        {
            paused.Process.Pause();
            await Task.Delay(TimeSpan.FromSeconds(1));
            paused.Process.Resume();
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        await NobodyWasAccused(cluster);
    }

    [Fact]
    public async Task Nobody_is_accused_on_a_machine_under_full_load_even_after_a_pause()
    {
        await using var cluster = await TestCluster.Form(5);

        using (ProcessorLoad.PerProcessor(4))
        {
            await Task.Delay(TimeSpan.FromSeconds(8));
            cluster[3].Process.Pause();
            await Task.Delay(TimeSpan.FromSeconds(1));
            cluster[3].Process.Resume();
            await Task.Delay(TimeSpan.FromSeconds(4));
        }

        await NobodyWasAccused(cluster);
    }

    [Fact]
    public async Task A_node_that_stood_still_for_ten_seconds_is_out_learns_of_it_and_ends()
    {
        await using var cluster = await TestCluster.Form(3);

        cluster[2].Process.Pause();
        await TestCluster.AllSee(cluster.Nodes.Take(2), 2);
        await Task.Delay(TimeSpan.FromSeconds(6));
        cluster[2].Process.Resume();

        await cluster[2].Process.Exit(TimeSpan.FromSeconds(10));
        await TestCluster.AllSee(cluster.Nodes.Take(2), 2);
    }

    [Fact]
    public async Task A_process_started_anew_at_the_same_address_comes_back_as_a_new_incarnation()
    {
        await using var cluster = await TestCluster.Form(3);
        cluster[2].Process.Kill();
        await cluster[2].Process.Exit(Limit);

        cluster.Start(2);

        await TestCluster.AllSee(cluster.Nodes, 3);
        foreach (var node in cluster.Nodes.Take(2)) await node.Observes($"event MemberRemoved {cluster[2].Name}", Limit);
    }

    [Fact]
    public async Task A_node_told_to_end_leaves_in_good_order_and_nobody_thinks_that_it_is_lost()
    {
        await using var cluster = await TestCluster.Form(3);
        var marks = cluster.Nodes.Select(node => node.Mark()).ToArray();

        cluster[0].Process.Terminate();

        await cluster[0].Process.Exit(Limit);
        await cluster[0].Observes("removed", Limit);
        for (var i = 1; i < 3; i++)
        {
            await cluster[i].Observes($"event MemberRemoved {cluster[0].Name}", Limit, marks[i]);
            // That it came up may be told after the state that the forming waits for: what matters is what came then.
            Assert.Equal(
                ["event MemberLeft", "event MemberExited", "event MemberRemoved"],
                cluster[i].Observed(marks[i])
                    .Where(line => line.EndsWith(cluster[0].Name, StringComparison.Ordinal) && !line.Contains("Leader", StringComparison.Ordinal))
                    .Select(line => line[..line.LastIndexOf(' ')])
                    .SkipWhile(static line => line is "event MemberUp" or "event ReachableMember"));
        }

        await TestCluster.AllSee(cluster.Nodes.Skip(1), 2);
    }

    [Fact]
    public async Task All_processes_that_are_told_to_end_at_once_do_so()
    {
        await using var cluster = await TestCluster.Form(3);

        foreach (var node in cluster.Nodes) node.Process.Terminate();

        foreach (var node in cluster.Nodes) await node.Process.Exit(Limit);
    }

    private static string LeaderOf(TestCluster cluster) =>
        cluster[0].Observed().Last(line => line.StartsWith("event LeaderChanged", StringComparison.Ordinal))["event LeaderChanged ".Length..];

    private static async Task NobodyWasAccused(TestCluster cluster)
    {
        await TestCluster.AllSee(cluster.Nodes, cluster.Nodes.Count);
        foreach (var node in cluster.Nodes)
        {
            Assert.DoesNotContain(node.Observed(), line => line.Contains("UnreachableMember", StringComparison.Ordinal));
            Assert.DoesNotContain(node.Observed(), line => line.Contains("MemberDowned", StringComparison.Ordinal));
        }
    }
}
