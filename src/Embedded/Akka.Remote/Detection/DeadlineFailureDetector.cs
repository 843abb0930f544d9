using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Unavailable when no heartbeat came for the interval plus the acceptable pause.</summary>
public class DeadlineFailureDetector : FailureDetector
{
    private const long Never = long.MinValue;

    private readonly Clock _clock;
    private readonly long _deadlineMilliseconds;
    private long _lastHeartbeat = Never;

    public DeadlineFailureDetector(Config config, EventStream eventStream)
        : this(config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval")) => _ = eventStream;

    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, TimeSpan heartbeatInterval, Clock? clock = null)
    {
        if (acceptableHeartbeatPause < TimeSpan.Zero)
            throw new ArgumentException("failure-detector.acceptable-heartbeat-pause must be >= 0s", nameof(acceptableHeartbeatPause));
        if (heartbeatInterval <= TimeSpan.Zero)
            throw new ArgumentException("failure-detector.heartbeat-interval must be > 0s", nameof(heartbeatInterval));
        _clock = clock ?? DefaultClock;
        _deadlineMilliseconds = (long)(acceptableHeartbeatPause + heartbeatInterval).TotalMilliseconds;
    }

    public override bool IsAvailable
    {
        get
        {
            var last = Volatile.Read(ref _lastHeartbeat);
            return last == Never || last + _deadlineMilliseconds > _clock();
        }
    }

    public override bool IsMonitoring => Volatile.Read(ref _lastHeartbeat) != Never;

    public override void HeartBeat() => Volatile.Write(ref _lastHeartbeat, _clock());
}
