using Akka.Actor;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Specs;

public sealed class MembershipSpecs : ClusterSpec
{
    [Fact]
    public async Task A_node_that_joins_itself_makes_a_cluster_of_one()
    {
        var node = Start("akka.cluster.roles = [master]");

        await node.JoinAsync(node.SelfAddress).WaitAsync(Limit);

        Assert.True(node.IsUp);
        Assert.Equal(node.SelfAddress, node.State.Leader);
        Assert.Equal(node.SelfAddress, node.State.RoleLeader("master"));
        Assert.True(node.SelfMember.HasRole("master"));
    }

    [Fact]
    public async Task Nodes_that_join_one_see_each_other_up_and_agree_on_leader_and_age()
    {
        var nodes = await Form(5);

        Assert.Single(nodes.Select(node => node.State.Leader).Distinct());
        Assert.Single(nodes.Select(node => node.State.Members.Min(Member.AgeOrdering)!.Address).Distinct());
        Assert.Equal(nodes[0].SelfAddress, nodes[1].State.Members.Min(Member.AgeOrdering)!.Address);
    }

    [Fact]
    public async Task Seed_nodes_form_one_cluster_whoever_starts_first()
    {
        var first = Start();
        var second = Start();
        var third = Start();
        Address[] seeds = [first.SelfAddress, second.SelfAddress];

        third.JoinSeedNodes(seeds);
        second.JoinSeedNodes(seeds);
        first.JoinSeedNodes(seeds);

        await AllSee([first, second, third], 3);
    }

    [Fact]
    public async Task Nobody_comes_up_before_there_are_enough()
    {
        const string Config = "akka.cluster.min-nr-of-members = 3";
        var (first, second) = (Start(Config), Start(Config));
        first.Join(first.SelfAddress);
        second.Join(first.SelfAddress);
        await Eventually(() => first.State.Members.Count == 2);
        Assert.DoesNotContain(first.State.Members, member => member.Status == MemberStatus.Up);

        var third = Start(Config);
        third.Join(first.SelfAddress);

        await AllSee([first, second, third], 3);
    }

    [Fact]
    public async Task A_node_that_leaves_is_removed_everywhere_and_ends()
    {
        var nodes = await Form(3);
        var removed = new TaskCompletionSource();
        nodes[2].RegisterOnMemberRemoved(removed.SetResult);

        await nodes[2].LeaveAsync().WaitAsync(Limit);

        await removed.Task.WaitAsync(Limit);
        Assert.True(nodes[2].IsTerminated);
        await AllSee(nodes[..2], 2);
    }

    [Fact]
    public async Task Terminating_a_system_leaves_the_cluster_first()
    {
        var nodes = await Form(3);

        await nodes[0].System.Terminate().WaitAsync(Limit);

        await AllSee(nodes[1..], 2);
    }

    [Fact]
    public async Task A_node_started_anew_at_the_same_address_replaces_the_old_incarnation()
    {
        var nodes = await Form(3);
        var port = nodes[2].SelfAddress.Port;
        await Crash(nodes[2]);

        var again = Start($"akka.remote.dot-netty.tcp.port = {port}");
        again.Join(nodes[0].SelfAddress);

        await AllSee([nodes[0], nodes[1], again], 3);
        Assert.Contains(nodes[0].State.Members, member => member.UniqueAddress == again.SelfUniqueAddress);
    }

    [Fact]
    public async Task A_node_with_another_downing_strategy_is_refused()
    {
        var nodes = await Form(1);

        var other = Start("akka.cluster.split-brain-resolver.active-strategy = down-all");
        other.JoinSeedNodes([nodes[0].SelfAddress]);

        await other.System.WhenTerminated.WaitAsync(Limit);
        Assert.Single(nodes[0].State.Members);
    }

    [Fact]
    public async Task Subscribers_hear_of_a_member_once_for_each_step()
    {
        var nodes = await Form(1);
        using var inbox = Inbox.Create(nodes[0].System);
        nodes[0].Subscribe(inbox.Receiver, InitialStateAsEvents, typeof(IMemberEvent));
        Assert.Equal(nodes[0].SelfAddress, ((MemberUp)await inbox.ReceiveAsync(Limit)).Member.Address);

        var second = Start();
        second.Join(nodes[0].SelfAddress);

        Assert.Equal(second.SelfAddress, ((MemberJoined)await inbox.ReceiveAsync(Limit)).Member.Address);
        Assert.Equal(second.SelfAddress, ((MemberUp)await inbox.ReceiveAsync(Limit)).Member.Address);
    }

    [Fact]
    public async Task Down_by_an_operator_removes_a_node_that_is_alive_and_it_ends_itself()
    {
        var nodes = await Form(3);

        nodes[0].Down(nodes[2].SelfAddress);

        await nodes[2].System.WhenTerminated.WaitAsync(Limit);
        await AllSee(nodes[..2], 2);
    }
}
