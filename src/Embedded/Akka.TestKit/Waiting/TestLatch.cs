namespace Akka.TestKit;

/// <summary>A count that a test waits for to come down to zero.</summary>
public class TestLatch
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly CountdownEvent _latch;
    private readonly Func<TimeSpan, TimeSpan> _dilated;
    private readonly TimeSpan _defaultTimeout;

    public TestLatch() : this(1)
    {
    }

    public TestLatch(int count) : this(count, DefaultTimeout)
    {
    }

    public TestLatch(int count, TimeSpan defaultTimeout) : this(static time => time, defaultTimeout, count)
    {
    }

    public TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        _latch = new CountdownEvent(count);
        _dilated = dilate;
        _defaultTimeout = defaultTimeout;
    }

    public bool IsOpen => _latch.CurrentCount == 0;

    public void CountDown()
    {
        if (!IsOpen) _latch.Signal();
    }

    public void Open()
    {
        while (!IsOpen) _latch.Signal();
    }

    public void Reset() => _latch.Reset();

    /// <exception cref="ArgumentException">The time is infinite or negative.</exception>
    /// <exception cref="TimeoutException">The count did not come down in time.</exception>
    public void Ready(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan || timeout == TimeSpan.MaxValue) throw new ArgumentException("TestLatch does not support waiting for ever", nameof(timeout));
        var limit = _dilated(timeout);
        if (!_latch.Wait(limit)) throw new TimeoutException($"Timeout of {limit}");
    }

    public void Ready() => Ready(_defaultTimeout);
}
