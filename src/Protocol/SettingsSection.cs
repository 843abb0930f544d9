using System.Globalization;
using ActorScheduler.Model;
using Akka.Configuration;

namespace ActorScheduler.Protocol;

/// <summary>Reads one section of the configuration; errors are <see cref="SettingException"/>s, which name the whole key.</summary>
internal sealed class SettingsSection(Config config, string path)
{
    /// <summary>Largest count: a million of anything here fills a memory.</summary>
    private const int MostCount = 100_000_000;

    /// <summary>A time, more than zero, that a timer can wait for.</summary>
    public TimeSpan Time(string key) => Span(key, TimeRules.LongestTimer);

    /// <summary>A time, more than zero, that is only compared.</summary>
    public TimeSpan Age(string key) => Span(key, TimeRules.Longest);

    /// <summary>on or off.</summary>
    public bool Switch(string key) => Read(key, "on or off", static (all, whole) => all.GetString(whole)) switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        var value => throw Wrong(key, $"must be on or off, is {value}"),
    };

    /// <summary>A whole number, at least 1.</summary>
    /// <param name="key">The key in this section.</param>
    /// <param name="most">Largest that is taken.</param>
    public int Count(string key, int most = MostCount) => (int)Whole(key, 1, most);

    /// <summary>A whole number, zero or more.</summary>
    public int CountOrNone(string key) => (int)Whole(key, 0, MostCount);

    /// <summary>A number of bytes, at least 1.</summary>
    public long Bytes(string key)
    {
        long value = Read(key, "a size, as in 10 MiB", static (all, whole) => all.GetByteSize(whole) ?? 0);
        return value >= 1 ? value : throw Wrong(key, $"must be at least 1 byte, is {value}");
    }

    /// <summary>A part of a whole, above 0 and up to 1.</summary>
    public double Fraction(string key)
    {
        double value = Double(key);
        return value is > 0 and <= 1 ? value : throw Wrong(key, $"must lie above 0 and up to 1, is {value.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>An amount, zero or more.</summary>
    public double Number(string key)
    {
        double value = Double(key);
        return FixedPoint.FromDouble(value).Problem is { } problem ? throw Wrong(key, problem.Reason) : value;
    }

    private TimeSpan Span(string key, TimeSpan longest)
    {
        TimeSpan value = Read(key, "a time with its unit, as in 5 s", static (all, whole) => all.GetTimeSpan(whole, allowInfinite: false));
        return TimeRules.Check(key, value, longest, mayBeZero: false) is { } problem ? throw Wrong(key, problem.Reason) : value;
    }

    private long Whole(string key, long least, long most)
    {
        double value = Double(key);
        return double.IsInteger(value) && value >= least && value <= most
            ? (long)value
            : throw Wrong(key, $"must be a whole number from {least} to {most}, is {value.ToString(CultureInfo.InvariantCulture)}");
    }

    private double Double(string key) => Read(key, "a number", static (all, whole) => all.GetDouble(whole));

    /// <summary>The parser has many ways to say that a text is not what is asked for; people need one.</summary>
    private T Read<T>(string key, string wanted, Func<Config, string, T> read)
    {
        string whole = $"{path}.{key}";
        if (!config.HasPath(whole))
            throw Wrong(key, "is not set; see reference.conf");
        try
        {
            return read(config, whole);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ConfigurationException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            throw Wrong(key, $"must be {wanted}, is {config.GetValue(whole)}", e);
        }
    }

    private SettingException Wrong(string key, string reason, Exception? cause = null) => new($"{path}.{key}", reason, cause);
}
