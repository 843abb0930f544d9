using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>How a cell makes its actor and lets it go.</summary>
public partial class ActorCell
{
    private void Create(ActorInitializationException? failure)
    {
        try
        {
            if (failure is not null) throw failure;
            _actor = NewActor();
            _actor.AroundPreStart();
            CheckReceiveTimeout();
            if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), ActorType, $"started ({_actor})"));
            if (_system.Settings.EmitActorTelemetry) _system.EventStream.Publish(new ActorStarted(_self, ActorType));
        }
        catch (Exception cause)
        {
            if (_actor is not null)
            {
                ClearActor();
                _flags |= CellFlags.FailedFatally;
            }

            _currentMessage = null;
            throw cause is ActorInitializationException
                ? cause
                : new ActorInitializationException(_self, "Exception during creation", Innermost(cause));
        }
    }

    /// <summary>Makes an instance while this cell is the thread's current one, so that the constructor finds its Context.</summary>
    private ActorBase NewActor()
    {
        _behavior = null;
        _extras?.OlderBehaviors?.Clear();
        var actor = _props.NewActor()
            ?? throw new ActorInitializationException(_self, "Actor instance passed to ActorOf can't be null");
        var traits = ActorTraits.Of(actor.GetType());
        _flags &= ~(CellFlags.OverridesAroundReceive | CellFlags.LogsReceive);
        if (traits.OverridesAroundReceive) _flags |= CellFlags.OverridesAroundReceive;
        if (traits.LogsReceive && _system.Settings.AddLoggingReceive) _flags |= CellFlags.LogsReceive;
        if (_props.SupervisorStrategy is { } strategy) actor.SupervisorStrategyInternal = strategy;
        if (actor is IActorStash stashing) stashing.Stash = this.CreateStash(stashing);
        if (actor is IWithTimers timing) timing.Timers = new TimerScheduler(this);
        (actor as IInitializableActor)?.Init();
        return actor;
    }

    /// <summary>Lets the instance go: its timers never fire, its handlers are forgotten, what it stashed goes back to the mailbox.</summary>
    private void ClearActor(bool unstash = true)
    {
        AbandonHandlings();
        if (_actor is not { } actor) return;
        _actor = null;
        try
        {
            (actor as IWithTimers)?.Timers?.CancelAll();
            if (unstash) (actor as IActorStash)?.Stash?.UnstashAll();
            actor.Clear(_self);
            _props.Release(actor);
            (actor as IDisposable)?.Dispose();
        }
        catch (Exception thrown)
        {
            Publish(new Error(thrown, _self.Path.ToString(), actor.GetType(), $"while letting go of an instance: {thrown.Message}"));
        }
    }

    private static Exception Innermost(Exception cause)
    {
        while (cause is System.Reflection.TargetInvocationException { InnerException: { } inner }) cause = inner;
        return cause;
    }
}
