using System.Globalization;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>How far one stream has been written.</summary>
/// <param name="At">Time of the last entry written; empty when there is none.</param>
/// <param name="Count">How many entries of exactly that time were written: parts of a long line share one.</param>
/// <param name="Length">Bytes in the current file then; what is beyond is written again.</param>
internal sealed record LogPosition(string At, int Count, long Length)
{
    private const string None = "-";

    /// <summary>Nothing written.</summary>
    public static LogPosition Start { get; } = new("", 0, 0);

    /// <summary>One more entry.</summary>
    public LogPosition After(string at, int bytes) => new(at, at == At ? Count + 1 : 1, Length + bytes);

    /// <summary>From a line of the file, or null.</summary>
    public static LogPosition? Parse(string line) =>
        line.Split(' ') is [var at, var count, var length]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int entries)
        && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            ? new LogPosition(at == None ? "" : at, entries, bytes)
            : null;

    /// <summary>A line of the file.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(At.Length == 0 ? None : At)} {Count} {Length}");

    /// <summary>
    /// What the engine is asked for to go on after both streams: a little earlier than the later one, because the streams are
    /// not in order among each other. Null for everything.
    /// </summary>
    public static string? Since(LogPosition output, LogPosition error)
    {
        string last = string.CompareOrdinal(output.At, error.At) > 0 ? output.At : error.At;
        return DateTimeOffset.TryParse(last, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? (at.ToUnixTimeSeconds() - 10).ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
