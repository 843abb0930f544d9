using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Agent.Health;

/// <summary>
/// Looks at a task again and again and tells its parent what it saw. A look that hangs is a failure when its time is up, and no
/// other one begins while it hangs.
/// A failure counts only when the task still runs a moment later: checks of one that is just ending fail, and it is not their doing.
/// <code>
///   delay -> look -> well ------------------------------------> told -> interval -> look -> ...
///                 -> failure or time-out -> pause -> it runs -> told
///                                                 -> it has ended, or nobody knows -> interval
/// </code>
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which disposes of it.")]
internal sealed class ProbeActor : ReceiveActor, IWithTimers
{
    /// <summary>Longer than an engine takes to tell that a container has ended after its processes, which checks notice, are gone.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    private readonly HealthCheck _check;
    private readonly Prober _prober;
    private readonly TimeProvider _time;
    private readonly bool _isReportOnly;
    private readonly TimeSpan _delay;
    private readonly CancellationTokenSource _lifetime = new();
    private Task<ProbeResult>? _look;

    public ProbeActor(HealthCheck check, bool isReportOnly, TimeSpan delay, Prober prober, TimeProvider time)
    {
        (_check, _isReportOnly, _delay, _prober, _time) = (check, isReportOnly, delay, prober, time);
        Receive<LookDue>(_ => Look());
        Receive<ProbeResult>(result =>
        {
            if (result.IsWell)
                Tell(result);
            else
                Confirm(result);
        });
        Receive<Confirmed>(confirmed =>
        {
            if (confirmed.IsRunning)
                Tell(confirmed.Failure);
            else
                Again();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="check">What to look at, and when.</param>
    /// <param name="isReportOnly">Whether it is a check whose results are only reported.</param>
    /// <param name="delay">Until the first look.</param>
    /// <param name="prober">Looks.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(HealthCheck check, bool isReportOnly, TimeSpan delay, Prober prober, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new ProbeActor(check, isReportOnly, delay, prober, time));

    protected override void PreStart() => Timers.StartSingleTimer(nameof(LookDue), LookDue.Instance, TimeRules.ForTimer(_delay));

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Look()
    {
        if (_look is { IsCompleted: false })
        {
            Self.Tell(ProbeResult.Failed(_check.Probe, "the last look at it still hangs"));
            return;
        }
        CancellationToken life = _lifetime.Token;
        // Elsewhere: a look may block before its first await.
        _look = Task.Run(() => Bounded(life), life);
        _look.WaitAsync(TimeRules.ForTimer(_check.Timeout) + TimeSpan.FromMilliseconds(50), _time, life).PipeTo(Self, success: static result => result, failure: Failed);

        ProbeResult Failed(Exception cause) => ProbeResult.Failed(_check.Probe, cause is TimeoutException or OperationCanceledException
            ? $"no answer within {_check.Timeout.TotalSeconds:0.###} s"
            : cause.Message);
    }

    private async Task<ProbeResult> Bounded(CancellationToken life)
    {
        using var limit = new CancellationTokenSource(TimeRules.ForTimer(_check.Timeout), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, life);
        return await _prober.Look(_check.Probe, either.Token);
    }

    private void Confirm(ProbeResult failure)
    {
        Ask(_lifetime.Token).PipeTo(Self, success: isRunning => new Confirmed(failure, isRunning), failure: _ => new Confirmed(failure, IsRunning: false));

        async Task<bool> Ask(CancellationToken life)
        {
            await Task.Delay(Pause, _time, life);
            return await _prober.IsRunning(life).WaitAsync(ConfirmTimeout, _time, life);
        }
    }

    private void Tell(ProbeResult result)
    {
        Context.Parent.Tell(new Probed(_isReportOnly, result));
        Again();
    }

    private void Again() => Timers.StartSingleTimer(nameof(LookDue), LookDue.Instance, TimeRules.ForTimer(_check.Interval));

    /// <summary>Whether a task that failed a look still ran a moment later; false also when its engine does not say.</summary>
    private sealed record Confirmed(ProbeResult Failure, bool IsRunning);

    private sealed record LookDue
    {
        public static readonly LookDue Instance = new();
    }
}

/// <summary>What a look at a task showed.</summary>
/// <param name="IsReportOnly">Whether it was the check whose results are only reported.</param>
/// <param name="Result">What was seen.</param>
internal sealed record Probed(bool IsReportOnly, ProbeResult Result);
