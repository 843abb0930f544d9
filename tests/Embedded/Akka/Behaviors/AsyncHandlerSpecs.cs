using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Specs.Behaviors;

public class AsyncHandlerSpecs : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void No_other_message_is_handled_before_the_handler_has_ended()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(TestActor, gate.Task)));

        actor.Tell("wait");
        ExpectMsg("before");
        actor.Tell(1);
        actor.Tell(2);
        // Identify waits behind, like any message.
        actor.Tell(new Identify("x"));
        gate.SetResult();

        ExpectMsg("after");
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg<ActorIdentity>();
    }

    [Fact]
    public void Sender_Self_and_Context_are_those_of_the_message_after_each_await()
    {
        var actor = Sys.ActorOf(Props.Create(() => new KnowsItself()));
        var (one, two) = (CreateTestProbe(), CreateTestProbe());

        for (var i = 0; i < 20; i++)
        {
            one.Send(actor, "one");
            two.Send(actor, "two");
        }

        for (var i = 0; i < 20; i++)
        {
            one.ExpectMsg(("one", actor, one.Ref));
            two.ExpectMsg(("two", actor, two.Ref));
        }
    }

    [Fact]
    public void A_handler_may_yield_any_number_of_times()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Yielding()));

        actor.Tell(100_000);

        ExpectMsg(100_000, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("at once")]
    [InlineData("later")]
    [InlineData("elsewhere")]
    public void A_failure_reaches_the_parent_with_the_message_that_caused_it(string when)
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailingLater(TestActor)));

        EventFilter.Exception<InvalidOperationException>(when).ExpectOne(() => actor.Tell(when));

        ExpectMsg($"restart for {when} because of {when}");
        actor.Tell(5);
        ExpectMsg(5);
    }

    [Fact]
    public void A_cancelled_handler_fails_as_cancelled()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(TestActor, Task.FromCanceled(new CancellationToken(true)))));

        EventFilter.Exception<TaskCanceledException>().ExpectOne(() => actor.Tell("wait"));
    }

    [Fact]
    public void The_restart_of_the_parent_ends_a_child_that_awaits()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor)));
        parent.Tell("make");
        var child = ExpectMsg<IActorRef>();
        Watch(child);
        child.Tell("wait");
        ExpectMsg("before");

        parent.Tell("boom");

        ExpectTerminated(child);
        parent.Tell("make");
        ExpectMsg<IActorRef>().Tell(3);
        ExpectMsg(3);
    }

    [Fact]
    public void A_restart_in_the_middle_of_a_handler_gives_the_new_instance_the_next_message()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(TestActor, gate.Task)));
        actor.Tell("wait");
        ExpectMsg("before");
        actor.Tell(1);

        ((IInternalActorRef)actor).Suspend();
        ((IInternalActorRef)actor).Restart(new InvalidOperationException("by hand"));

        ExpectMsg(1);
        // What the old instance awaited ends without harm to the new one.
        gate.SetResult();
        ExpectMsg("after");
        actor.Tell(2);
        ExpectMsg(2);
    }

    [Fact]
    public void A_stashed_message_of_an_asynchronous_handler_comes_again()
    {
        var actor = Sys.ActorOf(Props.Create(() => new StashesLater(TestActor)));

        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("open");

        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void The_receive_timeout_counts_from_the_end_of_the_handler()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new TimesOut(TestActor, gate.Task)));

        actor.Tell("wait");
        ExpectMsg("before");
        ExpectNoMsg(120);
        gate.SetResult();

        ExpectMsg("after");
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Failures_of_children_are_handled_while_the_parent_awaits()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor)));
        parent.Tell("make");
        var child = ExpectMsg<IActorRef>();
        parent.Tell("wait");

        EventFilter.Exception<InvalidOperationException>("boom").ExpectOne(() => child.Tell("boom"));

        child.Tell(1);
        ExpectMsg(1);
    }

    [Fact]
    public void RunTask_outside_of_an_actor_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() =>
        {
            Akka.Actor.Internal.InternalCurrentActorCellKeeper.Current = null;
            ActorTaskScheduler.RunTask(() => Task.CompletedTask);
        });

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(IActorRef observer, Task gate)
        {
            ReceiveAsync<string>(message => message == "wait", async _ =>
            {
                observer.Tell("before");
                await gate;
                observer.Tell("after");
            });
            Receive<string>(message => throw new InvalidOperationException(message));
            ReceiveAny(message => observer.Tell(message));
        }
    }

    private sealed class KnowsItself : ReceiveActor
    {
        public KnowsItself() => ReceiveAsync<string>(async message =>
        {
            await Task.Yield();
            await Task.Run(() => { });
            Sender.Tell((message, Context.Self, Sender), Self);
        });
    }

    private sealed class Yielding : ReceiveActor
    {
        public Yielding() => ReceiveAsync<int>(async count =>
        {
            for (var i = 0; i < count; i++) await Task.Yield();
            Sender.Tell(count);
        });
    }

    private sealed class FailingLater : ReceiveActor
    {
        private readonly IActorRef _observer;

        public FailingLater(IActorRef observer)
        {
            _observer = observer;
            ReceiveAsync<string>(async message =>
            {
                if (message == "later") await Task.Yield();
                if (message == "elsewhere") await Task.Run(() => { }).ConfigureAwait(false);
                throw new InvalidOperationException(message);
            });
            ReceiveAny(message => observer.Tell(message));
        }

        protected override void PreRestart(Exception reason, object? message) => _observer.Tell($"restart for {message} because of {reason.Message}");
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(IActorRef observer)
        {
            Receive<string>(message => message == "make", _ => observer.Tell(
                Context.ActorOf(Props.Create(() => new Awaiting(observer, new TaskCompletionSource().Task)))));
            ReceiveAsync<string>(message => message == "wait", _ => new TaskCompletionSource().Task);
            Receive<string>(message => throw new InvalidOperationException(message));
        }
    }

    private sealed class StashesLater : ReceiveActor, IWithUnboundedStash
    {
        public StashesLater(IActorRef observer)
        {
            ReceiveAsync<int>(async _ =>
            {
                await Task.Yield();
                Stash.Stash();
            });
            ReceiveAsync<string>(async _ =>
            {
                await Task.Yield();
                Become(() => Receive<int>(message => observer.Tell(message)));
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class TimesOut : ReceiveActor
    {
        public TimesOut(IActorRef observer, Task gate)
        {
            SetReceiveTimeout(TimeSpan.FromMilliseconds(50));
            ReceiveAsync<string>(async _ =>
            {
                observer.Tell("before");
                await gate;
                observer.Tell("after");
            });
            Receive<ReceiveTimeout>(message =>
            {
                observer.Tell(message);
                SetReceiveTimeout(null);
            });
        }
    }
}
