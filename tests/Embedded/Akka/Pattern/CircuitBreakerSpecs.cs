using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;

namespace Akka.Specs.Pattern;

public class CircuitBreakerSpecs() : Akka.TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ResetTimeout = TimeSpan.FromSeconds(1);

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    private CircuitBreaker Breaker(int maxFailures = 1) => new(Sys.Scheduler, maxFailures, CallTimeout, ResetTimeout);

    [Fact]
    public async Task Failures_up_to_the_maximum_open_it_and_calls_fail_at_once_then()
    {
        var breaker = Breaker(2);
        await Fail(breaker);
        Assert.True(breaker.IsClosed);
        Assert.Equal(1, breaker.CurrentFailureCount);

        await Fail(breaker);
        Assert.True(breaker.IsOpen);
        var error = await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() => Task.FromResult(1)));
        Assert.IsType<TestException>(error.InnerException);
        Assert.InRange(error.RemainingDuration, TimeSpan.FromTicks(1), ResetTimeout);
        Assert.Throws<OpenCircuitException>(() => breaker.WithSyncCircuitBreaker(() => { }));
    }

    [Fact]
    public async Task A_success_forgets_earlier_failures()
    {
        var breaker = Breaker(2);
        await Fail(breaker);

        Assert.Equal(5, await breaker.WithCircuitBreaker(() => Task.FromResult(5)));

        Assert.Equal(0, breaker.CurrentFailureCount);
        Assert.Null(breaker.LastCaughtException);
        await Fail(breaker);
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task After_the_reset_timeout_one_call_decides()
    {
        var breaker = Breaker();
        await Fail(breaker);
        Time.Advance(ResetTimeout);
        Assert.True(breaker.IsHalfOpen);

        var pending = new TaskCompletionSource<int>();
        var tried = breaker.WithCircuitBreaker(() => pending.Task);
        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() => Task.FromResult(1)));
        pending.SetResult(1);
        await tried;
        Assert.True(breaker.IsClosed);

        await Fail(breaker);
        Time.Advance(ResetTimeout);
        await Fail(breaker);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_a_failure()
    {
        var breaker = Breaker();
        var call = breaker.WithCircuitBreaker(() => new TaskCompletionSource<int>().Task);

        Time.Advance(CallTimeout);

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.True(breaker.IsOpen);
        Assert.IsType<TimeoutException>(breaker.LastCaughtException);
    }

    [Fact]
    public void A_synchronous_call_that_takes_too_long_is_a_failure()
    {
        var breaker = Breaker();

        Assert.Throws<TimeoutException>(() => breaker.WithSyncCircuitBreaker(() => Time.Advance(CallTimeout)));

        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void A_synchronous_exception_is_thrown_to_the_caller_and_counts()
    {
        var breaker = Breaker();

        Assert.Throws<TestException>(() => breaker.WithSyncCircuitBreaker(() => throw new TestException()));

        Assert.True(breaker.IsOpen);
        Assert.Equal(1, breaker.CurrentFailureCount);
    }

    [Fact]
    public async Task What_comes_of_a_call_counts_only_for_the_period_in_which_it_began()
    {
        var breaker = Breaker();
        var late = new TaskCompletionSource();
        var call = breaker.WithCircuitBreaker(() => late.Task);
        breaker.Fail();
        Assert.IsType<UserCalledFailException>(breaker.LastCaughtException);
        Time.Advance(ResetTimeout);
        Assert.True(breaker.IsHalfOpen);

        late.TrySetException(new TestException());
        await Assert.ThrowsAnyAsync<Exception>(() => call);

        Assert.True(breaker.IsHalfOpen);
        breaker.Succeed();
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task Exponential_backoff_doubles_the_reset_timeout_up_to_its_maximum_and_begins_anew_when_closed()
    {
        var breaker = Breaker().WithExponentialBackoff(TimeSpan.FromSeconds(3));
        await Fail(breaker);
        foreach (var seconds in new[] { 1, 2, 3, 3 })
        {
            Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.True(breaker.IsOpen);
            Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(breaker.IsHalfOpen);
            await Fail(breaker);
        }

        Time.Advance(TimeSpan.FromSeconds(3));
        breaker.Succeed();
        await Fail(breaker);
        Time.Advance(ResetTimeout);
        Assert.True(breaker.IsHalfOpen);
    }

    [Fact]
    public async Task Listeners_hear_of_each_change()
    {
        var breaker = Breaker()
            .OnOpen(() => TestActor.Tell("open")).OnHalfOpen(() => TestActor.Tell("half open")).OnClose(() => TestActor.Tell("closed"));

        await Fail(breaker);
        ExpectMsg("open");
        Time.Advance(ResetTimeout);
        ExpectMsg("half open");
        breaker.Succeed();
        ExpectMsg("closed");
    }

    [Fact]
    public async Task Retries_make_one_attempt_more_than_asked_and_give_the_last_failure()
    {
        var attempts = 0;
        Task<int> Attempt() => ++attempts > 3 ? Task.FromResult(attempts) : Task.FromException<int>(new TestException());

        Assert.Equal(4, await RetrySupport.Retry(Attempt, 3));
        attempts = 0;
        await Assert.ThrowsAsync<TestException>(() => RetrySupport.Retry(Attempt, 2));
        Assert.Equal(3, attempts);
        await Assert.ThrowsAsync<ArgumentException>(() => RetrySupport.Retry(Attempt, -1));
    }

    private static Task<TestException> Fail(CircuitBreaker breaker) =>
        Assert.ThrowsAsync<TestException>(() => breaker.WithCircuitBreaker(() => Task.FromException(new TestException())));

    private sealed class TestException : Exception;
}
