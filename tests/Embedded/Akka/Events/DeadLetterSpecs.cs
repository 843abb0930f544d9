using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace Akka.Specs.Events;

public class DeadLetterSpecs() : Akka.TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString(
    "akka { log-dead-letters = 3, log-dead-letters-suspend-duration = 1s }").WithFallback(Akka.TestKit.Configs.TestConfigs.TestSchedulerConfig))
{
    [Fact]
    public void Messages_to_an_actor_that_ended_become_dead_letters_with_sender_and_recipient()
    {
        var dead = Dead();
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        dead.Tell("one");
        dead.Tell("two", ActorRefs.NoSender);

        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal(("one", TestActor, dead), (letter.Message, letter.Sender, letter.Recipient));
        Assert.Equal(Sys.DeadLetters, ExpectMsg<DeadLetter>().Sender);
    }

    [Fact]
    public void What_waits_in_the_mailbox_or_the_stash_of_a_stopped_actor_becomes_dead_letters_in_order()
    {
        var (entered, leave) = (new TestLatch(), new TestLatch());
        var actor = Sys.ActorOf(Props.Create(() => new Stasher(entered, leave)));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        foreach (var message in new object[] { 1, 2, "stop", 3, 4 }) actor.Tell(message);
        entered.Ready();
        leave.Open();

        Assert.Equal([1, 2, 3, 4], ReceiveN(4).Select(letter => ((DeadLetter)letter).Message));
    }

    [Fact]
    public void Messages_that_expect_it_are_suppressed()
    {
        var dead = Dead();
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));

        dead.Tell(PoisonPill.Instance);

        Assert.IsType<PoisonPill>(ExpectMsg<SuppressedDeadLetter>().Message);
    }

    [Fact]
    public void So_many_are_logged_then_none_for_a_while_and_then_how_many_were_not()
    {
        var (dead, deaf) = (Dead(), Sys.ActorOf(Props.Empty));
        string Text(int count) => $"Message [String] from {TestActor} to {dead} was not delivered. [{count}] dead letters encountered";

        EventFilter.Info(start: Text(1)).ExpectOne(() => dead.Tell("a"));
        EventFilter.Info(start: $"Message [String] from {TestActor} to {deaf} was unhandled. [2] dead letters encountered").ExpectOne(() => deaf.Tell("b"));
        EventFilter.Info(start: Text(3) + ", no more dead letters will be logged in next [00:00:01]").ExpectOne(() => dead.Tell("c"));
        EventFilter.Info(contains: "dead letters encountered").Expect(0, () =>
        {
            dead.Tell("d");
            dead.Tell("e");
        });
        // The listener has dealt with these when it answers.
        Sys.ActorSelection("/system/deadLetterListener").Tell(new Identify("listener"));
        ExpectMsg<ActorIdentity>();
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(2));
        EventFilter.Info(start: Text(6) + ", of which 2 were not logged. The counter will be reset now").ExpectOne(() => dead.Tell("f"));
        EventFilter.Info(start: Text(1)).ExpectOne(() => dead.Tell("g"));
    }

    [Fact]
    public void Messages_that_race_with_the_end_of_their_receiver_are_handled_or_dead_letters()
    {
        const int Rounds = 200;
        const int Each = 100;
        var (handled, dead) = (0, 0);
        var collector = Sys.ActorOf(act => act.Receive<DeadLetter>((letter, _) =>
        {
            if (letter.Message is int) Interlocked.Increment(ref dead);
        }));
        Sys.EventStream.Subscribe(collector, typeof(DeadLetter));

        for (var round = 0; round < Rounds; round++)
        {
            var actor = Sys.ActorOf(act => act.Receive<int>((_, _) => Interlocked.Increment(ref handled)));
            Parallel.For(0, Each, i =>
            {
                actor.Tell(i, ActorRefs.NoSender);
                if (i == Each / 2) Sys.Stop(actor);
            });
        }

        // Each dead letter is logged too, which takes its time on a busy machine.
        AwaitCondition(() => Volatile.Read(ref handled) + Volatile.Read(ref dead) == Rounds * Each, TimeSpan.FromSeconds(20));
    }

    private IActorRef Dead()
    {
        var actor = Sys.ActorOf(Props.Empty);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        return actor;
    }

    private sealed class Stasher : ReceiveActor, IWithStash
    {
        public Stasher(TestLatch entered, TestLatch leave)
        {
            Receive<int>(_ => Stash.Stash());
            Receive<string>(_ =>
            {
                entered.CountDown();
                leave.Ready(TimeSpan.FromSeconds(5));
                Context.Stop(Self);
            });
        }

        public IStash Stash { get; set; } = null!;
    }
}
