namespace Akka.TestKit;

/// <summary>Time limits around blocks of a test.</summary>
public abstract partial class TestKitBase
{
    // When the innermost Within ends; null outside of any. By the monotonic clock.
    private TimeSpan? _end;
    private bool _lastWasNoMsg;

    /// <summary>Time left of the innermost Within.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TimeSpan Remaining => _end is { } end
        ? Positive(end - Now)
        : throw new InvalidOperationException(@"Remaining may not be called outside of ""within""");

    /// <summary>Time left of the innermost Within, or akka.test.single-expect-default outside of any.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(_settings.SingleExpectDefault));

    public TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Positive(end - Now) : duration;

    /// <summary>The duration multiplied by the time factor; without one, <see cref="RemainingOrDefault"/>.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given) return RemainingOrDefault;
        if (given == Timeout.InfiniteTimeSpan) throw new ArgumentException("max duration cannot be infinite", nameof(duration));
        return given < TimeSpan.Zero ? RemainingOrDefault : Dilated(given);
    }

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must take at least <paramref name="min"/> and at most <paramref name="max"/>; waits inside it end with it.</summary>
    /// <param name="epsilonValue">How much longer than max is forgiven.</param>
    public void Within(
        TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(
            min, max,
            () =>
            {
                action();
                return true;
            },
            hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (start, limit, outerEnd) = EnterWithin(min, max);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = outerEnd;
        }

        LeaveWithin(start, min, limit, hint, epsilonValue);
        return result;
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(
            min, max,
            async () =>
            {
                await actionAsync().ConfigureAwait(true);
                return true;
            },
            hint, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public async Task<T> WithinAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (start, limit, outerEnd) = EnterWithin(min, max);
        T result;
        try
        {
            result = await function().ConfigureAwait(true);
        }
        finally
        {
            _end = outerEnd;
        }

        LeaveWithin(start, min, limit, hint, epsilonValue);
        return result;
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private (TimeSpan Start, TimeSpan Limit, TimeSpan? OuterEnd) EnterWithin(TimeSpan min, TimeSpan max)
    {
        var limit = Dilated(max);
        var start = Now;
        var left = _end is { } end ? end - start : (TimeSpan?)null;
        _assertions.AssertTrue(left is null || left >= min, "Required min time {0} not possible, only {1} left.", min, left!);
        _lastWasNoMsg = false;
        if (left is { } outer && outer < limit) limit = outer;
        var before = _end;
        _end = start + limit;
        return (start, limit, before);
    }

    private void LeaveWithin(TimeSpan start, TimeSpan min, TimeSpan limit, string? hint, TimeSpan? epsilon)
    {
        var took = Now - start;
        var about = string.IsNullOrEmpty(hint) ? "" : $" {hint}";
        if (took < min) _assertions.Fail("Failed: Block took {0}, should have at least been {1}{2}", took, min, about);
        // After ExpectNoMsg the time is expected to be used up.
        if (!_lastWasNoMsg && took > limit + (epsilon ?? TimeSpan.Zero))
            _assertions.Fail("Failed: Block took {0}, exceeding {1}{2}", took, limit, about);
    }
}
