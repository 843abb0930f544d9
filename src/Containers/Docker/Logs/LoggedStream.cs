using System.Buffers;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>
/// One stream as the engine's log has it, and where in it two others stand that overlap with it: the end of the sandbox's file, and the
/// beginning of what comes by an attachment. An entry has a time and those have not, so a time only says about where; the bytes say
/// exactly. Pure.
/// </summary>
internal sealed class LoggedStream
{
    /// <summary>Bytes by which a place is looked for.</summary>
    public const int NeedleBytes = 4096;

    /// <summary>Bytes that a time may be wrong by, at first.</summary>
    private const int Near = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(string At, int End)> _entries = [];
    private bool _isPart;
    private bool _hasLostEnd;

    /// <summary>Bytes that it has.</summary>
    public int Length => _bytes.WrittenCount;

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds an entry.</summary>
    public void Add(string at, ReadOnlySpan<byte> data)
    {
        EndLine();
        _bytes.Write(data);
        _entries.Add((at, Length));
        bool isEnd = data.Length > 0 && data[^1] == '\n';
        _hasLostEnd = _isPart && !isEnd && data.Length < LogReader.LongestEntry;
        _isPart = !isEnd && data.Length == LogReader.LongestEntry;
    }

    /// <summary>
    /// Engines cut lines that are too long, and some (20.10, driver local) lose the end of the line with the last part. What comes behind
    /// it says that it was there; so does a container that runs.
    /// </summary>
    public void EndLine()
    {
        if (!_hasLostEnd)
            return;
        _bytes.Write("\n"u8);
        _entries[^1] = (_entries[^1].At, Length);
        _hasLostEnd = false;
    }

    /// <summary>Whether it has something that was written at a time or later.</summary>
    public bool EndsAfter(string at) => _entries.Count > 0 && string.CompareOrdinal(_entries[^1].At, at) >= 0;

    /// <summary>About how many of the bytes were there at a time.</summary>
    public int Before(string at)
    {
        int before = 0;
        foreach ((string time, int end) in _entries)
        {
            if (string.CompareOrdinal(time, at) >= 0)
                break;
            before = end;
        }
        return before;
    }

    /// <summary>Where it goes on after a position that was read from the log.</summary>
    public int After(LogPosition exact)
    {
        int after = Before(exact.At);
        int count = exact.Count;
        foreach ((string time, int end) in _entries)
        {
            if (string.Equals(time, exact.At, StringComparison.Ordinal) && count-- > 0)
                after = end;
        }
        return after;
    }

    /// <summary>Where it goes on after the end of the file; null when what stands there is not kept any more.</summary>
    /// <param name="tail">The last bytes of the file, as many as are looked for, or all.</param>
    /// <param name="position">Up to when the file was written, and how far.</param>
    /// <param name="end">The file's end now.</param>
    public int? After(ReadOnlySpan<byte> tail, LogPosition position, long end)
    {
        if (tail.Length == 0 || Length == 0)
            return 0;
        if (tail.Length == end && Bytes.StartsWith(tail))
            return Nearest(tail, Before(position.At) + (end - position.Length) - tail.Length, 0) + tail.Length;
        // What is left of the log begins after the file has ended: whatever is alike there is so by chance.
        if (string.CompareOrdinal(_entries[0].At, position.At) > 0)
            return null;
        long about = Before(position.At) + (end - position.Length);
        if (Nearest(tail, about - tail.Length, 0) is { } found)
            return found + tail.Length;
        // The log may begin in the middle of what the file ends with.
        for (int shared = Math.Min(tail.Length - 1, Length); shared > 0; shared--)
        {
            if (tail[^shared..].SequenceEqual(Bytes[..shared]))
                return shared;
        }
        return null;
    }

    /// <summary>Where the attachment's first byte stands; null when the log has not come so far yet.</summary>
    /// <param name="attached">The attachment's first bytes.</param>
    /// <param name="at">When it began.</param>
    /// <param name="least">It stands not before this.</param>
    public int? Of(ReadOnlySpan<byte> attached, string at, int least)
    {
        // A line that has not ended is not in the log; one that has is, soon.
        int line = attached.IndexOf((byte)'\n') + 1;
        if (line == 0)
            return Length;
        ReadOnlySpan<byte> needle = attached[..Math.Min(attached.Length, NeedleBytes)];
        line = Math.Min(line, needle.Length);
        int about = Before(at);
        int? best = Nearest(needle, about, least);
        // It may end in the middle of what the attachment begins with.
        for (int shared = Math.Min(needle.Length - 1, Length - least); shared >= line; shared--)
        {
            if (Bytes[^shared..].SequenceEqual(needle[..shared]))
                best = Nearer(best, Length - shared, about);
        }
        return best;
    }

    private int? Nearest(ReadOnlySpan<byte> needle, long about, int least)
    {
        int low = (int)Math.Clamp(about - Near, least, Length);
        int high = (int)Math.Clamp(about + Near + needle.Length, low, Length);
        int? best = null;
        for (int from = low; from < high && Bytes[from..high].IndexOf(needle) is var found and >= 0; from += found + 1)
            best = Nearer(best, from + found, about);
        if (best is null && Bytes[least..].IndexOf(needle) is var first and >= 0)
            best = Nearer(least + first, least + Bytes[least..].LastIndexOf(needle), about);
        return best;
    }

    private static int Nearer(int? known, int found, long about) => known is { } one && Math.Abs(one - about) <= Math.Abs(found - about) ? one : found;
}
