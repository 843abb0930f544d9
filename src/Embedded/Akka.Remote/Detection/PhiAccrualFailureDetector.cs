using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// The phi accrual failure detector (Hayashibara et al., 2004): suspicion grows with how unlikely it is, by the
/// intervals seen so far, that the next heartbeat is still to come. Phi 1 means a mistake in 10, phi 2 in 100, and so on.
/// </summary>
public class PhiAccrualFailureDetector : FailureDetector
{
    private readonly Lock _lock = new();
    private readonly double _threshold;
    private readonly double _minimumDeviation;
    private readonly double _acceptablePause;
    private readonly double _firstEstimate;
    private readonly int _sampleSize;
    private readonly Clock _clock;
    private readonly HeartbeatHistory _history;
    private long? _last;

    public PhiAccrualFailureDetector(Config config, EventStream ev)
        : this(
            config.GetDouble("threshold"), config.GetInt("max-sample-size"), config.GetTimeSpan("min-std-deviation"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("heartbeat-interval")) => _ = ev;

    /// <param name="threshold">Phi from which the resource is thought to be gone; above 0.</param>
    /// <param name="maxSampleSize">How many intervals are remembered.</param>
    /// <param name="minStdDeviation">Lower bound of the deviation, so that very regular heartbeats do not make a small delay suspicious.</param>
    /// <param name="acceptableHeartbeatPause">Pause that is forgiven, for instance of a garbage collection.</param>
    /// <param name="firstHeartbeatEstimate">The interval that is assumed before any was seen.</param>
    public PhiAccrualFailureDetector(
        double threshold, int maxSampleSize, TimeSpan minStdDeviation, TimeSpan acceptableHeartbeatPause, TimeSpan firstHeartbeatEstimate, Clock? clock = null)
    {
        if (threshold <= 0) throw new ArgumentOutOfRangeException(nameof(threshold), "failure-detector.threshold must be > 0");
        if (maxSampleSize <= 0) throw new ArgumentOutOfRangeException(nameof(maxSampleSize), "failure-detector.max-sample-size must be > 0");
        if (minStdDeviation <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(minStdDeviation), "failure-detector.min-std-deviation must be > 0");
        if (acceptableHeartbeatPause < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(acceptableHeartbeatPause), "failure-detector.acceptable-heartbeat-pause must be >= 0");
        if (firstHeartbeatEstimate <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(firstHeartbeatEstimate), "failure-detector.first-heartbeat-estimate must be > 0");
        _threshold = threshold;
        _sampleSize = maxSampleSize;
        _minimumDeviation = minStdDeviation.TotalMilliseconds;
        _acceptablePause = acceptableHeartbeatPause.TotalMilliseconds;
        _firstEstimate = firstHeartbeatEstimate.TotalMilliseconds;
        _clock = clock ?? DefaultClock;
        _history = FirstHistory();
    }

    /// <summary>Whose heartbeats these are, for the log.</summary>
    public string Address { get; set; } = "N/A";

    public override bool IsAvailable => CurrentPhi < _threshold;

    public override bool IsMonitoring
    {
        get
        {
            lock (_lock) return _last is not null;
        }
    }

    internal double CurrentPhi
    {
        get
        {
            lock (_lock)
                return _last is { } last ? Phi(_clock() - last, _history.Mean + _acceptablePause, Math.Max(_history.StandardDeviation, _minimumDeviation)) : 0;
        }
    }

    public override void HeartBeat()
    {
        var wasAvailable = IsAvailable;
        lock (_lock)
        {
            var now = _clock();
            // The pause of a resource that was thought to be gone says nothing of its usual interval.
            if (_last is { } last && wasAvailable) _history.Add(now - last);
            _last = now;
        }
    }

    /// <summary>-log10 of the probability that a heartbeat comes later than this, under a normal distribution.</summary>
    internal static double Phi(double elapsed, double mean, double deviation)
    {
        // A logistic approximation of the cumulative normal distribution: accurate enough, and stable for large values.
        var y = (elapsed - mean) / deviation;
        var e = Math.Exp(-y * (1.5976 + (0.070566 * y * y)));
        return elapsed > mean ? -Math.Log10(e / (1.0 + e)) : -Math.Log10(1.0 - (1.0 / (1.0 + e)));
    }

    private HeartbeatHistory FirstHistory()
    {
        // Bootstrap with two entries of high deviation, so that the estimate is weak.
        var deviation = _firstEstimate / 4;
        var history = new HeartbeatHistory(_sampleSize);
        history.Add(_firstEstimate - deviation);
        history.Add(_firstEstimate + deviation);
        return history;
    }
}
