using System.Diagnostics;

namespace Akka.Remote;

/// <summary>The time of a monotonic clock in milliseconds.</summary>
public delegate long Clock();

/// <summary>Judges by the heartbeats of a resource whether it is still there. Safe for any thread.</summary>
public abstract class FailureDetector
{
    public static readonly Clock DefaultClock = static () => (long)Stopwatch.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>Whether the resource is thought to be there; true as long as nothing was heard at all.</summary>
    public abstract bool IsAvailable { get; }

    /// <summary>Whether any heartbeat was heard.</summary>
    public abstract bool IsMonitoring { get; }

    /// <summary>A heartbeat was heard.</summary>
    public abstract void HeartBeat();
}
