using System.Globalization;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>How far one stream has been written, in words of the engine's log.</summary>
/// <param name="At">A time: earlier entries were written; empty when there are none.</param>
/// <param name="Count">How many entries of exactly that time were written: parts of a long line share one.</param>
/// <param name="Length">Place in the file that this is about.</param>
/// <param name="IsExact">
/// Whether it was read from the log; else it was by our clock, bytes that were on their way then stand on the wrong side of it, and
/// all bytes that the file has beyond are good.
/// </param>
internal sealed record LogPosition(string At, int Count, long Length, bool IsExact = true)
{
    private const string None = "-";
    private const string ByClock = "clock";

    /// <summary>Nothing written.</summary>
    public static LogPosition Start { get; } = new("", 0, 0);

    /// <summary>All that came until now was written.</summary>
    public static LogPosition Until(DateTimeOffset now, long length) =>
        new(now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture), 0, length, IsExact: false);

    /// <summary>From a line of the file, or null.</summary>
    public static LogPosition? Parse(string line)
    {
        string[] parts = line.Split(' ');
        return parts.Length is 3 or 4
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int entries)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
                ? new LogPosition(parts[0] == None ? "" : parts[0], entries, bytes, parts.Length == 3)
                : null;
    }

    /// <summary>A line of the file.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(At.Length == 0 ? None : At)} {Count} {Length}{(IsExact ? "" : $" {ByClock}")}");
}
