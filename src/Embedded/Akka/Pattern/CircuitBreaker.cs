using Akka.Actor;

namespace Akka.Pattern;

/// <summary>
/// Keeps a failing dependency from being called again and again. Closed, it lets calls through and counts failures in a row,
/// time-outs included; at the maximum it opens, and calls fail at once with <see cref="OpenCircuitException" />. After the
/// reset time-out it is half open and lets one call through: success closes it, failure opens it again, with exponential
/// backoff for longer each time.
/// <code>
///              failures = maximum               reset time-out
///   Closed ------------------------> Open ----------------------> HalfOpen
///     ^                               ^----------- failure -----------|
///     '------------------------------- success -----------------------'
/// </code>
/// </summary>
public partial class CircuitBreaker
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(36500);

    private readonly Lock _listenersLock = new();
    private readonly List<Action> _onOpen = [];
    private readonly List<Action> _onHalfOpen = [];
    private readonly List<Action> _onClose = [];

    private CircuitState.Closed _lastClosed = new();
    private CircuitState _state;
    private long _nextResetTicks;
    private Exception? _lastCaught;

    /// <summary>A breaker whose reset time-out stays the same.</summary>
    /// <param name="scheduler">Ends calls that take too long, and open periods.</param>
    /// <param name="maxFailures">How many failures in a row open it.</param>
    /// <param name="callTimeout">How long a call may take.</param>
    /// <param name="resetTimeout">How long it stays open.</param>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, Never, 1.0)
    {
    }

    /// <summary>A breaker whose reset time-out grows by a factor, up to a maximum.</summary>
    public CircuitBreaker(
        IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout, TimeSpan maxResetTimeout, double exponentialBackoffFactor)
        : this(scheduler, maxFailures, callTimeout, resetTimeout, maxResetTimeout, exponentialBackoffFactor, 0.0)
    {
    }

    /// <summary>A breaker whose reset time-out grows by a factor, up to a maximum, plus a random part of itself.</summary>
    /// <exception cref="ArgumentException">A factor below 1, or a random factor outside of 0 to 1.</exception>
    public CircuitBreaker(
        IScheduler scheduler,
        int maxFailures,
        TimeSpan callTimeout,
        TimeSpan resetTimeout,
        TimeSpan maxResetTimeout,
        double exponentialBackoffFactor,
        double randomFactor)
    {
        if (exponentialBackoffFactor < 1.0)
        {
            throw new ArgumentException("factor must be >= 1.0", nameof(exponentialBackoffFactor));
        }

        if (randomFactor is < 0.0 or > 1.0)
        {
            throw new ArgumentException("randomFactor must be between 0.0 and 1.0", nameof(randomFactor));
        }

        Scheduler = scheduler;
        MaxFailures = maxFailures;
        CallTimeout = callTimeout;
        ResetTimeout = resetTimeout;
        MaxResetTimeout = maxResetTimeout;
        ExponentialBackoffFactor = exponentialBackoffFactor;
        RandomFactor = randomFactor;
        _nextResetTicks = resetTimeout.Ticks;
        _state = _lastClosed;
    }

    public IScheduler Scheduler { get; }

    public int MaxFailures { get; }

    public TimeSpan CallTimeout { get; }

    public TimeSpan ResetTimeout { get; }

    public TimeSpan MaxResetTimeout { get; }

    public double ExponentialBackoffFactor { get; }

    public double RandomFactor { get; }

    /// <summary>Failures since the breaker was last closed or a call last succeeded.</summary>
    public long CurrentFailureCount => Volatile.Read(ref _lastClosed).Failures;

    /// <summary>The failure that happened last; null after a success.</summary>
    public Exception LastCaughtException => Volatile.Read(ref _lastCaught)!;

    public bool IsClosed => State is CircuitState.Closed;

    public bool IsOpen => State is CircuitState.Open;

    public bool IsHalfOpen => State is CircuitState.HalfOpen;

    private CircuitState State => Volatile.Read(ref _state);

    public static CircuitBreaker Create(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout) =>
        new(scheduler, maxFailures, callTimeout, resetTimeout);

    /// <summary>A new breaker like this one that doubles its reset time-out up to <paramref name="maxResetTimeout" />.</summary>
    public CircuitBreaker WithExponentialBackoff(TimeSpan maxResetTimeout) =>
        new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, maxResetTimeout, 2.0, RandomFactor);

    /// <summary>A new breaker like this one that lengthens its reset time-out by up to this part of it at random.</summary>
    public CircuitBreaker WithRandomFactor(double randomFactor) =>
        new(Scheduler, MaxFailures, CallTimeout, ResetTimeout, MaxResetTimeout, ExponentialBackoffFactor, randomFactor);

    /// <summary>Calls back, on a pool thread, each time the breaker opens.</summary>
    public CircuitBreaker OnOpen(Action callback) => Listen(_onOpen, callback);

    /// <summary>Calls back, on a pool thread, each time the breaker is half open.</summary>
    public CircuitBreaker OnHalfOpen(Action callback) => Listen(_onHalfOpen, callback);

    /// <summary>Calls back, on a pool thread, each time the breaker closes.</summary>
    public CircuitBreaker OnClose(Action callback) => Listen(_onClose, callback);

    /// <summary>Reports a success of a call that was not made through the breaker.</summary>
    public void Succeed() => Succeeded(State);

    /// <summary>Reports a failure of a call that was not made through the breaker.</summary>
    public void Fail() => Failed(State, new UserCalledFailException());

    private CircuitBreaker Listen(List<Action> listeners, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (_listenersLock)
        {
            listeners.Add(callback);
        }

        return this;
    }

    private void Succeeded(CircuitState period)
    {
        switch (period)
        {
            case CircuitState.Closed closed:
                Volatile.Write(ref _lastCaught, null);
                closed.ForgetFailures();
                break;
            case CircuitState.HalfOpen:
                var again = new CircuitState.Closed();
                if (Move(period, again))
                {
                    Volatile.Write(ref _lastCaught, null);
                    Volatile.Write(ref _lastClosed, again);
                    Volatile.Write(ref _nextResetTicks, ResetTimeout.Ticks);
                    Notify(_onClose);
                }

                break;
        }
    }

    private void Failed(CircuitState period, Exception cause)
    {
        switch (period)
        {
            case CircuitState.Closed closed:
                Volatile.Write(ref _lastCaught, cause);
                if (closed.CountFailure() >= MaxFailures)
                {
                    Trip(period);
                }

                break;
            case CircuitState.HalfOpen:
                Volatile.Write(ref _lastCaught, cause);
                Trip(period);
                break;
        }
    }

    private void Trip(CircuitState period)
    {
        var open = new CircuitState.Open(TimeSpan.FromTicks(Volatile.Read(ref _nextResetTicks)));
        if (!Move(period, open))
        {
            return;
        }

        var next = open.Lasting.Ticks * ExponentialBackoffFactor * (1.0 + (Random.Shared.NextDouble() * RandomFactor));
        Volatile.Write(ref _nextResetTicks, (long)Math.Min(next, MaxResetTimeout.Ticks));
        Scheduler.Advanced.ScheduleOnce(open.Lasting, () =>
        {
            if (Move(open, new CircuitState.HalfOpen()))
            {
                Notify(_onHalfOpen);
            }
        });
        Notify(_onOpen);
    }

    private bool Move(CircuitState from, CircuitState to) => Interlocked.CompareExchange(ref _state, to, from) == from;

    private void Notify(List<Action> listeners)
    {
        Action[] all;
        lock (_listenersLock)
        {
            all = [.. listeners];
        }

        foreach (var listener in all)
        {
            _ = Task.Run(listener);
        }
    }
}
