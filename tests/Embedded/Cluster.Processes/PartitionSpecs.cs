using System.Diagnostics;
using ActorScheduler.Processes.Clusters;

namespace Cluster.Processes.Specs;

/// <summary>Hosts that cannot reach each other any more, with the shipped settings.</summary>
public sealed class PartitionSpecs
{
    private static readonly TimeSpan Limit = TestCluster.Limit;

    [NetworkFact]
    public Task Of_three_hosts_two_go_on_and_the_one_ends() => Split(3, [2]);

    [NetworkFact]
    public Task Of_three_hosts_the_leader_ends_when_it_is_alone() => Split(3, [0]);

    [NetworkFact]
    public Task Of_five_hosts_three_go_on_and_the_two_end() => Split(5, [0, 3]);

    [NetworkFact]
    public async Task A_network_that_fails_piece_by_piece_leaves_one_side_only()
    {
        await using var cluster = await TestCluster.FormOnHosts(5);
        var hosts = cluster.Network.Hosts;

        // As long apart as makes the first loss look like all there is when it is decided about.
        foreach (var winner in new[] { 1, 2, 4 })
        {
            await cluster.Network.Split([hosts[0], hosts[3]], [hosts[winner]]);
            await Task.Delay(TimeSpan.FromMilliseconds(800));
        }

        await cluster[0].Process.Exit(Limit);
        await cluster[3].Process.Exit(Limit);
        var left = cluster.Nodes.Where(static node => !node.Process.HasExited).ToArray();
        Assert.NotEmpty(left);
        await TestCluster.AllSee(left, left.Length);
    }

    [NetworkFact]
    public async Task The_losing_side_ends_even_if_its_leader_is_stuck()
    {
        await using var cluster = await TestCluster.FormOnHosts(5);
        var hosts = cluster.Network.Hosts;

        // 0 is the leader of all; alone with 1 it stays the leader of that side, and stands still.
        cluster[0].Process.Pause();
        await cluster.Network.Split([hosts[0], hosts[1]], [hosts[2], hosts[3], hosts[4]]);

        await cluster[1].Process.Exit(Limit);
        await TestCluster.AllSee(cluster.Nodes.Skip(2), 3);
        cluster[0].Process.Resume();
        await cluster[0].Process.Exit(Limit);
    }

    [NetworkFact]
    public async Task Of_three_hosts_with_one_bad_link_the_fully_connected_one_goes_on()
    {
        await using var cluster = await TestCluster.FormOnHosts(3);
        var hosts = cluster.Network.Hosts;

        await cluster.Network.Cut(hosts[0], hosts[1]);

        await cluster[0].Process.Exit(Limit);
        await cluster[1].Process.Exit(Limit);
        await TestCluster.AllSee([cluster[2]], 1);
    }

    [NetworkFact]
    public async Task Of_five_hosts_with_one_bad_link_three_go_on()
    {
        await using var cluster = await TestCluster.FormOnHosts(5);
        var hosts = cluster.Network.Hosts;

        await cluster.Network.Cut(hosts[1], hosts[4]);

        await cluster[1].Process.Exit(Limit);
        await cluster[4].Process.Exit(Limit);
        await TestCluster.AllSee([cluster[0], cluster[2], cluster[3]], 3);
    }

    [NetworkFact]
    public async Task A_cut_that_is_over_before_anybody_is_given_up_is_noticed_by_nobody()
    {
        // A second is what is promised. Half a second more, since connections which resend at doubling intervals would then be
        // silent for 3 s, as if the cut had lasted as long.
        var cut = TimeSpan.FromSeconds(1.5);
        for (var attempt = 1; ; attempt++)
        {
            await using var cluster = await TestCluster.FormOnHosts(3);
            var hosts = cluster.Network.Hosts;

            var cutAt = Stopwatch.GetTimestamp();
            await cluster.Network.Split([hosts[0]], [hosts[1], hosts[2]]);
            await Task.Delay(cut);
            await cluster.Network.Join([hosts[0]], [hosts[1], hosts[2]]);
            var lasted = Stopwatch.GetElapsedTime(cutAt);
            await Task.Delay(TimeSpan.FromSeconds(3));

            await TestCluster.AllSee(cluster.Nodes, 3);
            // On a machine that stood still meanwhile it was a longer cut, which says nothing.
            if (lasted > cut * 1.3 && attempt < 3) continue;
            Assert.All(cluster.Nodes, node => Assert.DoesNotContain(node.Observed(), line => line.Contains("UnreachableMember", StringComparison.Ordinal)));
            return;
        }
    }

    private static async Task Split(int nodes, int[] losing)
    {
        await using var cluster = await TestCluster.FormOnHosts(nodes);
        var losers = losing.Select(i => cluster[i]).ToArray();
        var winners = cluster.Nodes.Except(losers).ToArray();
        Host[] there = [.. losing.Select(i => cluster.Network.Hosts[i])], here = [.. cluster.Network.Hosts.Except(there)];

        var cutAt = ClusterNode.Now;
        await cluster.Network.Split(here, there);

        foreach (var loser in losers)
        {
            await loser.Process.Exit(Limit);
            foreach (var winner in winners) Assert.True(await winner.Observes($"event MemberRemoved {loser.Name}", Limit) - cutAt > 2000);
        }

        await TestCluster.AllSee(winners, winners.Length);

        // And when the network is whole again, whoever was out comes back as a new member.
        await cluster.Network.Join(here, there);
        foreach (var index in losing) cluster.Start(index);
        await TestCluster.AllSee(cluster.Nodes, nodes);
    }
}
