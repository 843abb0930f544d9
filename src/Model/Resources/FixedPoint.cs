using System.Globalization;

namespace ActorScheduler.Model;

/// <summary>
/// Scalars are kept as whole thousandths, so that sums are exact: 0.1 added ten times is 1. Mesos rounds to the same three
/// decimals.
/// </summary>
public static class FixedPoint
{
    /// <summary>Thousandths in one unit.</summary>
    public const long Scale = 1000;

    /// <summary>
    /// Largest amount of one resource object, in thousandths: 10^11 units (100 PB when the unit is a MiB). Ninety thousand agents
    /// with as much still add up without overflow, and every amount survives a trip through a double.
    /// </summary>
    public const long Max = 100_000_000_000 * Scale;

    /// <summary>Rounds to the nearest thousandth; says what is wrong with negative, not finite and oversized numbers.</summary>
    public static Result<long> FromDouble(double value, string field = "value")
    {
        if (!double.IsFinite(value))
            return new Problem(field, "must be a finite number");
        if (value < 0)
            return new Problem(field, $"must not be negative, is {value.ToString(CultureInfo.InvariantCulture)}");
        double milli = Math.Round(value * Scale, MidpointRounding.AwayFromZero);
        if (milli > Max)
            return new Problem(field, $"must be at most {Max / Scale}");
        return (long)milli;
    }

    /// <summary>The amount in units.</summary>
    public static double ToDouble(long milli) => milli / (double)Scale;

    /// <summary>The shortest text: <c>2</c>, <c>0.5</c>, <c>0.125</c>.</summary>
    public static string Format(long milli)
    {
        long fraction = Math.Abs(milli % Scale);
        string whole = (milli < 0 && milli / Scale == 0 ? "-" : "") + (milli / Scale).ToString(CultureInfo.InvariantCulture);
        return fraction == 0 ? whole : $"{whole}.{fraction.ToString("000", CultureInfo.InvariantCulture).TrimEnd('0')}";
    }

    /// <summary>Reads a decimal number.</summary>
    public static Result<long> Parse(string text, string field = "value") =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? FromDouble(number, field)
            : new Problem(field, $"'{text}' is not a number");
}
