using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Starts tasks later.</summary>
public static class FutureTimeoutSupport
{
    /// <summary>The result of the task that <paramref name="value" /> starts after <paramref name="timeout" />.</summary>
    public static async Task<T> After<T>(TimeSpan timeout, IScheduler scheduler, Func<Task<T>> value)
    {
        if (timeout > TimeSpan.Zero)
        {
            var timeUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            scheduler.Advanced.ScheduleOnce(timeout, timeUp.SetResult);
            await timeUp.Task;
        }

        return await value();
    }
}
