using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Specs.Scheduling;

public sealed class HashedWheelTimerSchedulerSpecs : IDisposable
{
    private readonly HashedWheelTimerScheduler _scheduler = new(
        "akka.scheduler { tick-duration = 5ms, ticks-per-wheel = 16 }", NoLogger.Instance);

    private IActionScheduler Actions => _scheduler;

    public void Dispose() => _scheduler.Dispose();

    [Fact]
    public async Task Nothing_fires_early_not_even_after_several_turns_of_the_wheel()
    {
        var fired = new ConcurrentBag<(int Delay, double Actual)>();
        var all = new CountdownEvent(40);
        for (var delay = 0; delay < 400; delay += 10)
        {
            var (asked, armed) = (delay, Stopwatch.GetTimestamp());
            Actions.ScheduleOnce(TimeSpan.FromMilliseconds(delay), () =>
            {
                fired.Add((asked, Stopwatch.GetElapsedTime(armed).TotalMilliseconds));
                all.Signal();
            });
        }

        Assert.True(await Signalled(all.WaitHandle));
        Assert.All(fired, timer => Assert.True(timer.Actual >= timer.Delay, $"{timer} came early"));
    }

    [Fact]
    public async Task What_is_cancelled_never_fires()
    {
        var fired = 0;
        var cancelables = Enumerable.Range(1, 1000)
            .Select(i => Actions.ScheduleOnceCancelable(TimeSpan.FromMilliseconds(100 + (i % 50)), () => Interlocked.Increment(ref fired))).ToList();
        cancelables.ForEach(cancelable => cancelable.Cancel());

        await After(TimeSpan.FromMilliseconds(250));

        Assert.Equal(0, fired);
    }

    [Fact]
    public async Task Repetitions_do_not_drift_and_stop_when_cancelled()
    {
        var armed = Stopwatch.GetTimestamp();
        var tenth = new TaskCompletionSource<double>();
        var count = 0;
        var cancelable = new Cancelable(Actions);
        Actions.ScheduleRepeatedly(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20), () =>
        {
            if (++count == 10)
            {
                cancelable.Cancel();
                tenth.SetResult(Stopwatch.GetElapsedTime(armed).TotalMilliseconds);
            }
        }, cancelable);

        Assert.True(await tenth.Task.WaitAsync(TimeSpan.FromSeconds(10)) >= 200);
        await After(TimeSpan.FromMilliseconds(60));
        Assert.Equal(10, count);
    }

    [Fact]
    public async Task An_action_that_throws_stops_neither_the_wheel_nor_its_own_repetition()
    {
        var count = new CountdownEvent(3);
        Actions.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(10), () =>
        {
            if (!count.IsSet)
            {
                count.Signal();
            }

            throw new InvalidOperationException("expected");
        });

        Assert.True(await Signalled(count.WaitHandle));
    }

    [Fact]
    public void Times_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Actions.ScheduleOnce(TimeSpan.FromMilliseconds(-1), () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Actions.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.Zero, () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new HashedWheelTimerScheduler(ConfigurationFactory.ParseString("akka.scheduler.ticks-per-wheel = 0"), NoLogger.Instance));
        Actions.ScheduleOnce(TimeSpan.MaxValue, () => { });
    }

    [Fact]
    public async Task After_its_end_it_takes_nothing_and_fires_nothing()
    {
        using var other = new HashedWheelTimerScheduler("akka.scheduler.tick-duration = 5ms", NoLogger.Instance);
        var (fired, later) = (false, new TaskCompletionSource());
        Actions.ScheduleOnce(TimeSpan.FromSeconds(1), () => fired = true);
        ((IActionScheduler)other).ScheduleOnce(TimeSpan.FromSeconds(1.5), later.SetResult);
        _scheduler.Dispose();

        Assert.Throws<SchedulerException>(() => Actions.ScheduleOnce(TimeSpan.Zero, () => { }));
        await later.Task;
        Assert.False(fired);
    }

    [Fact]
    public void Cancelables_are_linked_and_know_their_state()
    {
        var first = new Cancelable(Actions);
        var linked = Cancelable.CreateLinkedCancelable(Actions, first, new Cancelable(Actions));
        Assert.False(linked.IsCancellationRequested);
        Assert.False(linked.Token.IsCancellationRequested);

        first.Cancel();

        Assert.True(linked.IsCancellationRequested);
        Assert.True(linked.Token.IsCancellationRequested);
        Assert.True(Cancelable.CreateCanceled().IsCancellationRequested);
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Cancel());
        Assert.True(first.IsDisposed);
    }

    [Fact]
    public async Task A_cancelable_cancels_itself_after_a_time()
    {
        var cancelled = new TaskCompletionSource();
        var cancelable = new Cancelable(Actions, TimeSpan.FromMilliseconds(20));
        cancelable.Token.Register(cancelled.SetResult);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(cancelable.IsCancellationRequested);
    }

    private Task After(TimeSpan time)
    {
        var over = new TaskCompletionSource();
        Actions.ScheduleOnce(time, over.SetResult);
        return over.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static Task<bool> Signalled(WaitHandle handle)
    {
        var signalled = new TaskCompletionSource<bool>();
        ThreadPool.RegisterWaitForSingleObject(handle, (_, timedOut) => signalled.TrySetResult(!timedOut), null, TimeSpan.FromSeconds(10), true);
        return signalled.Task;
    }
}
