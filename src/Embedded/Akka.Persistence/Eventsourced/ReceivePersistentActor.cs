using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Persistence;

/// <summary>
/// A persistent actor whose constructor says which commands and which events it handles: the first handler that fits, in
/// the order in which they were given, gets the message.
/// </summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor, IInitializableActor
{
    private readonly MessageHandlers _recoverHandlers = new();
    private MessageHandlers? _building = new();
    private MessageHandlers? _handlers;

    void IInitializableActor.Init()
    {
        _handlers = _building;
        _building = null;
    }

    protected sealed override bool ReceiveCommand(object message) => _handlers!.TryHandle(message);

    protected sealed override bool ReceiveRecover(object message) => _recoverHandlers.TryHandle(message);

    /// <summary>The handlers decide, so this is never called.</summary>
    protected sealed override void OnCommand(object message)
    {
    }

    /// <summary>The handlers decide, so this is never called.</summary>
    protected sealed override void OnRecover(object message)
    {
    }

    /// <summary>Replaces the behaviour by the command handlers that <paramref name="configure"/> gives.</summary>
    protected void Become(Action configure) => base.Become(AsUntyped(configure));

    /// <summary>Puts the command handlers that <paramref name="configure"/> gives on top of the current behaviour.</summary>
    protected void BecomeStacked(Action configure) => base.BecomeStacked(AsUntyped(configure));

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Recovering().Add(handler, shouldHandle);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => Recover(handler, shouldHandle);

    protected void Recover<T>(Func<T, bool> handler) => Recovering().Add(handler);

    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Recovering().Add(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Recover(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Func<object, bool> handler) => Recovering().Add(messageType, handler);

    protected void RecoverAny(Action<object> handler) => Recovering().AddAny(handler);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Building().Add(handler, shouldHandle);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    /// <summary>A handler that says by its result whether it handled the command; if not, the next one is asked.</summary>
    protected void Command<T>(Func<T, bool> handler) => Building().Add(handler);

    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Building().Add(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Command(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Func<object, bool> handler) => Building().Add(messageType, handler);

    protected void Command(Action<object> handler) => Building().AddAny(handler);

    protected void CommandAny(Action<object> handler) => Building().AddAny(handler);

    /// <summary>Handles asynchronously: while the task runs, the actor takes no other message.</summary>
    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Command(command => RunTask(() => handler(command)), shouldHandle);

    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => CommandAsync(handler, shouldHandle);

    protected void CommandAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Command(messageType, command => RunTask(() => handler(command)), shouldHandle);

    protected void CommandAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        CommandAsync(messageType, handler, shouldHandle);

    protected void CommandAnyAsync(Func<object, Task> handler) => CommandAny(command => RunTask(() => handler(command)));

    private MessageHandlers Building() =>
        _building ?? throw new InvalidOperationException("You may only call Command-methods when constructing the actor and inside Become().");

    private MessageHandlers Recovering() => _handlers is null
        ? _recoverHandlers
        : throw new InvalidOperationException("You may only call Recover-methods when constructing the actor.");

    private UntypedReceive AsUntyped(Action configure)
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

        return message =>
        {
            if (!handlers.TryHandle(message)) Unhandled(message);
        };
    }
}
