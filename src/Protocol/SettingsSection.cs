using Akka.Configuration;

namespace ActorScheduler.Protocol;

/// <summary>Reads one section of the configuration; errors name the whole key.</summary>
internal sealed class SettingsSection(Config config, string path)
{
    /// <summary>A time, more than zero.</summary>
    public TimeSpan Time(string key)
    {
        TimeSpan value = Existing(key).GetTimeSpan($"{path}.{key}");
        return value > TimeSpan.Zero ? value : throw new ArgumentException($"{path}.{key} must be more than 0, is {value}");
    }

    /// <summary>on or off.</summary>
    public bool Switch(string key) => Existing(key).GetString($"{path}.{key}") switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        var value => throw new ArgumentException($"{path}.{key} must be on or off, is {value}"),
    };

    /// <summary>A number, at least 1.</summary>
    public int Count(string key)
    {
        int value = Existing(key).GetInt($"{path}.{key}");
        return value >= 1 ? value : throw new ArgumentException($"{path}.{key} must be at least 1, is {value}");
    }

    /// <summary>A number of bytes, at least 1.</summary>
    public long Bytes(string key)
    {
        long value = Existing(key).GetByteSize($"{path}.{key}") ?? 0;
        return value >= 1 ? value : throw new ArgumentException($"{path}.{key} must be at least 1 byte, is {value}");
    }

    /// <summary>A part of a whole, above 0 and up to 1.</summary>
    public double Fraction(string key)
    {
        double value = Existing(key).GetDouble($"{path}.{key}");
        return value is > 0 and <= 1 ? value : throw new ArgumentException($"{path}.{key} must lie above 0 and up to 1, is {value}");
    }

    /// <summary>An amount, zero or more.</summary>
    public double Number(string key)
    {
        double value = Existing(key).GetDouble($"{path}.{key}");
        return value >= 0 && double.IsFinite(value) ? value : throw new ArgumentException($"{path}.{key} must be 0 or more, is {value}");
    }

    private Config Existing(string key) =>
        config.HasPath($"{path}.{key}") ? config : throw new ArgumentException($"{path}.{key} is not set; see reference.conf");
}
