using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Base of all actors: something that handles messages one at a time, makes children, and is restarted or stopped by
/// its parent when it fails.
/// </summary>
/// <remarks>
/// Life: constructor, PreStart, messages, PostStop. At a restart: PreRestart on the failed instance, then the
/// constructor and PostRestart of a new one behind the same reference and mailbox.
/// </remarks>
public abstract class ActorBase : IInternalActor
{
    private SupervisorStrategy? _supervisorStrategy;
    private IActorRef? _clearedSelf;

    protected ActorBase()
    {
        if (InternalCurrentActorCellKeeper.Current is null)
            throw new ActorInitializationException("Do not create actors using 'new', always create them using an ActorContext/System");
    }

    IActorContext IInternalActor.ActorContext => Context;

    /// <summary>What surrounds the actor; only there while it handles a message.</summary>
    /// <exception cref="NotSupportedException">No message is being handled on this thread.</exception>
    protected static IActorContext Context => Cell;

    protected IActorRef Self => _clearedSelf ?? Cell.Self;

    protected IActorRef Sender => Cell.Sender;

    private static ActorCell Cell => InternalCurrentActorCellKeeper.Current
        ?? throw new NotSupportedException(
            "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    /// <summary>A behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive => static _ => false;

    internal SupervisorStrategy SupervisorStrategyInternal
    {
        get => _supervisorStrategy ??= SupervisorStrategy();
        set => _supervisorStrategy = value;
    }

    protected abstract bool Receive(object message);

    /// <summary>What happens to children that fail; asked for once an instance.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Called for messages that the behaviour does not handle.</summary>
    /// <exception cref="DeathPactException">It is the end of a watched actor.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the behaviour, and forgets those below it.</summary>
    protected void Become(Receive receive) => Context.Become(receive);

    /// <summary>Puts a behaviour on top of the current one, until <see cref="UnbecomeStacked"/>.</summary>
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    /// <summary>Called before the first message of the first instance.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Called after the last message of the last instance.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>Called on a failed instance before it is replaced; by default stops the children and calls PostStop.</summary>
    /// <param name="message">The message at which it failed, if it was one.</param>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called on the new instance after a restart; by default calls PreStart.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Lets a base class stand around the handling of each message.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        var wasHandled = receive(message);
        if (!wasHandled) Unhandled(message);
        return wasHandled;
    }

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop() => PostStop();

    public virtual void AroundPreRestart(Exception cause, object? message) => PreRestart(cause, message);

    public virtual void AroundPostRestart(Exception cause, object? message) => PostRestart(cause);

    internal Receive OwnReceive() => Receive;

    /// <summary>The way of most messages: no behaviour was set and no base class stands in between.</summary>
    internal void HandleByOwnReceive(object message)
    {
        if (!Receive(message)) Unhandled(message);
    }

    /// <summary>An instance that was let go keeps its Self, for closures that outlive it.</summary>
    internal void Clear(IActorRef self) => _clearedSelf = self;
}
