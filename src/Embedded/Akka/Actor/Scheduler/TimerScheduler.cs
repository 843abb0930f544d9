using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>
/// The timers of one incarnation of an actor. Each start of a timer has a generation of its own, and a tick counts only
/// while its generation is the one registered under its key. Used by the actor's thread alone.
/// </summary>
internal sealed class TimerScheduler(IActorContext context) : ITimerScheduler
{
    private readonly Dictionary<object, ActorTimer> _timers = [];
    private int _generation;

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        Start(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(key, msg, timeout, null, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
        Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer))
        {
            timer.Task.Cancel();
        }
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Task.Cancel();
        }

        _timers.Clear();
    }

    /// <summary>
    /// The message of a tick that came out of the mailbox; false when its timer was cancelled or replaced meanwhile, or
    /// belongs to an earlier incarnation of the actor. A timer that fires once is over with it.
    /// </summary>
    internal bool TryInterpret(TimerTick tick, [NotNullWhen(true)] out object? message)
    {
        message = null;
        if (!ReferenceEquals(tick.Owner, this)
            || !_timers.TryGetValue(tick.Key, out var timer)
            || timer.Generation != tick.Generation)
        {
            return false;
        }

        if (!timer.Repeats)
        {
            _timers.Remove(tick.Key);
        }

        message = tick.Message;
        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        var generation = ++_generation;
        var tick = message is INotInfluenceReceiveTimeout
            ? new TimerTick.Quiet(this, key, message, generation)
            : new TimerTick(this, key, message, generation);
        var scheduler = context.System.Scheduler;
        var task = interval is { } period
            ? scheduler.ScheduleTellRepeatedlyCancelable(delay, period, context.Self, tick, sender)
            : scheduler.ScheduleTellOnceCancelable(delay, context.Self, tick, sender);
        _timers[key] = new ActorTimer(task, generation, interval is not null);
    }

    private readonly record struct ActorTimer(ICancelable Task, int Generation, bool Repeats);
}
