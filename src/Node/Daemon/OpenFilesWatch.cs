using ActorScheduler.Protocol.Connections;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Node.Daemon;

/// <summary>
/// Tells when the process has nearly as many files open as it may: without one it can neither start tasks nor take connections. Told once,
/// and again after there was room.
/// </summary>
internal static class OpenFilesWatch
{
    private const double Much = 0.75;
    private const double Little = 0.6;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    /// <param name="log">The node's log.</param>
    /// <param name="count">How many are open; null for those of this process.</param>
    /// <param name="limit">How many there may be; 0 for the process's limit.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <returns>Ends it.</returns>
    internal static IDisposable Start(ILogger log, Func<int>? count = null, long limit = 0, TimeProvider? time = null)
    {
        long most = limit == 0 ? OpenFiles.Limit : limit;
        var isTold = false;
        return (time ?? TimeProvider.System).CreateTimer(_ => Look(), null, BetweenLooks, BetweenLooks);

        void Look()
        {
            int open = (count ?? OpenFiles.Count)();
            if (open > most * Much && !isTold)
                log.LogWarning("{Open} of {Most} files that this process may open are open: raise the limit (ulimit -n, LimitNOFILE), or tasks cannot be started soon", open, most);
            isTold = open > most * (isTold ? Little : Much);
        }
    }
}
