using ActorScheduler.Gateway.Health;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Node.Daemon;

/// <summary>The life of a process with nodes: it waits until they are ready, until it is told to end or one of them ends, and leaves.</summary>
/// <param name="log">Its log.</param>
/// <param name="signals">Signals that end it.</param>
internal sealed class Lifetime(ILogger log, StopSignals signals)
{
    /// <summary>How often a node that is not ready yet is asked again.</summary>
    private static readonly TimeSpan ReadyInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Runs until the nodes have left.</summary>
    /// <param name="nodes">The nodes of this process.</param>
    /// <param name="ready">What happens when all are ready for the first time.</param>
    /// <returns>What the process ends with.</returns>
    internal async Task<ExitCode> Run(IReadOnlyList<RunningNode> nodes, Action ready)
    {
        using var over = new CancellationTokenSource();
        Task announcing = Announce(nodes, ready, over.Token), watchdog = Watchdog.Run(nodes, over.Token);
        List<Task<NodeEnd>> ends = [.. nodes.Select(static node => node.Ended())];
        await Task.WhenAny([signals.First, .. ends]);
        await over.CancelAsync();
        await announcing;
        await watchdog;
        NodeEnd? end = ends.Find(static end => end.IsCompleted) is { } ended ? await ended : null;
        if (end is not { ExitCode: ExitCode.NotJoined })
            SystemdNotice.Send(SystemdNotice.Stopping);
        if (end is null)
            log.LogInformation("Received {Signal}: leaving the cluster", await signals.First);
        else
            log.Log(end.ExitCode == ExitCode.Done ? LogLevel.Information : LogLevel.Error, "Ending: {Reason}", end.Reason);
        bool isLeft = await Leave(nodes);
        return end?.ExitCode ?? (isLeft ? ExitCode.Done : ExitCode.Failed);
    }

    private async Task<bool> Leave(IReadOnlyList<RunningNode> nodes)
    {
        TimeSpan limit = nodes.Max(static node => node.Settings.LeaveTimeout);
        try
        {
            await Task.WhenAll(nodes.Select(static node => node.Leave())).WaitAsync(limit);
            log.LogInformation("Left the cluster");
            return true;
        }
        catch (TimeoutException)
        {
            log.LogWarning("Not left within actorscheduler.node.leave-timeout, {Limit}; exiting anyway", limit);
            return false;
        }
    }

    private static async Task Announce(IReadOnlyList<RunningNode> nodes, Action ready, CancellationToken over)
    {
        var readiness = new Readiness(() => nodes);
        using var timer = new PeriodicTimer(ReadyInterval);
        try
        {
            while (!(await readiness.Check()).All(static check => check.Ok))
                await timer.WaitForNextTickAsync(over);
            ready();
            SystemdNotice.Send(SystemdNotice.Ready);
        }
        catch (OperationCanceledException)
        {
            // Told to end before it was ready.
        }
    }
}
