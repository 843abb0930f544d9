using Akka.Actor;
using Akka.Util;

namespace Akka.Pattern;

/// <summary>Tries again what failed.</summary>
public static class RetrySupport
{
    /// <summary>
    /// Makes an attempt, and after each failure another one at once, up to <paramref name="attempts" /> more; the last
    /// failure is the result then.
    /// </summary>
    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts) => Run(attempt, attempts, static _ => Option<TimeSpan>.None, null);

    /// <summary>As <see cref="Retry{T}(Func{Task{T}}, int)" />, waiting longer before each further attempt.</summary>
    /// <param name="minBackoff">The wait before the first further attempt.</param>
    /// <param name="maxBackoff">The longest wait.</param>
    /// <param name="randomFactor">0 or 1: the part of the wait that is added at random.</param>
    /// <exception cref="ArgumentException">The waits are not positive and ordered, or the random factor is not 0 or 1.</exception>
    public static Task<T> Retry<T>(
        Func<Task<T>> attempt, int attempts, TimeSpan minBackoff, TimeSpan maxBackoff, int randomFactor, IScheduler scheduler)
    {
        BackoffDelay.Validate(minBackoff, maxBackoff, randomFactor);
        return Run(attempt, attempts, n => BackoffDelay.Calculate(n, minBackoff, maxBackoff, randomFactor), scheduler);
    }

    /// <summary>As <see cref="Retry{T}(Func{Task{T}}, int)" />, waiting <paramref name="delay" /> before each further attempt.</summary>
    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts, TimeSpan delay, IScheduler scheduler) =>
        Run(attempt, attempts, _ => delay, scheduler);

    /// <summary>
    /// As <see cref="Retry{T}(Func{Task{T}}, int)" />, waiting what <paramref name="delayFunction" /> says for each attempt
    /// after the first, which has the number 1.
    /// </summary>
    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts, Func<int, Option<TimeSpan>> delayFunction, IScheduler scheduler) =>
        Run(attempt, attempts, delayFunction, scheduler);

    private static Task<T> Run<T>(Func<Task<T>> attempt, int attempts, Func<int, Option<TimeSpan>> delayOf, IScheduler? scheduler)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return attempts < 0
            ? throw new ArgumentException("Parameter attempts must >= 0.", nameof(attempts))
            : RunAll(attempt, attempts, delayOf, scheduler);
    }

    private static async Task<T> RunAll<T>(Func<Task<T>> attempt, int attempts, Func<int, Option<TimeSpan>> delayOf, IScheduler? scheduler)
    {
        for (var attempted = 1; attempted <= attempts; attempted++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception)
            {
                if (delayOf(attempted) is { HasValue: true } delay && scheduler is not null)
                {
                    await FutureTimeoutSupport.After(delay.Value, scheduler, static () => Task.FromResult(true));
                }
            }
        }

        return await attempt();
    }
}
