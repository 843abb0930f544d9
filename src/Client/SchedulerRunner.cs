namespace ActorScheduler.Client;

/// <summary>Runs a framework that is written as callbacks.</summary>
public static class SchedulerRunner
{
    /// <summary>Calls back until the session ends, a callback throws, or it is cancelled.</summary>
    /// <param name="session">The session.</param>
    /// <param name="scheduler">The framework.</param>
    /// <param name="cancellation">Ends it; the session stays.</param>
    public static async Task RunAsync(this FrameworkSession session, IScheduler scheduler, CancellationToken cancellation = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var turn = new SemaphoreSlim(1);
        bool isSuppressed = false;
        await scheduler.SubscribedAsync(session).ConfigureAwait(false);
        Task[] streams =
        [
            Each(session.OffersAsync(ending.Token), async offer =>
            {
                if (!await scheduler.OfferedAsync(session, offer).ConfigureAwait(false))
                    await session.DeclineAsync([offer.Id], cancellation: ending.Token).ConfigureAwait(false);
            }),
            Each(session.UpdatesAsync(ending.Token), update => scheduler.UpdatedAsync(session, update)),
            Each(session.LeaveRequestsAsync(ending.Token), request => scheduler.LeaveRequestedAsync(session, request)),
            Each(session.FailuresAsync(ending.Token), failure => scheduler.FailedAsync(session, failure)),
            Each(session.MessagesAsync(ending.Token), message => scheduler.MessageReceivedAsync(session, message)),
            Each(session.OperationsAsync(ending.Token), operation => scheduler.OperationUpdatedAsync(session, operation)),
        ];
        try
        {
            await (await Task.WhenAny(streams).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(streams).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task Each<T>(IAsyncEnumerable<T> items, Func<T, Task> callBack)
        {
            await foreach (T item in items.ConfigureAwait(false))
            {
                await turn.WaitAsync(ending.Token).ConfigureAwait(false);
                try
                {
                    await callBack(item).ConfigureAwait(false);
                    if (scheduler.IsIdle != isSuppressed)
                    {
                        isSuppressed = scheduler.IsIdle;
                        await (isSuppressed ? session.SuppressAsync(cancellation: ending.Token) : session.ReviveAsync(cancellation: ending.Token)).ConfigureAwait(false);
                    }
                }
                finally
                {
                    turn.Release();
                }
            }
        }
    }
}
