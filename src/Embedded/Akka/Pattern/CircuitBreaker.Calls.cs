using Akka.Actor;

namespace Akka.Pattern;

public partial class CircuitBreaker
{
    private bool LimitsCalls => CallTimeout > TimeSpan.Zero;

    /// <summary>Makes a call through the breaker.</summary>
    /// <exception cref="OpenCircuitException">The breaker is open, or half open and trying another call.</exception>
    /// <exception cref="TimeoutException">The call took longer than <see cref="CallTimeout" />.</exception>
    public async Task<T> WithCircuitBreaker<T>(Func<Task<T>> body)
    {
        var period = Admit();
        Task<T>? call = null;
        await Observe(period, () => call = body());
        return await call!;
    }

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})" />
    public Task<T> WithCircuitBreaker<T, TState>(TState state, Func<TState, Task<T>> body) => WithCircuitBreaker(() => body(state));

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})" />
    public async Task WithCircuitBreaker(Func<Task> body) => await Observe(Admit(), body);

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})" />
    public Task WithCircuitBreaker<TState>(TState state, Func<TState, Task> body) => WithCircuitBreaker(() => body(state));

    /// <summary>
    /// Makes a call on this thread through the breaker. A call that takes too long counts as failed as soon as its time is
    /// up, but it is not interrupted: the exception comes when it returns.
    /// </summary>
    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})" path="/exception" />
    public void WithSyncCircuitBreaker(Action body) => WithSyncCircuitBreaker(() =>
    {
        body();
        return true;
    });

    /// <inheritdoc cref="WithSyncCircuitBreaker(Action)" />
    public T WithSyncCircuitBreaker<T>(Func<T> body)
    {
        var period = Admit();
        var outcome = new CallOutcome(this, period);
        var timer = LimitsCalls ? Scheduler.Advanced.ScheduleOnceCancelable(CallTimeout, outcome.TimeOut) : null;
        T result;
        try
        {
            result = body();
        }
        catch (Exception e)
        {
            outcome.Fail(e);
            throw;
        }
        finally
        {
            timer?.Cancel();
        }

        return outcome.Succeed() ? result : throw TimedOut();
    }

    private TimeoutException TimedOut() => new($"Circuit Breaker Timed out after {CallTimeout}.");

    /// <summary>The period that a new call counts for.</summary>
    private CircuitState Admit() => State switch
    {
        CircuitState.Open open => throw new OpenCircuitException(LastCaughtException, open.Remaining),
        CircuitState.HalfOpen half when !half.TakeTheTry() => throw new OpenCircuitException(
            "Circuit breaker is half open, only one call is allowed; this call is failing fast.", LastCaughtException, TimeSpan.Zero),
        var period => period,
    };

    private async Task Observe(CircuitState period, Func<Task> body)
    {
        var outcome = new CallOutcome(this, period);
        ICancelable? timer = null;
        try
        {
            var call = body();
            if (!call.IsCompleted && LimitsCalls)
            {
                var timeUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                timer = Scheduler.Advanced.ScheduleOnceCancelable(CallTimeout, timeUp.SetResult);
                if (await Task.WhenAny(call, timeUp.Task) != call)
                {
                    throw TimedOut();
                }
            }

            await call;
        }
        catch (Exception e)
        {
            outcome.Fail(e);
            throw;
        }
        finally
        {
            timer?.Cancel();
        }

        outcome.Succeed();
    }

    /// <summary>What comes of one call; reported once.</summary>
    private sealed class CallOutcome(CircuitBreaker breaker, CircuitState period)
    {
        private int _reported;

        public void TimeOut() => Fail(breaker.TimedOut());

        public void Fail(Exception cause)
        {
            if (Interlocked.Exchange(ref _reported, 1) == 0)
            {
                breaker.Failed(period, cause);
            }
        }

        /// <summary>False when the call has timed out before.</summary>
        public bool Succeed()
        {
            if (Interlocked.Exchange(ref _reported, 1) != 0)
            {
                return false;
            }

            breaker.Succeeded(period);
            return true;
        }
    }
}
