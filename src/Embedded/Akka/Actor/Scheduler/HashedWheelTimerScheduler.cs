using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The default scheduler: a hashed timing wheel (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 6)
/// on one background thread. Arming and cancelling are one step each, whatever the number of timers: an entry is pushed to a
/// lock-free list that the thread moves into the wheel at its next tick, and a cancelled entry is dropped when the wheel
/// passes it, at the latest after one turn (5 s with the defaults).
/// </summary>
/// <remarks>
/// The thread starts with the first timer and sleeps while there is none. Nothing fires early; repetitions are due at
/// multiples of the interval, without drift, and those that a pause of the process made obsolete are left out.
/// </remarks>
public class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly EntryQueue[] _wheel;
    private readonly long _tickDuration;
    private readonly TimeSpan _shutdownTimeout;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _starting = new();
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    private ScheduledEntry? _armed;
    private Thread? _worker;
    private volatile bool _stopped;
    private int _asleep;

    // Of the worker alone.
    private long _tick;
    private long _entries;

    /// <summary>Reads <c>akka.scheduler.tick-duration</c>, <c>ticks-per-wheel</c> and <c>shutdown-timeout</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A tick that is not positive, or a wheel without slots.</exception>
    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        var slots = scheduler.GetInt("akka.scheduler.ticks-per-wheel", 512);
        var tick = scheduler.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));
        if (slots is <= 0 or > 1 << 24)
        {
            throw new ArgumentOutOfRangeException(nameof(scheduler), $"akka.scheduler.ticks-per-wheel is {slots}; give 1 to {1 << 24}.");
        }

        if (tick <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(scheduler), $"akka.scheduler.tick-duration is {tick}; give more than 0.");
        }

        _wheel = new EntryQueue[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)slots)];
        _tickDuration = ToStopwatch(tick);
        _shutdownTimeout = scheduler.GetTimeSpan("akka.scheduler.shutdown-timeout", TimeSpan.FromSeconds(5));
    }

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    protected override DateTimeOffset TimeNow => TimeProvider.System.GetLocalNow();

    /// <summary>
    /// Stops the thread; what is still armed never fires, and arming more is an error. Waits for an action that runs just
    /// now, up to the shutdown timeout, unless it is that action that disposes.
    /// </summary>
    public void Dispose()
    {
        _stopped = true;
        Thread? worker;
        lock (_starting)
        {
            worker = _worker;
        }

        _wake.Set();
        if (worker is not null && worker != Thread.CurrentThread && !worker.Join(_shutdownTimeout))
        {
            Log.Warning("The scheduler did not stop within {0}: one of its actions takes that long", _shutdownTimeout);
        }

        GC.SuppressFinalize(this);
    }

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Arm(delay, TimeSpan.Zero, receiver, message, sender, cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Arm(initialDelay, interval, receiver, message, sender, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Arm(delay, TimeSpan.Zero, action, null, null, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Arm(delay, TimeSpan.Zero, action, null, null, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Arm(initialDelay, interval, action, null, null, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Arm(initialDelay, interval, action, null, null, cancelable);

    private static long ToStopwatch(TimeSpan time) =>
        Math.Max(1, (long)Math.Min(time.Ticks * ((double)Stopwatch.Frequency / TimeSpan.TicksPerSecond), long.MaxValue / 4));

    private void Arm(TimeSpan delay, TimeSpan interval, object target, object? message, IActorRef? sender, ICancelable? cancelable)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (_stopped)
        {
            throw new SchedulerException("cannot enqueue after timer shutdown");
        }

        if (cancelable is { IsCancellationRequested: true })
        {
            return;
        }

        var entry = new ScheduledEntry(
            target, message, sender, cancelable, interval == TimeSpan.Zero ? 0 : ToStopwatch(interval))
        {
            Deadline = Stopwatch.GetTimestamp() + (delay == TimeSpan.Zero ? 0 : ToStopwatch(delay)),
        };
        ScheduledEntry? head;
        do
        {
            head = Volatile.Read(ref _armed);
            entry.Next = head;
        }
        while (Interlocked.CompareExchange(ref _armed, entry, head) != head);

        if (Volatile.Read(ref _worker) is null)
        {
            Start();
        }
        else if (Interlocked.CompareExchange(ref _asleep, 0, 1) == 1)
        {
            _wake.Set();
        }
    }

    private void Start()
    {
        lock (_starting)
        {
            if (_worker is null && !_stopped)
            {
                var worker = new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" };
                Volatile.Write(ref _worker, worker);
                worker.Start();
            }
        }
    }

    private void Turn()
    {
        while (!_stopped)
        {
            if (_entries == 0 && SleepUntilArmed())
            {
                // Every slot is empty, so the ticks that were slept through need no visit.
                _tick = Math.Max(_tick, (Stopwatch.GetTimestamp() - _startedAt) / _tickDuration);
            }

            if (!WaitForTick())
            {
                return;
            }

            TakeArmed();
            Visit(ref _wheel[_tick & (_wheel.Length - 1)]);
            _tick++;
        }
    }

    private bool SleepUntilArmed()
    {
        if (Volatile.Read(ref _armed) is not null)
        {
            return true;
        }

        Interlocked.Exchange(ref _asleep, 1);
        while (Volatile.Read(ref _armed) is null && !_stopped)
        {
            _wake.WaitOne();
        }

        Volatile.Write(ref _asleep, 0);
        return true;
    }

    private bool WaitForTick()
    {
        var due = _startedAt + (_tick * _tickDuration);
        while (!_stopped)
        {
            var left = due - Stopwatch.GetTimestamp();
            if (left <= 0)
            {
                return true;
            }

            _wake.WaitOne((int)Math.Min(int.MaxValue, (left * 1000 / Stopwatch.Frequency) + 1));
        }

        return false;
    }

    /// <summary>Moves what was armed since the last tick into the wheel, first armed first.</summary>
    private void TakeArmed()
    {
        var newestFirst = Interlocked.Exchange(ref _armed, null);
        ScheduledEntry? oldestFirst = null;
        while (newestFirst is { } entry)
        {
            newestFirst = entry.Next;
            entry.Next = oldestFirst;
            oldestFirst = entry;
        }

        while (oldestFirst is { } entry)
        {
            oldestFirst = entry.Next;
            if (!entry.IsCancelled)
            {
                Insert(entry, _tick);
            }
        }
    }

    private void Insert(ScheduledEntry entry, long earliest)
    {
        // Rounded up: a tick at or after the deadline.
        entry.Tick = Math.Max(earliest, (entry.Deadline - _startedAt + _tickDuration - 1) / _tickDuration);
        _wheel[entry.Tick & (_wheel.Length - 1)].Add(entry);
        _entries++;
    }

    private void Visit(ref EntryQueue slot)
    {
        var rest = slot.TakeAll();
        while (rest is { } entry && !_stopped)
        {
            rest = entry.Next;
            _entries--;
            if (entry.IsCancelled)
            {
                continue;
            }

            if (entry.Tick > _tick)
            {
                slot.Add(entry);
                _entries++;
                continue;
            }

            Run(entry);
            if (entry.Interval > 0 && !entry.IsCancelled)
            {
                var late = Stopwatch.GetTimestamp() - entry.Deadline;
                entry.Deadline += entry.Interval * Math.Max(1, (late + entry.Interval - 1) / entry.Interval);
                Insert(entry, _tick + 1);
            }
        }
    }

    private void Run(ScheduledEntry entry)
    {
        try
        {
            entry.Run();
        }
        catch (Exception e)
        {
            try
            {
                Log.Error(e, "Error while executing scheduled task {0}", entry);
            }
            catch (Exception)
            {
                // A log that fails must not stop the clock of the whole system.
            }
        }
    }

    /// <summary>A slot: entries in the order in which they came.</summary>
    private struct EntryQueue
    {
        private ScheduledEntry? _first;
        private ScheduledEntry? _last;

        public void Add(ScheduledEntry entry)
        {
            entry.Next = null;
            if (_last is null)
            {
                _first = entry;
            }
            else
            {
                _last.Next = entry;
            }

            _last = entry;
        }

        public ScheduledEntry? TakeAll()
        {
            var all = _first;
            _first = _last = null;
            return all;
        }
    }
}
