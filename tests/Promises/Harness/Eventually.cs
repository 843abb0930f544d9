using System.Diagnostics;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>Waits for what comes true sooner or later.</summary>
internal static class Eventually
{
    /// <summary>Asks until nothing is missing.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="missing">What is still missing; null for nothing.</param>
    /// <param name="cluster">Whose story the message tells.</param>
    /// <param name="limit">How long it may take; null for <see cref="ProcessCluster.Limit"/>.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">Something was still missing after that time.</exception>
    public static async Task<TimeSpan> Holds(string what, Func<Task<string?>> missing, ProcessCluster cluster, TimeSpan? limit = null)
    {
        TimeSpan most = limit ?? ProcessCluster.Limit;
        long startedAt = Stopwatch.GetTimestamp();
        string? last = null;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            try
            {
                last = await missing();
            }
            catch (TimeoutException e)
            {
                last = e.Message;
            }
            if (last is null)
                return Stopwatch.GetElapsedTime(startedAt);
        }
        while (Stopwatch.GetElapsedTime(startedAt) < most && await timer.WaitForNextTickAsync());
        throw new TimeoutException($"Not true within {most}: {what}. Missing: {last}{Environment.NewLine}{cluster.Story()}");
    }

    /// <summary>The same for what can be seen at once.</summary>
    public static Task<TimeSpan> Holds(string what, Func<string?> missing, ProcessCluster cluster, TimeSpan? limit = null) =>
        Holds(what, () => Task.FromResult(missing()), cluster, limit);

    /// <summary>Lets time pass, where a fault has to last.</summary>
    public static async Task Passes(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
