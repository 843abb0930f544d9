using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.TestKit;

namespace Akka.Specs.Mailboxes;

public class MailboxSpecs() : Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString(
    $$"""
    strings-first { mailbox-type = "{{typeof(StringsFirst).AssemblyQualifiedName}}" }
    stable { mailbox-type = "{{typeof(StableStringsFirst).AssemblyQualifiedName}}" }
    small { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 2, mailbox-push-timeout-time = 20ms }
    of-dispatcher { type = Dispatcher, mailbox-type = "{{typeof(StableStringsFirst).AssemblyQualifiedName}}" }
    broken { mailbox-type = "No.Such, Thing" }
    empty { mailbox-capacity = 1 }
    akka.actor.deployment { "/by-path" { mailbox = stable }, "/*/below" { dispatcher = of-dispatcher } }
    """))
{
    [Theory]
    [InlineData("strings-first")]
    [InlineData("stable")]
    public void Messages_come_by_priority(string mailbox)
    {
        var (actor, go) = Held(Props.Create(() => new Holder(TestActor)).WithMailbox(mailbox));

        foreach (var message in new object[] { 1, "a", 2, "b", 3, "c" }) actor.Tell(message);
        go.Open();

        var all = ReceiveN(6);
        Assert.Equal(["a", "b", "c"], all.Take(3).Order());
        Assert.Equal([1, 2, 3], all.Skip(3).Order());
    }

    [Fact]
    public void A_stable_one_keeps_the_order_of_equals()
    {
        var (actor, go) = Held(Props.Create(() => new Holder(TestActor)).WithMailbox("stable"));

        for (var i = 0; i < 100; i++) actor.Tell(i);
        actor.Tell("first");
        go.Open();

        Assert.Equal(new object[] { "first" }.Concat(Enumerable.Range(0, 100).Cast<object>()), ReceiveN(101));
    }

    [Fact]
    public void What_was_stashed_comes_before_all_priorities()
    {
        var actor = Sys.ActorOf(Props.Create(() => new PriorityKeeper(TestActor)).WithMailbox("stable"));

        actor.Tell(1);
        actor.Tell(2);
        Assert.Equal(["kept 1", "kept 2"], ReceiveN(2));
        actor.Tell("open");

        Assert.Equal([1, 2, "first"], ReceiveN(3));
    }

    [Fact]
    public void A_full_one_makes_senders_wait_and_then_lets_the_message_go_to_the_dead_letters()
    {
        var (actor, go) = Held(Props.Create(() => new Holder(TestActor)).WithMailbox("small"));
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe, typeof(DeadLetter));

        for (var i = 0; i < 3; i++) actor.Tell(i);

        Assert.Equal(2, probe.ExpectMsg<DeadLetter>().Message);
        go.Open();
        Assert.Equal([0, 1], ReceiveN(2));
    }

    [Fact]
    public void Deployment_and_dispatcher_choose_it_too()
    {
        foreach (var props in new[] { Props.Create(() => new Holder(TestActor)).WithDispatcher("of-dispatcher") })
        {
            var (actor, go) = Held(props);
            actor.Tell(1);
            actor.Tell("first");
            go.Open();
            Assert.Equal(["first", 1], ReceiveN(2));
        }

        var (deployed, release) = Held(Props.Create(() => new Holder(TestActor)), "by-path");
        deployed.Tell(1);
        deployed.Tell("first");
        release.Open();
        Assert.Equal(["first", 1], ReceiveN(2));
    }

    [Fact]
    public void One_that_is_not_there_or_does_not_fit_is_an_error_with_its_name()
    {
        Assert.Contains("nowhere", Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithMailbox("nowhere"))).Message, StringComparison.Ordinal);
        Assert.Contains("broken", Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithMailbox("broken"))).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithMailbox("empty"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Sys.ActorOf(Props.Create(() => new PriorityKeeper(TestActor)).WithMailbox("small")));
        Assert.Contains("no-dispatcher", Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithDispatcher("no-dispatcher"))).Message, StringComparison.Ordinal);
        // The name is free again.
        Sys.ActorOf(Props.Empty, "name");
    }

    private (IActorRef Actor, TestLatch Go) Held(Props props, string? name = null)
    {
        var (entered, go) = (new TestLatch(), new TestLatch());
        var actor = Sys.ActorOf(props, name);
        actor.Tell((entered, go));
        entered.Ready();
        return (actor, go);
    }

    public sealed class StringsFirst(Settings settings, Config config) : UnboundedPriorityMailbox(settings, config)
    {
        protected override int PriorityGenerator(object message) => message is string ? 0 : 1;
    }

    public sealed class StableStringsFirst(Settings settings, Config config) : UnboundedStablePriorityMailbox(settings, config)
    {
        protected override int PriorityGenerator(object message) => message is string ? 0 : 1;
    }

    private sealed class Holder : ReceiveActor
    {
        public Holder(IActorRef observer)
        {
            Receive<(TestLatch Entered, TestLatch Go)>(latches =>
            {
                latches.Entered.CountDown();
                latches.Go.Ready(TimeSpan.FromSeconds(5));
            });
            ReceiveAny(message => observer.Tell(message));
        }
    }

    private sealed class PriorityKeeper : ReceiveActor, IWithUnboundedStash
    {
        public PriorityKeeper(IActorRef observer)
        {
            Receive<int>(number =>
            {
                Stash.Stash();
                observer.Tell($"kept {number}");
            });
            Receive<string>(_ =>
            {
                Self.Tell("first");
                Become(() => ReceiveAny(message => observer.Tell(message)));
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }
}
