namespace Akka.Actor;

/// <summary>Asking: sending a message and awaiting the first answer, with no thread blocked.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <param name="timeout">Null for akka.actor.ask-timeout; infinite for none.</param>
    /// <exception cref="AskTimeoutException">No answer in time (by the task).</exception>
    /// <exception cref="ArgumentException">The answer is no <typeparamref name="T"/> (by the task).</exception>
    /// <exception cref="Exception">The cause of a <see cref="Status.Failure"/> that came as the answer (by the task).</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self);
        var future = new FutureActorRef<T>(new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), provider);
        return future.Ask(self, message, timeout, cancellationToken);
    }

    /// <summary>As above, for messages that name whom to answer.</summary>
    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self);
        var future = new FutureActorRef<T>(new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), provider);
        return future.Ask(self, messageFactory(future), timeout, cancellationToken);
    }

    internal static IActorRefProvider ProviderOf(ICanTell target) => target switch
    {
        Nobody => throw new ArgumentException("Nobody answers when nobody is asked", nameof(target)),
        IInternalActorRef actor => actor.Provider,
        ActorSelection { Anchor: IInternalActorRef anchor } => ProviderOf(anchor),
        _ => ActorCell.Current?.SystemImpl.Provider
            ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(target)),
    };
}
