namespace Akka.Actor.Internal;

/// <summary>What is known of one name among an actor's children.</summary>
public interface IChildStats;

/// <summary>How often a child was restarted, against the limits of its parent's strategy.</summary>
public class ChildRestartStats : IChildStats
{
    private long _windowStart;

    public ChildRestartStats(IInternalActorRef child, uint maxNrOfRetriesCount = 0, long restartTimeWindowStartTicks = 0)
    {
        Child = child;
        MaxNrOfRetriesCount = maxNrOfRetriesCount;
        _windowStart = restartTimeWindowStartTicks;
    }

    public IInternalActorRef Child { get; }

    public long Uid => Child.Path.Uid;

    /// <summary>Restarts within the current window, or in all when there is none.</summary>
    public uint MaxNrOfRetriesCount { get; private set; }

    public long RestartTimeWindowStartTicks => _windowStart;

    /// <summary>Counts one more restart if the limits allow it.</summary>
    /// <param name="maxNrOfRetries">Negative for no limit, 0 for never.</param>
    /// <param name="withinTimeMilliseconds">The window in which restarts count; 0 or less for all time.</param>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0) return false;
        if (withinTimeMilliseconds > 0) return MayRestartInWindow(maxNrOfRetries < 0 ? 1 : maxNrOfRetries, withinTimeMilliseconds);
        if (maxNrOfRetries < 0) return true;
        MaxNrOfRetriesCount++;
        return MaxNrOfRetriesCount <= maxNrOfRetries;
    }

    private bool MayRestartInWindow(int retries, int windowMilliseconds)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (_windowStart == 0) _windowStart = now;
        if (TimeProvider.System.GetElapsedTime(_windowStart, now).TotalMilliseconds <= windowMilliseconds)
        {
            MaxNrOfRetriesCount++;
            return MaxNrOfRetriesCount <= retries;
        }

        // A new window begins with this failure.
        MaxNrOfRetriesCount = 1;
        _windowStart = now;
        return true;
    }
}
