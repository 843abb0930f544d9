using System.Buffers;
using System.Globalization;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>Reads the values of options as the engine's own command line does. What cannot be read is a <see cref="FormatException"/>.</summary>
internal static class OptionValues
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary><c>true</c> or <c>false</c>; a flag without a value is set.</summary>
    public static bool Flag(string value) => value switch
    {
        "" or "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new FormatException($"'{value}' must be true or false"),
    };

    /// <summary>A whole number.</summary>
    public static long Number(string value) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new FormatException($"'{value}' must be a whole number");

    /// <summary>A time in whole seconds.</summary>
    public static TimeSpan Seconds(string value) => Number(value) is >= 0 and <= int.MaxValue and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException($"'{value}' must lie between 0 and {int.MaxValue} seconds");

    /// <summary>A number above zero.</summary>
    public static double Fraction(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 1e6
            ? number
            : throw new FormatException($"'{value}' must be a number above 0");

    /// <summary>Bytes, or with a unit: <c>64m</c>, <c>1g</c>, <c>512kb</c>, <c>1.5GiB</c>.</summary>
    public static long Bytes(string value)
    {
        int digits = value.AsSpan().IndexOfAnyExcept(Digits) is var end && end < 0 ? value.Length : end;
        long unit = value[digits..].Trim().ToLowerInvariant().TrimEnd('b').TrimEnd('i') switch
        {
            "" => 1,
            "k" => 1L << 10,
            "m" => 1L << 20,
            "g" => 1L << 30,
            "t" => 1L << 40,
            _ => 0,
        };
        return unit > 0 && double.TryParse(value[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * unit < long.MaxValue / 2
            ? (long)(number * unit)
            : throw new FormatException($"'{value}' must be a size such as 64m or 1g");
    }

    /// <summary>Two parts; the second is empty when there is no separator.</summary>
    public static (string Key, string Value) Pair(string value, string separator) =>
        value.Split(separator, 2) is [{ Length: > 0 } key, .. var rest] ? (key, rest.Length > 0 ? rest[0] : "") : throw new FormatException($"'{value}' has no name");

    /// <summary><c>nofile=1024:2048</c>, <c>core=0</c>.</summary>
    public static Ulimit ParseUlimit(string value)
    {
        (string name, string limits) = Pair(value, "=");
        string[] parts = limits.Split(':');
        if (parts.Length > 2 || limits.Length == 0)
            throw new FormatException($"'{value}' must be written name=soft:hard");
        return new Ulimit { Name = name, Soft = Number(parts[0]), Hard = Number(parts[^1]) };
    }

    /// <summary><c>/dev/on-host[:/dev/in-container][:rwm]</c>.</summary>
    public static DeviceMapping ParseDevice(string value) => value.Split(':') switch
    {
        [{ Length: > 0 } host] => new DeviceMapping { PathOnHost = host, PathInContainer = host, CgroupPermissions = "rwm" },
        [{ Length: > 0 } host, var rights] when rights.Length > 0 && rights.All(static c => c is 'r' or 'w' or 'm') =>
            new DeviceMapping { PathOnHost = host, PathInContainer = host, CgroupPermissions = rights },
        [{ Length: > 0 } host, { Length: > 0 } inside] => new DeviceMapping { PathOnHost = host, PathInContainer = inside, CgroupPermissions = "rwm" },
        [{ Length: > 0 } host, { Length: > 0 } inside, { Length: > 0 } rights] =>
            new DeviceMapping { PathOnHost = host, PathInContainer = inside, CgroupPermissions = rights },
        _ => throw new FormatException($"'{value}' must be written /dev/host:/dev/container:rwm"),
    };

    /// <summary><c>/dev/sda:1mb</c>.</summary>
    public static ThrottleDevice Throttle(string value)
    {
        (string path, string rate) = Pair(value, ":");
        return new ThrottleDevice { Path = path, Rate = (ulong)Bytes(rate) };
    }

    /// <summary><c>all</c>, a number, or <c>device=0,1</c>.</summary>
    public static DeviceRequest ParseGpus(string value)
    {
        var request = new DeviceRequest { Driver = "", Capabilities = [["gpu"]] };
        if (value.Trim('"') is var text && text.StartsWith("device=", StringComparison.Ordinal))
            request.DeviceIDs = text["device=".Length..].Split(',');
        else
            request.Count = text == "all" ? -1 : Number(text);
        return request;
    }

    /// <summary><c>type=bind,source=/a,target=/b,readonly</c>.</summary>
    public static Mount ParseMount(string value)
    {
        var mount = new Mount { Type = "volume" };
        foreach (string part in value.Split(','))
        {
            (string key, string text) = Pair(part, "=");
            switch (key.ToLowerInvariant())
            {
                case "type":
                    mount.Type = text;
                    break;
                case "source" or "src":
                    mount.Source = text;
                    break;
                case "target" or "destination" or "dst":
                    mount.Target = text;
                    break;
                case "readonly" or "ro":
                    mount.ReadOnly = Flag(text);
                    break;
                case "bind-propagation":
                    mount.BindOptions = new BindOptions { Propagation = text };
                    break;
                case "tmpfs-size":
                    mount.TmpfsOptions = new TmpfsOptions { SizeBytes = Bytes(text) };
                    break;
                case "volume-driver":
                    mount.VolumeOptions = new VolumeOptions { DriverConfig = new Driver { Name = text } };
                    break;
                default:
                    throw new FormatException($"'{key}' is not a part of a mount that is known here");
            }
        }
        return mount.Target is { Length: > 0 } ? mount : throw new FormatException($"'{value}' needs a target");
    }
}
