namespace Akka.Util;

/// <summary>
/// A budget that refills over time: up to a capacity of tokens, one more every so many ticks. Whoever spends more than there
/// is learns how long to wait. Not for several threads.
/// </summary>
public abstract class TokenBucket
{
    private readonly long _capacity;
    private readonly long _ticksBetweenTokens;
    private long _available;
    private long _lastUpdate;

    /// <inheritdoc cref="TokenBucket" />
    /// <exception cref="ArgumentException">A capacity below zero, or tokens that never come.</exception>
    protected TokenBucket(long capacity, long ticksBetweenTokens)
    {
        if (capacity < 0)
        {
            throw new ArgumentException("The capacity must not be negative.", nameof(capacity));
        }

        if (ticksBetweenTokens <= 0)
        {
            throw new ArgumentException("The time between tokens must be positive.", nameof(ticksBetweenTokens));
        }

        _capacity = capacity;
        _ticksBetweenTokens = ticksBetweenTokens;
    }

    /// <summary>The time, in ticks of any unit that the period is given in too.</summary>
    public abstract long CurrentTime { get; }

    /// <summary>Fills the bucket. Call it once before <see cref="Offer" />.</summary>
    public void Init()
    {
        _available = _capacity;
        _lastUpdate = CurrentTime;
    }

    /// <summary>Spends <paramref name="cost" /> tokens and returns how many ticks to wait for them: zero when they are there.</summary>
    public long Offer(long cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        var now = CurrentTime;
        var arrived = Math.Max(0, (now - _lastUpdate) / _ticksBetweenTokens);
        _lastUpdate += arrived * _ticksBetweenTokens;
        _available = Math.Min(_available + arrived, _capacity);
        if (cost <= _available)
        {
            _available -= cost;
            return 0;
        }

        // The tokens that are missing are taken from the future: the clock of the bucket goes ahead to when they are all there.
        var missing = cost - _available;
        var delay = _ticksBetweenTokens - (now - _lastUpdate) + ((missing - 1) * _ticksBetweenTokens);
        _lastUpdate = now + delay;
        _available = 0;
        return delay;
    }
}
