using ActorScheduler.Model;

namespace ActorScheduler.Agent.Health;

/// <summary>
/// Decides by Mesos's rules what the looks at a task mean. Pure: no clock, no actor. Failures during the grace period count only
/// after the first success; one failure makes a task unhealthy, several in a row are its end.
/// </summary>
/// <param name="check">The rules.</param>
/// <param name="since">When the task began to run.</param>
/// <param name="healthy">What was said of it before; null when nothing was.</param>
internal sealed class HealthTracker(HealthCheck check, DateTimeOffset since, bool? healthy = null)
{
    // Whatever was said of it was said after the grace period or after a success.
    private bool _isPastGrace = healthy is not null;

    /// <summary>What is to be said of it; null when there is nothing to say yet.</summary>
    public bool? Healthy { get; private set; } = healthy;

    /// <summary>Failures in a row that count.</summary>
    public int Failures { get; private set; }

    /// <summary>Takes a result.</summary>
    /// <param name="result">What was seen.</param>
    /// <param name="now">When.</param>
    public HealthVerdict Note(ProbeResult result, DateTimeOffset now)
    {
        bool? before = Healthy;
        if (result.IsWell)
        {
            (Failures, Healthy, _isPastGrace) = (0, true, true);
            return new HealthVerdict(before != true, IsFatal: false);
        }
        if (!_isPastGrace && now - since <= check.GracePeriod)
            return default;
        Failures++;
        Healthy = false;
        return new HealthVerdict(before != false, Failures >= check.ConsecutiveFailures);
    }
}

/// <summary>What a look means.</summary>
/// <param name="IsNews">Whether the task's framework is to hear of it.</param>
/// <param name="IsFatal">Whether the task is to be killed.</param>
internal readonly record struct HealthVerdict(bool IsNews, bool IsFatal);
