using Akka.Actor;
using Akka.Pattern;

namespace Akka.Specs.Pattern;

public class BackoffSupervisorSpecs : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Min = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Max = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void On_stop_starts_the_child_again_and_counts()
    {
        var supervisor = Supervise(Backoff.OnStop(ChildProps, "c1", Min, Max, 0.2).WithManualReset());
        var child = CurrentChild(supervisor);
        Watch(child);

        child.Tell(PoisonPill.Instance);

        ExpectTerminated(child);
        AwaitNewChild(supervisor, child);
        Assert.Equal(1, RestartCount(supervisor));
        CurrentChild(supervisor).Tell("reset");
        AwaitAssert(() => Assert.Equal(0, RestartCount(supervisor)));
    }

    [Fact]
    public void On_failure_starts_the_child_again_and_stops_when_the_child_stops_by_itself()
    {
        var supervisor = Supervise(Backoff.OnFailure(ChildProps, "c1", Min, Max, 0.2).WithManualReset());
        var first = CurrentChild(supervisor);
        Watch(first);
        Watch(supervisor);

        first.Tell("boom");

        ExpectTerminated(first);
        var second = AwaitNewChild(supervisor, first);
        Watch(second);
        second.Tell(PoisonPill.Instance);
        Assert.Equal([supervisor.Path, second.Path], new[] { ExpectMsg<Terminated>(), ExpectMsg<Terminated>() }.Select(t => t.ActorRef.Path).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_supervisor_stops_after_the_maximum_of_restarts(bool onStop)
    {
        var options = onStop ? Backoff.OnStop(ChildProps, "c1", Min, Max, 0, 2) : Backoff.OnFailure(ChildProps, "c1", Min, Max, 0, 2);
        var supervisor = Supervise(options.WithManualReset().WithSupervisorStrategy(
            new OneForOneStrategy(2, -1, (Func<Exception, Directive>)(_ => onStop ? Directive.Stop : Directive.Restart))));
        Watch(supervisor);

        IActorRef? last = null;
        for (var i = 0; i < 3; i++)
        {
            var restarts = i;
            AwaitAssert(() => Assert.Equal(restarts, RestartCount(supervisor)));
            IActorRef? child = null;
            // The one before may still be there for a moment, and would take the message with it.
            AwaitAssert(() => Assert.NotNull(child = CurrentChild(supervisor) is { } current && !current.Equals(last) ? current : null));
            last = child;
            child!.Tell("boom");
        }

        ExpectTerminated(supervisor, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Messages_are_passed_on_both_ways()
    {
        var supervisor = Supervise(Backoff.OnStop(ChildProps, "c1", Min, Max, 0.2));

        supervisor.Tell("hello");

        ExpectMsg("echo hello");
    }

    [Fact]
    public void While_the_child_is_stopped_messages_are_answered_if_so_configured()
    {
        var supervisor = Supervise(Backoff.OnStop(ChildProps, "c1", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20), 0).WithReplyWhileStopped("later"));
        var child = CurrentChild(supervisor);
        Watch(child);
        child.Tell(PoisonPill.Instance);
        ExpectTerminated(child);
        AwaitAssert(() => Assert.Null(CurrentChild(supervisor)));

        supervisor.Tell("hello");

        ExpectMsg("later");
    }

    [Fact]
    public void A_final_stop_message_ends_the_supervisor_with_the_child()
    {
        var supervisor = Supervise(Backoff.OnStop(ChildProps, "c1", Min, Max, 0).WithFinalStopMessage(message => message is "stop"));
        Watch(supervisor);

        supervisor.Tell("stop");

        ExpectTerminated(supervisor);
    }

    [Fact]
    public void The_automatic_reset_begins_the_count_anew()
    {
        var supervisor = Supervise(Backoff.OnStop(ChildProps, "c1", Min, Max, 0).WithAutoReset(TimeSpan.FromMilliseconds(150)));
        CurrentChild(supervisor).Tell("stop");

        AwaitAssert(() => Assert.Equal(1, RestartCount(supervisor)));
        AwaitAssert(() => Assert.Equal(0, RestartCount(supervisor)));
    }

    [Fact]
    public void Times_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(ChildProps, "c", TimeSpan.Zero, Max, 0));
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(ChildProps, "c", Max, Min, 0));
        Assert.Throws<ArgumentException>(() => Backoff.OnStop(ChildProps, "c", Min, Max, 1.5));
    }

    private static Props ChildProps => Props.Create(() => new Child());

    private IActorRef Supervise(BackoffOptions options) => Sys.ActorOf(BackoffSupervisor.Props(options));

    private IActorRef CurrentChild(IActorRef supervisor)
    {
        var probe = CreateTestProbe();
        supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance, probe);
        return probe.ExpectMsg<BackoffSupervisor.CurrentChild>().Ref;
    }

    private IActorRef AwaitNewChild(IActorRef supervisor, IActorRef old)
    {
        IActorRef? found = null;
        AwaitCondition(() => (found = CurrentChild(supervisor)) is not null && !found.Equals(old));
        return found!;
    }

    private int RestartCount(IActorRef supervisor)
    {
        var probe = CreateTestProbe();
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance, probe);
        return probe.ExpectMsg<BackoffSupervisor.RestartCount>().Count;
    }

    private sealed class Child : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "boom": throw new InvalidOperationException("boom");
                case "stop":
                    Context.Stop(Self);
                    break;
                case "reset":
                    Context.Parent.Tell(BackoffSupervisor.Reset.Instance);
                    break;
                default:
                    Sender.Tell($"echo {message}");
                    break;
            }
        }
    }
}
