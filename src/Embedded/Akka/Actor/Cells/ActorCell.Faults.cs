using System.Runtime.ExceptionServices;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Failure and recovery of a cell. A handler that throws suspends this actor and its children and tells the parent; the
/// parent's strategy then resumes, restarts or stops it. Restarting and stopping wait for children that are to end.
/// </summary>
public partial class ActorCell
{
    /// <summary>Whether a failure of this actor, or one below it that it escalated, waits for the parent's decision.</summary>
    private bool IsFailed => _perpetrator is not null;

    private bool IsFailedFatally => (_flags & CellFlags.FailedFatally) != 0;

    /// <summary>Reports a failure to the parent; until it decides, neither this actor nor its children handle messages.</summary>
    private void HandleInvokeFailure(Exception cause, IInternalActorRef[]? doNotSuspend = null)
    {
        if (IsFailed) return;
        try
        {
            Mailbox.Suspend();
            var escalated = (_currentMessage as Failed)?.Child;
            _perpetrator = escalated ?? _self;
            foreach (var child in GetChildren())
                if (!child.Equals(escalated) && doNotSuspend?.Contains(child) != true)
                    child.Suspend();
            _parent.SendSystemMessage(new Failed(_self, cause, _self.Path.Uid));
        }
        catch (Exception unexpected)
        {
            Publish(new Error(unexpected, _self.Path.ToString(), ActorType,
                $"emergency stop: exception in failure handling for {cause.GetType()}: {cause.Message}"));
            try
            {
                StopChildren();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    private void HandleFailed(Failed failed)
    {
        var (message, sender) = (_currentMessage, _sender);
        _currentMessage = failed;
        _sender = failed.Child;
        if (_children?.Stats(failed.Child) is not { } stats)
            Publish(new Debug(_self.Path.ToString(), ActorType, $"dropping Failed({failed.Cause}) from unknown child {failed.Child}"));
        else if (stats.Uid != failed.Uid)
            Publish(new Debug(_self.Path.ToString(), ActorType, $"dropping Failed({failed.Cause}) from old child {failed.Child} (uid={stats.Uid} != {failed.Uid})"));
        else if (!Strategy.HandleFailure(this, failed.Child, failed.Cause, stats, new StatsOfChildren(_children)))
            ExceptionDispatchInfo.Throw(failed.Cause);
        (_currentMessage, _sender) = (message, sender);
    }

    /// <summary>The actor's own strategy, but for one that its Props name.</summary>
    private SupervisorStrategy Strategy => _actor is null ? SupervisorStrategy.DefaultStrategy : _actor.SupervisorStrategyInternal;

    private void HandleChildTerminated(IActorRef child)
    {
        var step = _children!.Remove(child);
        if (_actor is not null)
        {
            try
            {
                // Most strategies do not look at the others, and there may be very many.
                Strategy.HandleChildTerminated(this, child, LazyChildren());
            }
            catch (Exception cause)
            {
                Publish(new Error(cause, _self.Path.ToString(), ActorType, "handleChildTerminated failed"));
                HandleInvokeFailure(cause);
            }
        }

        switch (step)
        {
            case ChildrenWait.Recreation recreation:
                FinishRecreate(recreation.Cause);
                break;
            case ChildrenWait.Creation:
                FinishCreate();
                break;
            case ChildrenWait.Termination:
                FinishTerminate();
                break;
        }
    }

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren(except: null);
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            Publish(new Error(null!, _self.Path.ToString(), ActorType, $"changing Resume into Create after {causedByFailure}"));
            FaultCreate();
        }
        else if (IsFailedFatally && causedByFailure is not null)
        {
            Publish(new Error(null!, _self.Path.ToString(), ActorType, $"changing Resume into Restart after {causedByFailure}"));
            FaultRecreate(causedByFailure);
        }
        else
        {
            var perpetrator = _perpetrator;
            if (causedByFailure is not null) ClearFailed();
            Dispatcher.Resume(this);
            ResumeChildren(causedByFailure, perpetrator);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is not { } failed)
        {
            Publish(new Error(null!, _self.Path.ToString(), ActorType, $"changing Recreate into Create after {cause}"));
            FaultCreate();
            return;
        }

        if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), ActorType, "restarting"));
        var message = _currentMessage;
        try
        {
            failed.AroundPreRestart(cause, message);
        }
        catch (Exception thrown)
        {
            var failure = new PreRestartException(_self, thrown, cause, message);
            Publish(new Error(failure, _self.Path.ToString(), ActorType, failure.Message));
        }
        finally
        {
            ClearActor();
            _currentMessage = null;
        }

        if (!(_children?.WaitFor(new ChildrenWait.Recreation(cause)) ?? false)) FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = _children?.All() ?? [];
        try
        {
            ClearFailed();
            Dispatcher.Resume(this);
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null!);
            CheckReceiveTimeout();
            if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), ActorType, "restarted"));
            if (_system.Settings.EmitActorTelemetry) _system.EventStream.Publish(new ActorRestarted(_self, _props.Type, cause));
            // Only now that this actor is back, so that it is there when they report.
            foreach (var child in survivors) child.Restart(cause);
        }
        catch (Exception thrown)
        {
            ClearActor();
            _currentMessage = null;
            HandleInvokeFailure(new PostRestartException(_self, thrown, cause), survivors);
        }
    }

    /// <summary>A creation that failed is tried again, once all children of the first try have ended.</summary>
    private void FaultCreate()
    {
        CancelReceiveTimeout();
        StopChildren();
        if (!(_children?.WaitFor(new ChildrenWait.Creation()) ?? false)) FinishCreate();
    }

    private void FinishCreate()
    {
        ClearFailed();
        Dispatcher.Resume(this);
        try
        {
            Create(failure: null);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void Terminate()
    {
        SetReceiveTimeout(null);
        // What this actor watched is of no interest any more, and must not become dead letters.
        UnwatchWatchedActors();
        var wasTerminating = IsTerminating;
        // First no more children, then an end to those there are: others may be making some right now.
        _children?.Close();
        StopChildren();
        if (_children?.WaitFor(new ChildrenWait.Termination()) ?? false)
        {
            if (wasTerminating) return;
            // No more messages while the children end, and no failures to the parent.
            Mailbox.Suspend();
            _perpetrator = _self;
            if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), ActorType, "stopping"));
        }
        else
        {
            FinishTerminate();
        }
    }

    /// <summary>Each step happens whatever becomes of the ones before: an actor that is to end does end.</summary>
    private void FinishTerminate()
    {
        _flags |= CellFlags.Terminated;
        _children?.Close();
        var stopped = _actor;
        var type = ActorType;
        try
        {
            stopped?.AroundPostStop();
        }
        catch (Exception thrown)
        {
            Publish(new Error(thrown, _self.Path.ToString(), type, thrown.Message));
        }

        ClearActor(unstash: true);
        Dispatcher.Detach(this);
        _parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
        TellWatchersWeDied();
        UnwatchWatchedActors();
        if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), type, "stopped"));
        if (_system.Settings.EmitActorTelemetry) _system.EventStream.Publish(new ActorStopped(_self, type));
        _behavior = null;
        _currentMessage = null;
        _sender = null;
        if (_extras is { } extras)
        {
            CancelReceiveTimeout();
            extras.FunctionRefs = null;
        }
    }

    private void ClearFailed()
    {
        _perpetrator = null;
        _flags &= ~CellFlags.FailedFatally;
    }
}
