using Akka.Event;

namespace Akka.TestKit;

/// <summary>Waiting for conditions.</summary>
public abstract partial class TestKitBase
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the condition holds, looking every 100 ms or as often as <paramref name="interval"/> says.</summary>
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Done(AwaitOrFail(true, Of(conditionIsFulfilled), max, interval, message, cancellationToken));

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public async Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        await AwaitOrFail(false, Of(conditionIsFulfilled), max, interval, message, cancellationToken).ConfigureAwait(true);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    public async Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        await AwaitOrFail(false, Of(conditionIsFulfilled), max, interval, message, cancellationToken).ConfigureAwait(true);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string message, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>As AwaitCondition, but says by its result whether the condition came to hold.</summary>
    public bool AwaitConditionNoThrow(
        Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Done(Await(true, Of(conditionIsFulfilled), max, interval, cancellationToken));

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Await(false, Of(conditionIsFulfilled), max, interval, cancellationToken).AsTask();

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Await(false, Of(conditionIsFulfilled), max, interval, cancellationToken).AsTask();

    /// <summary>Repeats an assertion until it does not throw; after <paramref name="duration"/> its last exception is thrown.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Done(AwaitAssertion(true, Of(assertion), duration, interval, cancellationToken));

    public async Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        await AwaitAssertion(false, Of(assertion), duration, interval, cancellationToken).ConfigureAwait(true);

    public async Task AwaitAssertAsync(
        Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        await AwaitAssertion(false, assertion, duration, interval, cancellationToken).ConfigureAwait(true);

    private static Func<ValueTask<bool>> Of(Func<bool> condition) => () => new ValueTask<bool>(condition());

    private static Func<ValueTask<bool>> Of(Func<Task<bool>> condition) => () => new ValueTask<bool>(condition());

    private static Func<Task> Of(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    /// <summary>Waits without a busy loop, on this thread if the caller must stay on it.</summary>
    private static async ValueTask Pause(bool blocks, TimeSpan time, CancellationToken cancellation)
    {
        if (blocks) cancellation.WaitHandle.WaitOne(time);
        else await Task.Delay(time, cancellation).ConfigureAwait(true);
        cancellation.ThrowIfCancellationRequested();
    }

    private async ValueTask<bool> AwaitOrFail(
        bool blocks, Func<ValueTask<bool>> condition, TimeSpan? max, TimeSpan? interval, string? message, CancellationToken cancellation)
    {
        var limit = RemainingOrDilated(max);
        var fulfilled = await Await(blocks, condition, limit, interval, cancellation).ConfigureAwait(true);
        if (!fulfilled) _assertions.Fail("Timeout {0} expired while waiting for condition. {1}", limit, message ?? "");
        return fulfilled;
    }

    private static async ValueTask<bool> Await(
        bool blocks, Func<ValueTask<bool>> condition, TimeSpan max, TimeSpan? interval, CancellationToken cancellation)
    {
        var end = max == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : Now + max;
        while (!await condition().ConfigureAwait(true))
        {
            var left = end - Now;
            if (left <= TimeSpan.Zero) return false;
            var pause = interval ?? PollInterval;
            await Pause(blocks, pause < left ? pause : left, cancellation).ConfigureAwait(true);
        }

        return true;
    }

    private async ValueTask<bool> AwaitAssertion(
        bool blocks, Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, CancellationToken cancellation)
    {
        var pause = interval ?? PollInterval;
        if (pause <= TimeSpan.Zero) throw new ArgumentException($"The interval must be positive, not {interval}", nameof(interval));
        var end = Now + RemainingOrDilated(duration);
        while (true)
        {
            try
            {
                await assertion().ConfigureAwait(true);
                return true;
            }
            catch (Exception) when (Now + pause < end)
            {
                Log.Debug("AwaitAssert failed, retrying in {0}", pause);
            }

            await Pause(blocks, pause, cancellation).ConfigureAwait(true);
        }
    }
}
