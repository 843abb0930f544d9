using Akka.Actor;
using Akka.Configuration;

namespace Akka.Specs.Stash;

public class StashSpecs() : Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString(
    """
    bounded { mailbox-type = "Akka.Dispatch.BoundedDequeBasedMailbox", mailbox-capacity = 100, mailbox-push-timeout-time = 10ms, stash-capacity = 2 }
    akka.actor.deployment { "/deployed" { stash-capacity = 3 } }
    """))
{
    [Fact]
    public void Stashed_messages_come_back_in_order_before_those_that_wait()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeper(TestActor)));

        foreach (var message in new object[] { 1, 2, 3, "open", 4 }) actor.Tell(message);

        Assert.Equal([1, 2, 3, 4], ReceiveN(4));
    }

    [Fact]
    public void One_message_can_be_put_back()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeper(TestActor)));

        foreach (var message in new object[] { 1, 2, "one", "open", 3 }) actor.Tell(message);

        // The first was put back while still closed, and so kept again, behind the second.
        Assert.Equal([2, 1, 3], ReceiveN(3));
    }

    [Fact]
    public void The_sender_is_kept_too()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeper(ActorRefs.Nobody)));
        var probe = CreateTestProbe();

        probe.Send(actor, 1);
        actor.Tell("open");

        probe.ExpectMsg("got 1");
    }

    [Fact]
    public void The_same_message_cannot_be_stashed_twice()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeper(TestActor)));

        actor.Tell("twice");

        Assert.Equal("Can't stash the same message twice more than once", ExpectMsg<IllegalActorStateException>().Message);
    }

    [Fact]
    public void A_restart_puts_all_back()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeper(TestActor)));

        foreach (var message in new object[] { 1, 2, "boom", "open" }) actor.Tell(message);

        Assert.Equal([1, 2], ReceiveN(2));
    }

    [Fact]
    public void A_bounded_stash_that_is_full_fails_the_actor()
    {
        var bounded = Sys.ActorOf(Props.Create(() => new Bounded(TestActor)).WithMailbox("bounded"));
        bounded.Tell("capacity");
        ExpectMsg(2);

        EventFilter.Exception<StashOverflowException>().ExpectOne(() =>
        {
            for (var i = 0; i < 3; i++) bounded.Tell(i);
        });
    }

    [Fact]
    public void The_capacity_comes_from_props_deployment_or_mailbox()
    {
        Sys.ActorOf(Props.Create(() => new Keeper(TestActor))).Tell("capacity");
        ExpectMsg(-1);
        Sys.ActorOf(Props.Create(() => new Keeper(TestActor)).WithStashCapacity(7)).Tell("capacity");
        ExpectMsg(7);
        Sys.ActorOf(Props.Create(() => new Keeper(TestActor)), "deployed").Tell("capacity");
        ExpectMsg(3);
    }

    [Fact]
    public void What_was_taken_out_of_the_stash_is_not_put_back()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeper(TestActor)));

        foreach (var message in new object[] { 1, 2, "clear", "open", 3 }) actor.Tell(message);

        ExpectMsg("1, 2");
        ExpectMsg(3);
    }

    private sealed class Keeper : ReceiveActor, IWithStash
    {
        public Keeper(IActorRef observer)
        {
            Receive<int>(_ => Stash.Stash());
            Receive<string>(command =>
            {
                switch (command)
                {
                    case "open":
                        Become(() => Receive<int>(number =>
                        {
                            observer.Tell(number);
                            if (observer.IsNobody()) Sender.Tell($"got {number}");
                        }));
                        Stash.UnstashAll();
                        break;
                    case "one":
                        Stash.Unstash();
                        Self.Tell("opened later");
                        break;
                    case "twice":
                        Stash.Stash();
                        observer.Tell(Record.Exception(() => Stash.Stash())!);
                        break;
                    case "boom":
                        throw new InvalidOperationException(command);
                    case "capacity":
                        observer.Tell(Stash.Capacity);
                        break;
                    case "clear":
                        observer.Tell(string.Join(", ", Stash.ClearStash().Select(envelope => envelope.Message)));
                        break;
                }
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Bounded : ReceiveActor, IWithBoundedStash
    {
        public Bounded(IActorRef observer)
        {
            Receive<int>(_ => Stash.Stash());
            Receive<string>(_ => observer.Tell(Stash.Capacity));
        }

        public IStash Stash { get; set; } = null!;
    }
}
