using Akka.Actor;
using Akka.TestKit;

namespace Akka.Specs.Scheduling;

public class TimerSchedulerSpecs() : Akka.TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_single_timer_comes_once_and_a_periodic_one_each_interval()
    {
        var actor = Start();
        Do(actor, timers => timers.StartSingleTimer("once", "single", Second));
        Do(actor, timers => timers.StartPeriodicTimer("often", "periodic", TimeSpan.FromSeconds(3), Second));
        Assert.Equal(2, Ask(actor).Count);

        Time.Advance(Second);
        ExpectMsg("single");
        Time.Advance(Second + Second);
        ExpectMsg("periodic");
        Time.Advance(Second);
        ExpectMsg("periodic");
        Assert.Equal(["often"], Ask(actor));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_cancelled_or_replaced_timer_is_not_delivered_even_if_its_tick_is_in_the_mailbox()
    {
        var actor = Start();
        Do(actor, timers => timers.StartSingleTimer("a", "old", Second));
        Do(actor, timers => timers.StartSingleTimer("b", "cancelled", Second));
        Do(actor, timers =>
        {
            // Both ticks go to the mailbox while this message is handled.
            Time.Advance(Second);
            timers.StartSingleTimer("a", "new", Second);
            timers.Cancel("b");
        });
        Assert.Equal(["a"], Ask(actor));
        Time.Advance(Second);

        ExpectMsg("new");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Assert.Empty(Ask(actor));
    }

    [Fact]
    public void A_restart_and_the_end_cancel_all_timers()
    {
        var actor = Start();
        Do(actor, timers => timers.StartSingleTimer("a", "of the first life", Second));
        Do(actor, _ =>
        {
            Time.Advance(Second);
            throw new InvalidOperationException("restart");
        });

        Assert.Empty(Ask(actor));
        Time.Advance(Second);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new Timed(TestActor)));

    private static void Do(IActorRef actor, Action<ITimerScheduler> action) => actor.Tell(action);

    private List<object> Ask(IActorRef actor)
    {
        var probe = CreateTestProbe();
        actor.Tell("active", probe);
        return probe.ExpectMsg<List<object>>();
    }

    private sealed class Timed(IActorRef listener) : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Action<ITimerScheduler> action:
                    action(Timers);
                    break;
                case "active":
                    Sender.Tell(Timers.ActiveTimers.ToList());
                    break;
                default:
                    listener.Tell(message);
                    break;
            }
        }
    }
}
