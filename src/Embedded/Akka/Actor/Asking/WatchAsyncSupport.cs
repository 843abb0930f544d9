namespace Akka.Actor;

/// <summary>Awaits the end of an actor from outside of actors.</summary>
public static class WatchAsyncSupport
{
    /// <summary>True once the actor has ended; false when <paramref name="token"/> is cancelled before that.</summary>
    /// <exception cref="InvalidOperationException">The reference is none that can be watched (by the task).</exception>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        if (target is not IInternalActorRef) throw new InvalidOperationException($"{target} is not an {typeof(IInternalActorRef)} and cannot be death-watched");
        using var ended = target.WatchedEnd();
        try
        {
            return await ended.Task.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
