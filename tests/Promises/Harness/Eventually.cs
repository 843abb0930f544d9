using System.Diagnostics;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>Waits for what comes true sooner or later.</summary>
internal static class Eventually
{
    /// <summary>Asks until nothing is missing.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="missing">What is still missing; null for nothing.</param>
    /// <param name="cluster">Whose story the message tells.</param>
    /// <exception cref="TimeoutException">Something was still missing after <see cref="ProcessCluster.Limit"/>.</exception>
    public static async Task Holds(string what, Func<Task<string?>> missing, ProcessCluster cluster)
    {
        long startedAt = Stopwatch.GetTimestamp();
        string? last = null;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            last = await missing();
            if (last is null)
                return;
        }
        while (Stopwatch.GetElapsedTime(startedAt) < ProcessCluster.Limit && await timer.WaitForNextTickAsync());
        throw new TimeoutException($"Not true within {ProcessCluster.Limit}: {what}. Missing: {last}{Environment.NewLine}{cluster.Story()}");
    }

    /// <summary>The same for what can be seen at once.</summary>
    public static Task Holds(string what, Func<string?> missing, ProcessCluster cluster) => Holds(what, () => Task.FromResult(missing()), cluster);
}
