using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until the test advances it; what falls due is run on the test's thread, in order
/// of its time and then of its scheduling.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly PriorityQueue<Entry, (long Ticks, long Number)> _entries = new();
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _start;
    private long _number;
    private TimeSpan _elapsed;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        _ = schedulerConfig;
        _ = log;
        _start = TimeProvider.System.GetUtcNow();
    }

    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => _start + MonotonicClock;

    public TimeSpan MonotonicClock
    {
        get
        {
            lock (_lock) return _elapsed;
        }
    }

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    protected DateTimeOffset TimeNow => Now;

    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now) throw new InvalidOperationException("You can't reverse time...");
        Advance(when - Now);
    }

    /// <summary>Lets time pass. What an action schedules within the span is run too.</summary>
    public void Advance(TimeSpan offset)
    {
        TimeSpan end;
        lock (_lock) end = _elapsed + offset;
        while (TakeDue(end) is { } due)
        {
            if (due.Cancelable?.IsCancellationRequested == true) continue;
            due.Run();
            if (due.Interval > TimeSpan.Zero && due.Cancelable?.IsCancellationRequested != true) Add(due with { At = due.At + due.Interval });
        }

        lock (_lock) _elapsed = end;
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null!);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(delay, TimeSpan.Zero, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null!);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => Add(delay, TimeSpan.Zero, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Add(delay, TimeSpan.Zero, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => Add(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => Add(delay, TimeSpan.Zero, action.Run, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Add(delay, TimeSpan.Zero, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => Add(initialDelay, interval, action.Run, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    private void Add(TimeSpan delay, TimeSpan interval, Action run, ICancelable? cancelable)
    {
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay is not negative");
        if (interval < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(interval), interval, "An interval is positive");
        Add(new Entry(MonotonicClock + delay, interval, run, cancelable));
    }

    private void Add(Entry entry)
    {
        lock (_lock) _entries.Enqueue(entry, (entry.At.Ticks, _number++));
    }

    private Entry? TakeDue(TimeSpan end)
    {
        lock (_lock)
        {
            if (!_entries.TryPeek(out var first, out _) || first.At > end) return null;
            _entries.Dequeue();
            // An action sees the time at which it falls due.
            if (first.At > _elapsed) _elapsed = first.At;
            return first;
        }
    }

    private sealed record Entry(TimeSpan At, TimeSpan Interval, Action Run, ICancelable? Cancelable);
}
