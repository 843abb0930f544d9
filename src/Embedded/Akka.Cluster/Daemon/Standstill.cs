namespace Akka.Cluster.Daemon;

/// <summary>Notices by a regular tick that this process stood still, and gives the others time to answer after that.</summary>
/// <param name="interval">How often the tick comes.</param>
/// <param name="grace">How long the others have.</param>
internal sealed class Standstill(TimeSpan interval, TimeSpan grace)
{
    /// <summary>Delays up to this are a busy machine, not a standstill.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);

    /// <summary>A machine that stands still again and again must not keep this node from noticing anything at all.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private long _lastTick = TimeProvider.System.GetTimestamp();
    private long? _graceSince;

    /// <summary>To be called at each tick; false while the others have time to answer.</summary>
    internal bool IsOver()
    {
        var late = TimeProvider.System.GetElapsedTime(_lastTick);
        _lastTick = TimeProvider.System.GetTimestamp();
        if (late > interval + Tolerance && (_graceSince is not { } last || TimeProvider.System.GetElapsedTime(last) > grace + Rest)) _graceSince = _lastTick;
        return _graceSince is not { } since || TimeProvider.System.GetElapsedTime(since) >= grace;
    }
}
