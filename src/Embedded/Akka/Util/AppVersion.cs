using System.Globalization;

namespace Akka.Util;

/// <summary>
/// The version of an application, for comparing while a new one is rolled out: numbers between dots, compared as numbers,
/// then anything after the first hyphen or plus sign. A version without that tail is later than the same one with a tail.
/// </summary>
public class AppVersion : IComparable<AppVersion>, IEquatable<AppVersion>
{
    /// <summary>The version of an application that gives none: 0.0.0.</summary>
    public static readonly AppVersion Zero = new("0.0.0");

    private readonly int[] _numbers;
    private readonly string _tail;

    private AppVersion(string version)
    {
        Version = version;
        var cut = version.IndexOfAny(['-', '+']);
        _tail = cut < 0 ? string.Empty : version[(cut + 1)..];
        var numbers = new List<int>();
        foreach (var part in (cut < 0 ? version : version[..cut]).Split('.'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                // Words among the numbers count as the tail.
                _tail = version[(numbers.Count == 0 ? 0 : version.IndexOf(part, StringComparison.Ordinal))..];
                break;
            }

            numbers.Add(number);
        }

        while (numbers.Count < 3)
        {
            numbers.Add(0);
        }

        _numbers = [.. numbers];
    }

    /// <summary>The version as given.</summary>
    public string Version { get; }

    /// <summary>Reads a version.</summary>
    public static AppVersion Create(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return new AppVersion(version);
    }

    /// <inheritdoc />
    public int CompareTo(AppVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var compared = NumberAt(_numbers, i).CompareTo(NumberAt(other._numbers, i));
            if (compared != 0)
            {
                return compared;
            }
        }

        if (_tail.Length == 0 || other._tail.Length == 0)
        {
            return other._tail.Length.CompareTo(_tail.Length);
        }

        return string.CompareOrdinal(_tail, other._tail);
    }

    /// <inheritdoc />
    public bool Equals(AppVersion? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AppVersion);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_numbers[0], _numbers[1], _numbers[2], _tail);

    /// <inheritdoc />
    public override string ToString() => Version;

    private static int NumberAt(int[] numbers, int index) => index < numbers.Length ? numbers[index] : 0;
}
