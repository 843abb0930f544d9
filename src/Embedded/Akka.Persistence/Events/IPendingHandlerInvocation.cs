namespace Akka.Persistence;

/// <summary>A handler that waits for its event to be written.</summary>
public interface IPendingHandlerInvocation
{
    object Event { get; }

    Action<object> Handler { get; }
}

/// <summary>A handler during whose wait commands are stashed: one of Persist and PersistAll.</summary>
public sealed class StashingHandlerInvocation(object evt, Action<object> handler) : IPendingHandlerInvocation
{
    public object Event { get; } = evt;

    public Action<object> Handler { get; } = handler;
}

/// <summary>A handler during whose wait commands go on: one of PersistAsync, PersistAllAsync and DeferAsync.</summary>
public sealed class AsyncHandlerInvocation(object evt, Action<object> handler) : IPendingHandlerInvocation
{
    public object Event { get; } = evt;

    public Action<object> Handler { get; } = handler;
}
