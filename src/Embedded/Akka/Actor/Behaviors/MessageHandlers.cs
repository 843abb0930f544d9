namespace Akka.Actor;

/// <summary>The handlers of one behaviour of a <see cref="ReceiveActor"/>, tried in order.</summary>
internal sealed class MessageHandlers
{
    private Handler[] _handlers = [];
    private bool _catchesAll;

    internal void Add<T>(Action<T> handler, Predicate<T>? shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Append(new Handler<T>(handler, shouldHandle));
        _catchesAll |= typeof(T) == typeof(object) && shouldHandle is null;
    }

    internal void Add<T>(Func<T, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Append(new DecidingHandler<T>(handler));
    }

    internal void Add(Type messageType, Action<object> handler, Predicate<object>? shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Append(new UntypedHandler(messageType, handler, shouldHandle));
        _catchesAll |= messageType == typeof(object) && shouldHandle is null;
    }

    internal void Add(Type messageType, Func<object, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Append(new DecidingUntypedHandler(messageType, handler));
    }

    internal void AddAny(Action<object> handler) => Add(handler, null);

    internal bool TryHandle(object message)
    {
        foreach (var handler in _handlers)
            if (handler.TryHandle(message))
                return true;
        return false;
    }

    private void Append(Handler handler)
    {
        if (_catchesAll)
            throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
        Array.Resize(ref _handlers, _handlers.Length + 1);
        _handlers[^1] = handler;
    }

    private abstract class Handler
    {
        internal abstract bool TryHandle(object message);
    }

    private sealed class Handler<T>(Action<T> handler, Predicate<T>? shouldHandle) : Handler
    {
        internal override bool TryHandle(object message)
        {
            if (message is not T typed || shouldHandle?.Invoke(typed) == false) return false;
            handler(typed);
            return true;
        }
    }

    private sealed class DecidingHandler<T>(Func<T, bool> handler) : Handler
    {
        internal override bool TryHandle(object message) => message is T typed && handler(typed);
    }

    private sealed class UntypedHandler(Type type, Action<object> handler, Predicate<object>? shouldHandle) : Handler
    {
        internal override bool TryHandle(object message)
        {
            if (!type.IsInstanceOfType(message) || shouldHandle?.Invoke(message) == false) return false;
            handler(message);
            return true;
        }
    }

    private sealed class DecidingUntypedHandler(Type type, Func<object, bool> handler) : Handler
    {
        internal override bool TryHandle(object message) => type.IsInstanceOfType(message) && handler(message);
    }
}
