using System.Collections.Frozen;
using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Reads text as a boolean, a duration or a number of bytes.</summary>
internal static class HoconScalar
{
    private const string DurationsAccepted =
        "a duration such as 500ms, '10 s', 5m, 1.5h or 2d, a number of milliseconds";

    private const string SizesAccepted = "a number of bytes such as 4096, 512k, '128 MiB' or 1GB";

    private static readonly FrozenDictionary<string, double> TicksPerUnit = Units(
        (0.01, "ns nano nanos nanosecond nanoseconds"),
        (TimeSpan.TicksPerMicrosecond, "us micro micros microsecond microseconds"),
        (TimeSpan.TicksPerMillisecond, "ms milli millis millisecond milliseconds"),
        (TimeSpan.TicksPerSecond, "s second seconds"),
        (TimeSpan.TicksPerMinute, "m minute minutes"),
        (TimeSpan.TicksPerHour, "h hour hours"),
        (TimeSpan.TicksPerDay, "d day days"));

    // Letters alone are powers of two and "kB" and its like powers of ten: that is how HOCON defines them.
    private static readonly FrozenDictionary<string, double> BytesPerUnit = Units(
        (1, "b B byte bytes"),
        (1e3, "kB kilobyte kilobytes"),
        (1L << 10, "k K Ki KiB kibibyte kibibytes"),
        (1e6, "MB megabyte megabytes"),
        (1L << 20, "m M Mi MiB mebibyte mebibytes"),
        (1e9, "GB gigabyte gigabytes"),
        (1L << 30, "g G Gi GiB gibibyte gibibytes"),
        (1e12, "TB terabyte terabytes"),
        (1L << 40, "t T Ti TiB tebibyte tebibytes"),
        (1e15, "PB petabyte petabytes"),
        (1L << 50, "p P Pi PiB pebibyte pebibytes"),
        (1e18, "EB exabyte exabytes"),
        (1L << 60, "e E Ei EiB exbibyte exbibytes"));

    /// <exception cref="NotSupportedException">The text is no boolean.</exception>
    public static bool Boolean(string text) => text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ when bool.TryParse(text, out var other) => other,
        _ => throw new NotSupportedException(
            $"Unknown boolean format: '{text}'. Accepted: on, true, yes, off, false, no."),
    };

    /// <exception cref="FormatException">The text is no duration.</exception>
    public static TimeSpan Duration(string text, bool allowInfinite)
    {
        var accepted = DurationsAccepted + (allowInfinite ? " or infinite" : "");
        var trimmed = text.Trim();
        if (allowInfinite && trimmed.Equals("infinite", StringComparison.OrdinalIgnoreCase))
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (trimmed.Contains(':') && TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out var clock) && clock >= TimeSpan.Zero)
        {
            return clock;
        }

        if (!SplitNumber(trimmed, out var number, out var unit)
            || !Factor(TicksPerUnit, unit, TimeSpan.TicksPerMillisecond, out var factor)
            || number < 0)
        {
            throw Refused(text, accepted);
        }

        var ticks = Math.Round(number * factor);
        return ticks < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : throw Refused(text, accepted);
    }

    /// <exception cref="FormatException">The text is no size.</exception>
    public static long ByteSize(string text)
    {
        var trimmed = text.Trim();
        if (long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

        if (!SplitNumber(trimmed, out var number, out var unit) || !Factor(BytesPerUnit, unit, 1, out var factor) || number < 0)
        {
            throw Refused(text, SizesAccepted);
        }

        var bytes = Math.Round(number * factor);
        return bytes < long.MaxValue ? (long)bytes : throw Refused(text, SizesAccepted);
    }

    public static FormatException Refused(string text, string accepted) => new($"'{text}' is not accepted; give {accepted}.");

    private static bool SplitNumber(string text, out double number, out string unit)
    {
        var end = text.Length;
        while (end > 0 && (char.IsLetter(text[end - 1]) || text[end - 1] == 'µ'))
        {
            end--;
        }

        unit = text[end..];
        return double.TryParse(
            text.AsSpan(0, end),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out number);
    }

    private static bool Factor(FrozenDictionary<string, double> units, string unit, double bare, out double factor)
    {
        factor = bare;
        return unit.Length == 0 || units.TryGetValue(unit, out factor);
    }

    private static FrozenDictionary<string, double> Units(params (double Factor, string Names)[] units) =>
        units.SelectMany(unit => unit.Names.Split(' ').Select(name => (name, unit.Factor)))
            .ToFrozenDictionary(pair => pair.name, pair => pair.Factor);
}
