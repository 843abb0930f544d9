using Akka.Actor;
using Akka.TestKit;

namespace Akka.Specs.Supervision;

/// <summary>What a restart does with instances, hooks, mailbox and children.</summary>
public class RestartSpecs : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Hooks_are_called_in_order_on_the_old_and_the_new_instance()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor)));
        ExpectMsg("1 constructor");
        ExpectMsg("1 pre-start");

        actor.Tell("boom");

        ExpectMsg("1 pre-restart boom of boom");
        ExpectMsg("1 post-stop");
        ExpectMsg("2 constructor");
        ExpectMsg("2 post-restart boom");
        ExpectMsg("2 pre-start");
        Sys.Stop(actor);
        ExpectMsg("2 post-stop");
    }

    [Fact]
    public void Messages_behind_the_one_that_failed_are_kept_and_that_one_is_not_handled_again()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor)));
        ReceiveN(2);

        foreach (var message in new object[] { 1, "boom", 2, "boom", 3 }) actor.Tell(message);

        Assert.Equal([1, 2, 3], ReceiveN(13).OfType<int>());
    }

    [Theory]
    [InlineData("constructor")]
    [InlineData("pre-start")]
    public void An_actor_that_cannot_be_created_is_stopped(string place)
    {
        var actor = EventFilter.Exception<ActorInitializationException>().ExpectOne(() => Sys.ActorOf(Props.Create(() => new Faulty(place))));

        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failure_in_PreRestart_is_logged_and_the_restart_goes_on()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Faulty("pre-restart")));

        EventFilter.Exception<PreRestartException>().ExpectOne(() => actor.Tell("boom"));

        actor.Tell("alive");
        ExpectMsg("alive");
    }

    [Fact]
    public void A_failure_in_PostRestart_stops_the_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Faulty("post-restart")));
        Watch(actor);

        EventFilter.Exception<PostRestartException>().ExpectOne(() => actor.Tell("boom"));

        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failure_in_PostStop_is_logged_and_the_actor_ends()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Faulty("post-stop")));
        Watch(actor);

        EventFilter.Exception<InvalidOperationException>("post-stop").ExpectOne(() => Sys.Stop(actor));

        ExpectTerminated(actor);
    }

    [Fact]
    public void A_creation_that_fails_is_tried_again_if_the_parent_restarts()
    {
        var attempts = 0;
        var probe = CreateTestProbe();
        var parent = Sys.ActorOf(Props.Create(() => new Parent(
            Props.Create(() => new CreatedAtLast(() => Interlocked.Increment(ref attempts), 3)), null,
            new OneForOneStrategy(_ => Directive.Restart))));

        EventFilter.Exception<ActorInitializationException>().Expect(2, () => parent.Tell("make", probe));

        var child = probe.ExpectMsg<IActorRef>();
        child.Tell("alive", probe);
        probe.ExpectMsg("alive");
    }

    [Fact]
    public void Children_of_the_old_instance_have_ended_before_the_new_one_is_made()
    {
        var release = new TestLatch();
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor, release)));
        ExpectMsg("1 constructor");
        ExpectMsg("1 pre-start");

        actor.Tell("boom");
        ExpectMsg("1 pre-restart boom of boom");
        ExpectMsg("1 post-stop");
        ExpectMsg("child ends");
        actor.Tell(7);
        release.Open();

        ExpectMsg("child ended");
        ExpectMsg("2 constructor");
        ExpectMsg("2 post-restart boom");
        ExpectMsg("2 pre-start");
        ExpectMsg(7);
    }

    [Fact]
    public void An_actor_stopped_while_its_restart_waits_for_children_does_not_come_back()
    {
        var release = new TestLatch();
        var actor = Sys.ActorOf(Props.Create(() => new Hooked(TestActor, release)));
        ReceiveN(2);
        Watch(actor);
        actor.Tell("boom");
        ReceiveN(2);
        ExpectMsg("child ends");

        // Not by way of the guardian: the order of what the actor is told counts here.
        ((IInternalActorRef)actor).Stop();
        ((IInternalActorRef)actor).Restart(new InvalidOperationException("late"));
        release.Open();

        ExpectMsg("child ended");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Children_that_PreRestart_keeps_are_restarted_themselves()
    {
        var probe = CreateTestProbe();
        var parent = Sys.ActorOf(Props.Create(() => new Parent(Props.Create(() => new Hooked(TestActor)), "kept", null)));
        parent.Tell("make", probe);
        var child = probe.ExpectMsg<IActorRef>();
        ReceiveN(2);

        parent.Tell("boom");

        ExpectMsg("1 pre-restart boom of ");
        ExpectMsg("1 post-stop");
        ExpectMsg("2 constructor");
        child.Tell(1);
        ReceiveN(2);
        ExpectMsg(1);
    }

    [Fact]
    public void The_receive_timeout_that_a_new_instance_sets_counts()
    {
        var actor = Sys.ActorOf(Props.Create(() => new TimesOutAfterRestart(TestActor)));

        actor.Tell("boom");

        ExpectMsg<ReceiveTimeout>();
    }

    private sealed class Hooked : ReceiveActor
    {
        private readonly IActorRef _observer;
        private readonly int _number;

        public Hooked(IActorRef observer, TestLatch? releaseChild = null)
        {
            _observer = observer;
            _number = Next(Self);
            Say("constructor");
            if (releaseChild is not null && _number == 1) Context.ActorOf(Props.Create(() => new SlowToEnd(observer, releaseChild)));
            Receive<string>(message => throw new InvalidOperationException(message));
            ReceiveAny(message => observer.Tell(message));
        }

        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<IActorRef, System.Runtime.CompilerServices.StrongBox<int>> Instances = [];

        private static int Next(IActorRef self) => ++Instances.GetOrCreateValue(self).Value;

        protected override void PreStart() => Say("pre-start");

        protected override void PostStop() => Say("post-stop");

        protected override void PreRestart(Exception reason, object? message)
        {
            Say($"pre-restart {reason.Message} of {message}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            Say($"post-restart {reason.Message}");
            base.PostRestart(reason);
        }

        private void Say(string text) => _observer.Tell($"{_number} {text}");
    }

    private sealed class SlowToEnd(IActorRef observer, TestLatch release) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            observer.Tell("child ends");
            release.Ready(TimeSpan.FromSeconds(5));
            observer.Tell("child ended");
        }
    }

    private sealed class Faulty : ReceiveActor
    {
        private readonly string _place;

        public Faulty(string place)
        {
            _place = place;
            FailAt("constructor");
            Receive<string>(message =>
            {
                if (message == "boom") throw new InvalidOperationException(message);
                Sender.Tell(message);
            });
        }

        protected override void PreStart() => FailAt("pre-start");

        protected override void PostStop() => FailAt("post-stop");

        protected override void PreRestart(Exception reason, object? message) => FailAt("pre-restart");

        protected override void PostRestart(Exception reason) => FailAt("post-restart");

        private void FailAt(string place)
        {
            if (place == _place) throw new InvalidOperationException(place);
        }
    }

    private sealed class CreatedAtLast : ReceiveActor
    {
        public CreatedAtLast(Func<int> next, int succeedsAt)
        {
            if (next() < succeedsAt) throw new InvalidOperationException("not yet");
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly SupervisorStrategy? _strategy;
        private readonly string? _kept;

        public Parent(Props child, string? kept, SupervisorStrategy? strategy)
        {
            _strategy = strategy;
            _kept = kept;
            Receive<string>(message => message == "make", _ => Sender.Tell(Context.ActorOf(child, kept)));
            Receive<string>(message => throw new InvalidOperationException(message));
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy ?? base.SupervisorStrategy();

        protected override void PreRestart(Exception reason, object? message)
        {
            if (_kept is null) base.PreRestart(reason, message);
        }
    }

    private sealed class TimesOutAfterRestart(IActorRef observer) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is string) throw new InvalidOperationException("boom");
            observer.Tell(message);
            SetReceiveTimeout(null);
        }

        protected override void PostRestart(Exception reason) => SetReceiveTimeout(TimeSpan.FromMilliseconds(50));
    }
}
