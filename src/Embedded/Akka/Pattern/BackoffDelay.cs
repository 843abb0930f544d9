namespace Akka.Pattern;

/// <summary>How long to wait before the next start: doubling each time up to a maximum, plus a random part against herds.</summary>
internal static class BackoffDelay
{
    public static TimeSpan Calculate(int restartCount, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        var jitter = 1.0 + (Random.Shared.NextDouble() * randomFactor);

        // Beyond 2^30 the maximum is reached whatever the minimum is, and the power would overflow before long.
        if (restartCount >= 30)
        {
            return maxBackoff;
        }

        var ticks = Math.Min(maxBackoff.Ticks, minBackoff.Ticks * Math.Pow(2, restartCount)) * jitter;
        return ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : maxBackoff;
    }

    /// <exception cref="ArgumentException">The waits are not positive and ordered, or the random factor is outside of 0 to 1.</exception>
    public static void Validate(TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
    {
        if (minBackoff <= TimeSpan.Zero)
        {
            throw new ArgumentException("MinBackoff must be greater than 0", nameof(minBackoff));
        }

        if (maxBackoff < minBackoff)
        {
            throw new ArgumentException("MaxBackoff must be greater than or equal to MinBackoff", nameof(maxBackoff));
        }

        if (randomFactor is < 0.0 or > 1.0)
        {
            throw new ArgumentException("RandomFactor must be between 0.0 and 1.0", nameof(randomFactor));
        }
    }
}
