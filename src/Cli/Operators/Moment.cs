using System.Globalization;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Operators;

/// <summary>Reads moments of command lines.</summary>
internal static class Moment
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK"];

    /// <summary>A time, UTC unless it says otherwise, or a number of seconds from now.</summary>
    internal static Result<DateTimeOffset> Parse(string flag, string text, DateTimeOffset now)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9)
            return now + TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment)
            ? moment
            : new Problem(flag, $"'{text}' must be a time, as in 2026-01-31T18:00Z, or a number of seconds from now");
    }
}
