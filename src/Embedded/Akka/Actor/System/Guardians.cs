using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The actor at the root and at /user: makes no decisions of its own, its children are the users'.</summary>
public class GuardianActor : ActorBase, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated:
                // The root's last guardian has ended.
                Context.Stop(Self);
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }

        return true;
    }

    /// <summary>Children outlive a restart of their guardian.</summary>
    protected override void PreRestart(Exception reason, object? message)
    {
    }
}

/// <summary>The actor at /system: ends after /user, and after those who registered have cleaned up.</summary>
public class SystemGuardianActor(IActorRef userGuardian) : ActorBase, IRequiresMessageQueue<IUnboundedMessageQueueSemantics>
{
    private static readonly TimeSpan PatienceWithLoggers = TimeSpan.FromSeconds(1);

    private readonly HashSet<IActorRef> _hooks = [];
    private readonly HashSet<IActorRef> _loggers = [];

    protected override void PreStart() => Context.Watch(userGuardian);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(userGuardian):
                Context.Become(Terminating);
                foreach (var hook in _hooks) hook.Tell(TerminationHook.Instance, Self);
                StopWhenAllDone();
                break;
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case RegisterTerminationHook when !ReferenceEquals(Sender, Context.System.DeadLetters):
                _hooks.Add(Sender);
                Context.Watch(Sender);
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }

        return true;
    }

    protected override void PreRestart(Exception reason, object? message)
    {
    }

    private bool Terminating(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                StopWhenAllDone();
                break;
            case TerminationHookDone:
                _hooks.Remove(Sender);
                StopWhenAllDone();
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }

        return true;
    }

    private void StopWhenAllDone()
    {
        if (_hooks.Count > 0) return;
        Context.Become(WaitingForLoggers);
        foreach (var logger in Context.System.EventStream.ReleaseLoggers(Context.System))
        {
            _loggers.Add(logger);
            Context.Watch(logger);
            // Behind what it has still to write: the last lines before an end are those that count.
            logger.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        }

        SetReceiveTimeout(PatienceWithLoggers);
        StopWhenLoggersEnded();
    }

    private bool WaitingForLoggers(object message)
    {
        if (message is Terminated terminated) _loggers.Remove(terminated.ActorRef);
        else if (message is ReceiveTimeout) _loggers.Clear();
        StopWhenLoggersEnded();
        return true;
    }

    private void StopWhenLoggersEnded()
    {
        if (_loggers.Count == 0) Context.Stop(Self);
    }
}
