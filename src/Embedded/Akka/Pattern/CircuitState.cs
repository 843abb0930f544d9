using System.Diagnostics;

namespace Akka.Pattern;

/// <summary>
/// One period of a circuit breaker, from entering a state to leaving it. A call reports to the period in which it began: when
/// the breaker has moved on meanwhile, what came of the call no longer counts.
/// </summary>
internal abstract class CircuitState
{
    /// <summary>Calls go through; so many failures in a row open the breaker.</summary>
    internal sealed class Closed : CircuitState
    {
        private int _failures;

        public int Failures => Volatile.Read(ref _failures);

        public int CountFailure() => Interlocked.Increment(ref _failures);

        public void ForgetFailures()
        {
            // A success is the common case; do not contend for the line when there is nothing to forget.
            if (Volatile.Read(ref _failures) != 0)
            {
                Volatile.Write(ref _failures, 0);
            }
        }
    }

    /// <summary>Calls fail at once, until a time has passed.</summary>
    internal sealed class Open(TimeSpan lasting) : CircuitState
    {
        private readonly long _since = Stopwatch.GetTimestamp();

        public TimeSpan Lasting => lasting;

        public TimeSpan Remaining
        {
            get
            {
                var left = lasting - Stopwatch.GetElapsedTime(_since);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>One call goes through, and what comes of it decides; the others fail at once.</summary>
    internal sealed class HalfOpen : CircuitState
    {
        private int _tried;

        public bool TakeTheTry() => Interlocked.Exchange(ref _tried, 1) == 0;
    }
}
