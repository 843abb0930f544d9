using System.Runtime.CompilerServices;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>How a cell handles messages.</summary>
public partial class ActorCell
{
    /// <summary>Handles one user message; whatever it throws becomes a failure of this actor.</summary>
    public void Invoke(Envelope envelope)
    {
        var message = envelope.Message;
        _currentMessage = message;
        _sender = envelope.Sender;
        if ((_flags & CellFlags.StashedCurrentMessage) != 0) StashedCurrentMessage = false;
        try
        {
            if (_extras?.PendingReceiveTimeout is not null && message is not INotInfluenceReceiveTimeout) CancelReceiveTimeout();
            if (message is IAutoReceivedMessage) AutoReceiveMessage(envelope);
            else ReceiveMessage(message);
            if (_extras is null) _currentMessage = null;
            else AfterMessage(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
            if (_extras is not null) AfterMessage(message);
        }
    }

    /// <summary>What is left to do for cells that use more than the common parts.</summary>
    private void AfterMessage(object message)
    {
        if (_extras!.RunningHandlings != 0) return;
        if (!IsFailed) _currentMessage = null;
        if (_extras.ReceiveTimeout is not null) CheckReceiveTimeout(message is not INotInfluenceReceiveTimeout);
    }

    /// <summary>Gives a message to the actor's current behaviour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ReceiveMessage(object message)
    {
        var actor = _actor!;
        if ((_flags & CellFlags.LogsReceive) != 0) ReceiveAndLog(actor, message);
        else if (_behavior is { } behavior) actor.AroundReceive(behavior, message);
        else if ((_flags & CellFlags.OverridesAroundReceive) != 0) actor.AroundReceive(actor.OwnReceive(), message);
        else actor.HandleByOwnReceive(message);
    }

    /// <summary>Handles the messages that every actor understands.</summary>
    protected virtual void AutoReceiveMessage(Envelope envelope)
    {
        var message = envelope.Message;
        if (_system.Settings.DebugAutoReceive)
            Publish(new Debug(_self.Path.ToString(), _actor!.GetType(), $"received AutoReceiveMessage {message}"));
        switch (message)
        {
            case TimerTick tick:
                if (tick.Owner.TryInterpret(tick, out var timed))
                {
                    // A stash must keep the message, not the tick, which counts only once.
                    _currentMessage = timed;
                    ReceiveMessage(timed);
                }

                break;
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case AddressTerminated lost:
                AddressTerminated(lost.Address);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case ActorSelectionMessage selection:
                Akka.Actor.ActorSelection.DeliverSelection(_self, envelope.Sender, selection);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    /// <summary>Handles one system message.</summary>
    internal void SystemInvoke(SystemMessage message)
    {
        try
        {
            if (MustWait(message))
            {
                (Extras.StashedSystemMessages ??= []).Add(message);
                return;
            }

            Handle(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }

        if (_extras?.StashedSystemMessages is { Count: > 0 }) HandleStashedSystemMessages();
    }

    private void Handle(SystemMessage message)
    {
        // What was to become of an actor does not matter any more once it is to end.
        if ((IsTerminating || IsTerminated) &&
            message is Recreate or Dispatch.SysMsg.Suspend or Dispatch.SysMsg.Resume or Dispatch.SysMsg.Create)
            return;
        switch (message)
        {
            case ActorTask task:
                RunInsideActor(task);
                break;
            case AsyncHandlingDone done:
                EndHandling(done.Handling, done.Failure);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case DeathWatchNotification notification:
                WatchedActorTerminated(notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated);
                break;
            case Create create:
                Create(create.Failure);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Dispatch.SysMsg.Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Dispatch.SysMsg.Terminate:
                Terminate();
                break;
            case Supervise supervise:
                Adopt(supervise.Child);
                break;
        }
    }

    /// <summary>
    /// While children end, lifecycle commands wait; while this actor itself is suspended for a failure, it does not
    /// judge its children's failures.
    /// </summary>
    private bool MustWait(SystemMessage message)
    {
        if (_children is { IsWaitingForChildren: true })
            return message is Recreate or Dispatch.SysMsg.Suspend or Dispatch.SysMsg.Resume or Failed or Dispatch.SysMsg.Create;
        return message is Failed && _mailbox.SuspendCount > (_extras?.RunningHandlings ?? 0);
    }

    private void HandleStashedSystemMessages()
    {
        var stashed = _extras!.StashedSystemMessages!;
        _extras.StashedSystemMessages = null;
        foreach (var message in stashed)
        {
            if (MustWait(message)) (_extras.StashedSystemMessages ??= []).Add(message);
            else HandleStashed(message);
        }
    }

    private void HandleStashed(SystemMessage message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void ReceiveAndLog(ActorBase actor, object message)
    {
        var sender = Sender.Path;
        var handled = actor.AroundReceive(_behavior ?? actor.OwnReceive(), message) ? "handled" : "unhandled";
        Publish(new Debug(_self.Path.ToString(), actor.GetType(), $"received {handled} message {message} from {sender}"));
    }
}
