namespace Akka.Actor;

/// <summary>Awaits the end of an actor from outside of actors.</summary>
public static class WatchAsyncSupport
{
    /// <summary>True once the actor has ended; cancelled when <paramref name="token"/> is before that.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        using var ended = target.WatchedEnd();
        return await ended.Task.WaitAsync(token).ConfigureAwait(false);
    }
}
