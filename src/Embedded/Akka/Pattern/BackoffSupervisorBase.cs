#nullable disable annotations
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>What backoff supervisors have in common: a child that is there or not, and the messages that go to it or to them.</summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private protected BackoffSupervisorBase(
        Props childProps, string childName, IBackoffReset reset, object replyWhileStopped, Func<object, bool> finalStopMessage)
    {
        ChildProps = childProps;
        ChildName = childName;
        Reset = reset;
        ReplyWhileStopped = replyWhileStopped;
        FinalStopMessage = finalStopMessage;
    }

    protected Props ChildProps { get; }

    protected string ChildName { get; }

    protected IBackoffReset Reset { get; }

    protected object ReplyWhileStopped { get; }

    protected Func<object, bool> FinalStopMessage { get; }

    protected bool FinalStopMessageReceived { get; set; }

    /// <summary>The child; null while there is none.</summary>
    protected IActorRef Child { get; set; }

    /// <summary>Restarts since the count last began anew.</summary>
    protected int RestartCountN { get; set; }

    protected override void PreStart()
    {
        StartChild();
        base.PreStart();
    }

    /// <summary>Handles what is for a backoff supervisor and passes on what is for the child.</summary>
    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset automatic)
                {
                    Context.System.Scheduler.ScheduleTellOnce(
                        automatic.ResetBackoff, Self, new BackoffSupervisor.ResetRestartCount(RestartCountN), Self);
                }

                break;
            case BackoffSupervisor.Reset:
                if (Reset is not ManualReset)
                {
                    return false;
                }

                RestartCountN = 0;
                break;

            // Restarted since: then this is about a time before.
            case BackoffSupervisor.ResetRestartCount count:
                RestartCountN = count.Current == RestartCountN ? 0 : RestartCountN;
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN), Self);
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child), Self);
                break;
            default:
                PassOn(message);
                break;
        }

        return true;
    }

    private protected void ScheduleStart(TimeSpan delay)
    {
        Child = null;
        Context.System.Scheduler.ScheduleTellOnce(delay, Self, BackoffSupervisor.StartChild.Instance, Self);
    }

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(ChildProps, ChildName));

    private void PassOn(object message)
    {
        if (Child is not null && Child.Equals(Sender))
        {
            // What the child says to its parent is meant for whoever made the two.
            Context.Parent.Tell(message, Self);
            return;
        }

        var isFinal = FinalStopMessage is not null && FinalStopMessage(message);
        if (Child is not null)
        {
            Child.Forward(message);
            FinalStopMessageReceived |= isFinal;
            return;
        }

        if (ReplyWhileStopped is not null)
        {
            Sender.Tell(ReplyWhileStopped, Self);
        }
        else
        {
            Context.System.DeadLetters.Forward(message);
        }

        if (isFinal)
        {
            Context.Stop(Self);
        }
    }
}
