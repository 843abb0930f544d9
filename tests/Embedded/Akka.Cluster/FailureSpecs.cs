using Akka.Actor;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Specs;

public sealed class FailureSpecs : ClusterSpec
{
    [Fact]
    public async Task A_crashed_node_becomes_unreachable_is_downed_by_the_majority_and_removed()
    {
        var nodes = await Form(3);
        using var inbox = Inbox.Create(nodes[0].System);
        nodes[0].Subscribe(inbox.Receiver, InitialStateAsEvents, typeof(IReachabilityEvent), typeof(MemberRemoved));

        await Crash(nodes[2]);

        Assert.Equal(nodes[2].SelfAddress, ((UnreachableMember)await inbox.ReceiveAsync(Limit)).Member.Address);
        var removed = await Next<MemberRemoved>(inbox);
        Assert.Equal(nodes[2].SelfAddress, removed.Member.Address);
        Assert.Equal(MemberStatus.Down, removed.PreviousStatus);
        await AllSee(nodes[..2], 2);
    }

    [Fact]
    public async Task The_leader_may_crash_too()
    {
        var nodes = await Form(3);
        var leader = nodes.Single(node => node.SelfAddress.Equals(nodes[0].State.Leader));

        await Crash(leader);

        await AllSee([.. nodes.Where(node => node != leader)], 2);
    }

    [Fact]
    public async Task The_minority_of_a_split_goes_down_itself()
    {
        var nodes = await Form(3);

        await Task.WhenAll(Crash(nodes[1]), Crash(nodes[2]));

        // One of three is no majority.
        await nodes[0].System.WhenTerminated.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_static_quorum_decides_by_its_size()
    {
        var nodes = await Form(4, """
            akka.cluster.split-brain-resolver { active-strategy = static-quorum, static-quorum.quorum-size = 3 }
            """);

        await Crash(nodes[3]);
        await AllSee(nodes[..3], 3);
        await Crash(nodes[2]);

        await Task.WhenAll(nodes[0].System.WhenTerminated, nodes[1].System.WhenTerminated).WaitAsync(Limit);
    }

    [Fact]
    public async Task Actors_of_a_removed_node_are_reported_to_who_watched_them()
    {
        var nodes = await Form(3);
        var actor = nodes[2].System.ActorOf(Props.Create(() => new Silent()), "watched");
        var path = nodes[2].RemotePathOf(actor).ToString();
        using var inbox = Inbox.Create(nodes[0].System);
        var remote = await nodes[0].System.ActorSelection(path).ResolveOne(Limit);
        inbox.Watch(remote);

        await Crash(nodes[2]);

        Assert.Equal(remote, ((Terminated)await inbox.ReceiveAsync(Limit)).ActorRef);
    }

    [Fact]
    public async Task Who_joins_while_somebody_is_unreachable_is_weakly_up_until_that_is_settled()
    {
        var nodes = await Form(3, "akka.cluster.downing-provider-class = \"\"");
        await Crash(nodes[2]);
        await Eventually(() => !nodes[0].State.Unreachable.IsEmpty && !nodes[1].State.Unreachable.IsEmpty);

        var late = Start("akka.cluster.downing-provider-class = \"\"");
        late.Join(nodes[0].SelfAddress);
        await Eventually(() => late.SelfMember.Status == MemberStatus.WeaklyUp);
        nodes[0].Down(nodes[2].SelfAddress);

        await AllSee([nodes[0], nodes[1], late], 3);
    }

    [Fact]
    public async Task What_is_decided_about_one_incarnation_does_not_hit_the_next()
    {
        var nodes = await Form(2);
        var there = nodes[1].SelfUniqueAddress;

        nodes[0].Down(new UniqueAddress(there.Address, there.Uid + 1));
        var late = Start();
        late.Join(nodes[0].SelfAddress);

        await AllSee([.. nodes, late], 3);
        Assert.False(nodes[1].IsTerminated);
    }

    private static async Task<T> Next<T>(Inbox inbox)
    {
        while (true)
            if (await inbox.ReceiveAsync(Limit) is T wanted)
                return wanted;
    }

    private sealed class Silent : ReceiveActor
    {
        public Silent() => ReceiveAny(static _ => { });
    }
}
