using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Daemon;
using Akka.Cluster.Gossiping;
using Akka.Cluster.SBR;
using Akka.Remote;

namespace Akka.Cluster.Specs.Insides;

/// <summary>When the resolver decides, and what it does then. The gossip is the spec's own.</summary>
public sealed class SplitBrainResolverSpecs : TestKit.Xunit2.TestKit
{
    private const string Quick = "active-strategy = keep-majority, stable-after = 300 ms";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void It_waits_until_nothing_changed_for_stable_after()
    {
        var resolver = Start('A', Quick);

        resolver.Tell(Gossip("A B C D E", "A>D"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(150));
        resolver.Tell(Gossip("A B C D E", "A>D A>E"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));

        ExpectDowned('D', 'E');
    }

    [Fact]
    public void Who_answers_again_in_time_stays()
    {
        var resolver = Start('A', Quick);

        resolver.Tell(Gossip("A B C", "A>C"));
        resolver.Tell(Gossip("A B C", ""));

        ExpectNoMsg(TimeSpan.FromMilliseconds(600));
    }

    [Fact]
    public void It_does_not_count_on_members_that_are_late()
    {
        var resolver = Start('A', Quick);

        resolver.Tell(Late('B'));
        resolver.Tell(Gossip("A B C", "A>C"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(600));

        // B is lost as well: with it A would have been a majority.
        resolver.Tell(Late('B', 'C'));
        resolver.Tell(Gossip("A B C", "A>B A>C"));
        ExpectDowned('A');
    }

    [Fact]
    public void It_decides_as_soon_as_those_who_were_late_have_answered()
    {
        var resolver = Start('A', Quick);

        resolver.Tell(Late('B'));
        resolver.Tell(Gossip("A B C", "A>C"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(600));
        resolver.Tell(Late('C'));

        ExpectDowned('C');
    }

    [Fact]
    public void Members_that_join_meanwhile_do_not_put_it_off()
    {
        var resolver = Start('A', Quick);
        resolver.Tell(Gossip("A B C", "A>C"));

        Within(TimeSpan.FromSeconds(2), () =>
        {
            AwaitCondition(
                () =>
                {
                    resolver.Tell(Gossip(Random.Shared.Next(2) == 0 ? "A B C Dj" : "A B C Dw", "A>C"));
                    return HasMessages;
                },
                TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50));
            ExpectDowned('C');
        });
    }

    [Fact]
    public void A_loser_downs_its_side_and_itself_last_without_waiting_for_anybody()
    {
        // B is the leader of the losing side, and may be stuck: C decides by itself.
        var resolver = Start('C', Quick);

        resolver.Tell(Gossip("A B C D E", "C>A C>D C>E B>A B>D B>E"));

        Assert.Equal(Split.Node('B'), ExpectMsg<UniqueAddress>(Limit));
        Assert.Equal(Split.Node('C'), ExpectMsg<UniqueAddress>(Limit));
    }

    [Fact]
    public void Whoever_is_not_up_has_no_say_about_others()
    {
        var resolver = Start('C', Quick);

        resolver.Tell(Gossip("A B Cj", "C>A C>B"));

        ExpectDowned('C');
    }

    [Fact]
    public void Instability_that_does_not_end_brings_down_all()
    {
        var resolver = Start('A', "active-strategy = keep-majority, stable-after = 400 ms, down-all-when-unstable = 600 ms");

        var flapping = Sys.Scheduler.Advanced;
        var flips = 0;
        using var stop = new Cancelable(flapping);
        flapping.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(100), () => resolver.Tell(Gossip("A B C D", flips++ % 2 == 0 ? "A>D" : "A>D A>C")), stop);

        ExpectDowned('B', 'C', 'D', 'A');
    }

    [Fact]
    public void A_node_that_a_member_has_quarantined_downs_itself()
    {
        var resolver = Start('A', Quick);
        resolver.Tell(Gossip("A B C", ""));

        resolver.Tell(new ThisActorSystemQuarantinedEvent(Split.Node('A').Address, Split.Node('Z').Address));
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        resolver.Tell(new ThisActorSystemQuarantinedEvent(Split.Node('A').Address, Split.Node('B').Address));

        ExpectDowned('A');
    }

    private static Gossip Gossip(string members, string links)
    {
        var picture = Split.Picture(members, links);
        // Who is called unreachable has not seen it.
        return new Gossip(picture.Members, picture.Seen.Except(picture.Reachability.AllUnreachable), picture.Reachability, VersionVector.Empty, ImmutableDictionary<UniqueAddress, long>.Empty);
    }

    private static LateMembers Late(params char[] nodes) => new([.. nodes.Select(Split.Node)]);

    private IActorRef Start(char self, string settings)
    {
        var (observed, parsed) = (TestActor, Split.Settings(settings));
        Action<UniqueAddress> down = node => observed.Tell(node, ActorRefs.NoSender);
        Action<IActorRef> observe = static _ => { };
        return Sys.ActorOf(Props.Create(() => new SplitBrainResolverActor(Split.Node(self), parsed, down, observe)));
    }

    private void ExpectDowned(params char[] nodes)
    {
        var downed = nodes.Select(_ => ExpectMsg<UniqueAddress>(Limit)).ToHashSet();
        Assert.Equal(nodes.Select(Split.Node).ToHashSet(), downed);
    }
}
