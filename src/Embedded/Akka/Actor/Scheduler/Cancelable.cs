namespace Akka.Actor;

/// <summary>
/// The usual cancelable. Being cancelled is one flag; a token source is made only when someone asks for the token, so a
/// timer that has a cancelable costs little.
/// </summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private CancellationTokenSource? _source;
    private int _cancelled;
    private int _disposed;

    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler)
    {
        CancelAfter(delay);
    }

    public Cancelable(IScheduler scheduler, int millisecondsDelay)
        : this(scheduler)
    {
        CancelAfter(millisecondsDelay);
    }

    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced)
    {
    }

    public Cancelable(IActionScheduler scheduler, TimeSpan delay)
        : this(scheduler)
    {
        CancelAfter(delay);
    }

    public Cancelable(IActionScheduler scheduler)
    {
        _scheduler = scheduler;
    }

    public bool IsCancellationRequested => Volatile.Read(ref _cancelled) != 0;

    public CancellationToken Token
    {
        get
        {
            ThrowIfDisposed();
            var source = LazyInitializer.EnsureInitialized(ref _source, static () => new CancellationTokenSource());

            // Whoever cancelled before the source was there has not cancelled it.
            if (IsCancellationRequested)
            {
                source.Cancel();
            }

            return source.Token;
        }
    }

    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>A cancelable that is cancelled as soon as one of the others is.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    /// <inheritdoc cref="CreateLinkedCancelable(IScheduler, ICancelable[])" />
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        CreateLinkedCancelable(scheduler.Advanced, cancellationTokens);

    /// <inheritdoc cref="CreateLinkedCancelable(IScheduler, ICancelable[])" />
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler, cancelables.Select(c => c.Token).ToArray());

    /// <inheritdoc cref="CreateLinkedCancelable(IScheduler, ICancelable[])" />
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params CancellationToken[] cancellationTokens)
    {
        var linked = new Cancelable(scheduler);
        foreach (var token in cancellationTokens)
        {
            token.UnsafeRegister(static state => ((Cancelable)state!).CancelUnlessDisposed(), linked);
        }

        return linked;
    }

    /// <summary>A cancelable that is cancelled from the start.</summary>
    public static ICancelable CreateCanceled() => AlreadyCanceled.Instance;

    public void Cancel() => Cancel(false);

    public void Cancel(bool throwOnFirstException)
    {
        ThrowIfDisposed();
        if (Interlocked.Exchange(ref _cancelled, 1) == 0)
        {
            Volatile.Read(ref _source)?.Cancel(throwOnFirstException);
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public void CancelAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ThrowIfDisposed();
        if (!IsCancellationRequested)
        {
            _scheduler.ScheduleOnce(delay, CancelUnlessDisposed, this);
        }
    }

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && disposing)
        {
            _source?.Dispose();
        }
    }

    private void CancelUnlessDisposed()
    {
        if (!IsDisposed)
        {
            Cancel();
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, this);

    private sealed class AlreadyCanceled : ICancelable
    {
        public static readonly AlreadyCanceled Instance = new();

        public bool IsCancellationRequested => true;

        public CancellationToken Token => new(canceled: true);

        public void Cancel()
        {
        }

        public void CancelAfter(TimeSpan delay)
        {
        }

        public void CancelAfter(int millisecondsDelay)
        {
        }

        public void Cancel(bool throwOnFirstException)
        {
        }
    }
}
