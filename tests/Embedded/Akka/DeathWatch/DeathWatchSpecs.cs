using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.TestKit;

namespace Akka.Specs.DeathWatch;

public class DeathWatchSpecs : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void An_end_is_told_once_to_each_watcher_however_often_it_watched()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        one.Watch(subject);
        one.Watch(subject);
        two.Watch(subject);

        subject.Tell(PoisonPill.Instance);
        subject.Tell(PoisonPill.Instance);

        Assert.True(one.ExpectTerminated(subject).ExistenceConfirmed);
        two.ExpectTerminated(subject);
        AssertNothingMore(one);
        AssertNothingMore(two);
    }

    [Fact]
    public void An_actor_that_is_dead_already_is_told_at_once_as_not_confirmed()
    {
        var subject = Sys.ActorOf(Props.Empty);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        var probe = CreateTestProbe();

        probe.Watch(subject);

        Assert.False(probe.ExpectTerminated(subject).ExistenceConfirmed);
    }

    [Fact]
    public void A_watch_that_was_taken_back_tells_nothing()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        one.Watch(subject);
        two.Watch(subject);

        two.Unwatch(subject);
        // An answer from the probe's own queue shows that the unwatch has been handled.
        two.Ref.Tell("handled");
        two.ExpectMsg("handled");
        subject.Tell(PoisonPill.Instance);

        one.ExpectTerminated(subject);
        AssertNothingMore(two);
    }

    [Fact]
    public void An_end_that_waits_in_the_mailbox_is_not_delivered_after_an_unwatch()
    {
        var (entered, leave) = (new TestLatch(), new TestLatch());
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = Sys.ActorOf(act =>
        {
            act.OnPreStart = context => context.Watch(subject);
            act.Receive<string>((_, context) =>
            {
                entered.CountDown();
                leave.Ready(TimeSpan.FromSeconds(5));
                context.Unwatch(subject);
            });
            act.ReceiveAny((message, _) => TestActor.Tell(message));
        });
        Watch(subject);

        watcher.Tell("unwatch");
        entered.Ready(TimeSpan.FromSeconds(5));
        Sys.Stop(subject);
        ExpectTerminated(subject);
        leave.Open();

        watcher.Tell(1);
        ExpectMsg(1);
    }

    [Fact]
    public void A_message_of_ones_own_comes_instead_of_Terminated_and_can_be_stashed()
    {
        var subject = Sys.ActorOf(Props.Empty);
        Sys.ActorOf(Props.Create(() => new StashingWatcher(subject, TestActor, "gone")));
        ExpectMsg("ready");

        Sys.Stop(subject);

        ExpectMsg("stashed");
        ExpectMsg("gone");
    }

    [Fact]
    public void A_stashed_Terminated_comes_again()
    {
        var subject = Sys.ActorOf(Props.Empty);
        Sys.ActorOf(Props.Create(() => new StashingWatcher(subject, TestActor, null)));
        ExpectMsg("ready");

        Sys.Stop(subject);

        ExpectMsg("stashed");
        ExpectMsg(subject);
    }

    [Fact]
    public void Another_message_for_the_same_watch_is_an_error()
    {
        var subject = Sys.ActorOf(Props.Empty);
        Sys.ActorOf(act => act.OnPreStart = context =>
        {
            context.WatchWith(subject, "one");
            context.WatchWith(subject, "one");
            TestActor.Tell(Record.Exception(() => context.WatchWith(subject, "two"))!);
            TestActor.Tell(Record.Exception(() => context.Watch(subject))!);
            context.Unwatch(subject);
            context.WatchWith(subject, "two");
            TestActor.Tell("done");
        });

        ExpectMsg<InvalidOperationException>();
        ExpectMsg<InvalidOperationException>();
        ExpectMsg("done");
    }

    [Fact]
    public void An_unhandled_end_is_a_death_pact()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var watcher = Sys.ActorOf(act =>
        {
            act.OnPreStart = context => context.Watch(subject);
            act.Receive<string>((message, context) => context.Sender.Tell(message));
        });
        watcher.Tell("started");
        ExpectMsg("started");
        Watch(watcher);

        EventFilter.Exception<DeathPactException>().ExpectOne(() => Sys.Stop(subject));

        ExpectTerminated(watcher);
    }

    [Fact]
    public void A_watched_child_whose_end_was_told_leaves_its_name_to_the_next()
    {
        var parent = Sys.ActorOf(act =>
        {
            act.Receive<string>((_, context) =>
            {
                var child = context.ActorOf(Props.Empty, "kid");
                context.Watch(child);
                context.Stop(child);
            });
            act.Receive<Terminated>((terminated, context) =>
            {
                var again = context.ActorOf(Props.Empty, "kid");
                TestActor.Tell((terminated.ActorRef, again));
            });
        });

        parent.Tell("go");

        var (first, second) = ExpectMsg<(IActorRef, IActorRef)>();
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void The_next_incarnation_of_a_name_is_not_the_one_that_was_watched()
    {
        var first = Sys.ActorOf(Props.Empty, "name");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        // The parent hears of the end apart from other watchers, and only then the name is free.
        IActorRef second = ActorRefs.Nobody;
        AwaitAssert(() => second = Sys.ActorOf(Props.Empty, "name"));

        Watch(second);
        Unwatch(first);
        Sys.Stop(second);

        Assert.Equal(second, ExpectMsg<Terminated>().ActorRef);
    }

    [Fact]
    public void Watching_again_after_the_end_was_told_tells_it_again()
    {
        var subject = Sys.ActorOf(Props.Empty);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);

        Watch(subject);

        ExpectTerminated(subject);
    }

    [Fact]
    public void Watchers_survive_a_restart_of_the_watched_actor()
    {
        var subject = Sys.ActorOf(act =>
        {
            act.Receive<string>((message, context) =>
            {
                if (message == "boom") throw new InvalidOperationException("boom");
                context.Sender.Tell(message);
            });
        });
        Watch(subject);

        EventFilter.Exception<InvalidOperationException>("boom").ExpectOne(() => subject.Tell("boom"));
        subject.Tell("alive");
        ExpectMsg("alive");
        subject.Tell(Kill.Instance);

        ExpectTerminated(subject);
    }

    [Fact]
    public async Task From_outside_of_actors_the_end_is_a_task()
    {
        var subject = Sys.ActorOf(Props.Empty);
        using var cancellation = new CancellationTokenSource();
        var ended = subject.WatchAsync();
        var cancelled = subject.WatchAsync(cancellation.Token);

        await cancellation.CancelAsync();
        Assert.False(await cancelled);
        Sys.Stop(subject);

        Assert.True(await ended.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.True(await subject.WatchAsync().WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Stopping_gracefully_awaits_the_end_or_gives_up()
    {
        var subject = Sys.ActorOf(Props.Empty);
        var deaf = Sys.ActorOf(act => act.ReceiveAny((_, _) => { }));

        Assert.True(await subject.GracefulStop(TimeSpan.FromSeconds(5)));
        Assert.True(await subject.GracefulStop(TimeSpan.FromSeconds(5)));
        await Assert.ThrowsAsync<TaskCanceledException>(() => deaf.GracefulStop(TimeSpan.FromMilliseconds(50), "please"));
    }

    /// <summary>What was sent to the probe up to now has come when its own message has.</summary>
    private static void AssertNothingMore(TestProbe probe)
    {
        probe.Ref.Tell("end");
        probe.ExpectMsg("end");
    }

    private sealed class StashingWatcher : ReceiveActor, IWithUnboundedStash
    {
        public StashingWatcher(IActorRef subject, IActorRef observer, object? instead)
        {
            ReceiveAny(_ =>
            {
                Stash.Stash();
                observer.Tell("stashed");
                Become(() => ReceiveAny(message => observer.Tell(message is Terminated terminated ? terminated.ActorRef : message)));
                Stash.UnstashAll();
            });
            if (instead is null) Context.Watch(subject);
            else Context.WatchWith(subject, instead);
            observer.Tell("ready");
        }

        public IStash Stash { get; set; } = null!;
    }
}
