using System.Globalization;
using Akka.Actor;

namespace ActorScheduler.Node.Daemon;

/// <summary>
/// Tells systemd again and again that the process is alive, where it asks for that (<c>WatchdogSec=</c>). Alive means that an
/// actor of each node answers: what hangs is restarted, what only waits for others is not.
/// </summary>
internal static class Watchdog
{
    /// <summary>How often systemd wants to hear, or null when it does not.</summary>
    internal static TimeSpan? Interval =>
        Environment.GetEnvironmentVariable("WATCHDOG_PID") is { Length: > 0 } process && process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture) ? null
        : long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    /// <summary>Runs until it is over.</summary>
    internal static async Task Run(IReadOnlyList<RunningNode> nodes, CancellationToken over)
    {
        if (Interval is not { } interval)
            return;
        // Half of it, as systemd advises: one that is late is no reason to be killed.
        using var timer = new PeriodicTimer(interval / 2);
        try
        {
            do
            {
                await Task.WhenAll(nodes.Select(static node => node.System.ActorSelection("/user/agent-end").ResolveOne(TimeSpan.FromSeconds(5)))).WaitAsync(over);
                SystemdNotice.Send(SystemdNotice.Alive);
            }
            while (await timer.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
        catch (ActorNotFoundException)
        {
            // Nothing answers any more: systemd is told nothing and acts.
        }
    }
}
