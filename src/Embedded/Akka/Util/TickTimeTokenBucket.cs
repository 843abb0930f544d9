using System.Diagnostics;

namespace Akka.Util;

/// <summary>A token bucket on the clock that only goes forward, in <see cref="TimeSpan" /> ticks.</summary>
public sealed class TickTimeTokenBucket : TokenBucket
{
    /// <inheritdoc cref="TickTimeTokenBucket" />
    public TickTimeTokenBucket(long capacity, long period)
        : base(capacity, period)
    {
    }

    /// <inheritdoc />
    public override long CurrentTime => Stopwatch.GetElapsedTime(0).Ticks;
}
