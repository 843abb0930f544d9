using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit.Internal;

/// <summary>Sets filters, runs code, and waits until the filters have picked as many events as are expected.</summary>
public class InternalEventFilterApplier : IEventFilterApplier
{
    private readonly IReadOnlyList<EventFilterBase> _filters;
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;

    public InternalEventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    {
        _filters = filters;
        _testkit = testkit;
        _system = system;
    }

    public EventFilterFactory And => new(_testkit, _system, _filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) => Intercept(AsTask(action), null, 1, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => Intercept(WithResult(actionAsync), null, 1, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(WithResult(actionAsync), timeout, 1, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => Intercept(func, null, 1, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, timeout, 1, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Blocking(AsTask(action), null, expectedCount, cancellationToken);

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Blocking(AsTask(action), timeout, expectedCount, cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Blocking(() => Task.FromResult(func()), null, expectedCount, cancellationToken);

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Blocking(() => Task.FromResult(func()), timeout, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(WithResult(actionAsync), null, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        Intercept(WithResult(actionAsync), timeout, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(AsTask(action), timeout, expectedCount, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(WithResult(actionAsync), timeout, expectedCount, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, null, expectedCount, cancellationToken);

    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(func, timeout, expectedCount, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default) => Blocking(AsTask(action), null, null, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) => Blocking(() => Task.FromResult(func()), null, null, cancellationToken);

    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) => Intercept(AsTask(action), null, null, cancellationToken);

    public Task MuteAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Intercept(WithResult(actionAsync), null, null, cancellationToken);

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => Intercept(func, null, null, cancellationToken);

    public IUnmutableFilter Mute()
    {
        _system.EventStream.Publish(new Mute(_filters));
        return new UnmutableFilter(_filters, _system);
    }

    private static Func<Task<bool>> AsTask(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    private static Func<Task<bool>> WithResult(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(true);
        return true;
    };

    private T Blocking<T>(Func<Task<T>> run, TimeSpan? timeout, int? expected, CancellationToken cancellation) =>
        Intercept(run, timeout, expected, blocks: true, cancellation).GetAwaiter().GetResult();

    private Task<T> Intercept<T>(Func<Task<T>> run, TimeSpan? timeout, int? expected, CancellationToken cancellation) =>
        Intercept(run, timeout, expected, blocks: false, cancellation);

    /// <summary>Counts matches while the code runs and, within the leeway, after it; too many are a failure as well.</summary>
    private async Task<T> Intercept<T>(Func<Task<T>> run, TimeSpan? timeout, int? expected, bool blocks, CancellationToken cancellation)
    {
        var leeway = _system.HasExtension<TestKitSettings>() ? TestKitExtension.For(_system).TestEventFilterLeeway : _testkit.TestKitSettings.TestEventFilterLeeway;
        var limit = timeout is { } given ? _testkit.Dilated(given) : leeway;
        var count = 0;
        void Counted(EventFilterBase filter, LogEvent logEvent) => Interlocked.Increment(ref count);
        foreach (var filter in _filters) filter.EventMatched += Counted;
        _system.EventStream.Publish(new Mute(_filters));
        try
        {
            var result = await run().ConfigureAwait(true);
            if (expected is not { } wanted) return result;
            var matched = await Reached(() => Volatile.Read(ref count) >= wanted, limit, blocks, cancellation).ConfigureAwait(true);
            if (wanted == 0)
            {
                // Nothing should come: give it a little while to come after all.
                await Reached(() => Volatile.Read(ref count) > 0, timeout is null ? TimeSpan.Zero : limit, blocks, cancellation).ConfigureAwait(true);
            }

            var got = Volatile.Read(ref count);
            if (!matched || got > wanted)
            {
                var filters = string.Join(" or ", _filters);
                _testkit.TestAssertions.Fail(matched
                    ? $"Received {Messages(got - wanted)} too many. Expected {Messages(wanted)} but received {got} that matched filter [{filters}]"
                    : $"Timeout ({limit}) while waiting for {Messages(wanted)} that matches filter [{filters}]. {(got > 0 ? $"Only received {got}." : "Received none.")}");
            }

            return result;
        }
        finally
        {
            foreach (var filter in _filters) filter.EventMatched -= Counted;
            _system.EventStream.Publish(new Unmute(_filters));
        }
    }

    private async Task<bool> Reached(Func<bool> condition, TimeSpan limit, bool blocks, CancellationToken cancellation)
    {
        var pause = TimeSpan.FromMilliseconds(10);
        return blocks
            ? _testkit.AwaitConditionNoThrow(condition, limit, pause, cancellation)
            : await _testkit.AwaitConditionNoThrowAsync(condition, limit, pause, cancellation).ConfigureAwait(true);
    }

    private static string Messages(int count) => count == 1 ? "1 message" : $"{count} messages";

    private sealed class UnmutableFilter(IReadOnlyList<EventFilterBase> filters, ActorSystem system) : IUnmutableFilter
    {
        private bool _isUnmuted;

        public void Unmute()
        {
            if (_isUnmuted) return;
            _isUnmuted = true;
            system.EventStream.Publish(new Unmute(filters));
        }

        public void Dispose() => Unmute();
    }
}
