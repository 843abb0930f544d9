using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// An actor whose constructor says which types of messages it handles: the first handler that fits, in the order in
/// which they were given, gets the message.
/// </summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private MessageHandlers? _building = new();
    private MessageHandlers? _handlers;

    void IInitializableActor.Init()
    {
        _handlers = _building;
        _building = null;
    }

    /// <summary>The handlers decide, so this is never called.</summary>
    protected sealed override void OnReceive(object message)
    {
    }

    protected sealed override bool Receive(object message) => _handlers!.TryHandle(message);

    /// <summary>Replaces the behaviour by the handlers that <paramref name="configure"/> gives.</summary>
    protected void Become(Action configure) => base.Become(Build(configure).TryHandle);

    /// <summary>Puts the handlers that <paramref name="configure"/> gives on top of the current behaviour.</summary>
    protected void BecomeStacked(Action configure) => base.BecomeStacked(Build(configure).TryHandle);

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Building().Add(handler, shouldHandle);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>A handler that says by its result whether it handled the message; if not, the next one is asked.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Building().Add(handler);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Building().Add(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) => Building().Add(messageType, handler);

    protected void ReceiveAny(Action<object> handler) => Building().AddAny(handler);

    /// <summary>Handles asynchronously: while the task runs, the actor takes no other message.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive(message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) =>
        ReceiveAny(message => ActorTaskScheduler.RunTask(() => handler(message)));

    private MessageHandlers Building() =>
        _building ?? throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");

    private MessageHandlers Build(Action configure)
    {
        var before = _building;
        var handlers = _building = new MessageHandlers();
        try
        {
            configure();
        }
        finally
        {
            _building = before;
        }

        return handlers;
    }
}
