using System.Buffers.Binary;
using System.Text;
using Docker.DotNet;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>
/// Cuts what the engine sends of a log, with timestamps, into entries. Without a terminal each entry has a frame: eight bytes of
/// header, the time, a blank, the bytes. With a terminal there is only the time in front of each entry, which ends with its line
/// or where the engine cuts lines that are too long.
/// </summary>
internal sealed class LogReader(MultiplexedStream stream, bool hasTerminal)
{
    /// <summary>Where the engine cuts lines.</summary>
    public const int LongestEntry = 16 * 1024;

    private const int HeaderBytes = 8;
    private const int TimeBytes = 31;
    private const int LargestFrame = 4 << 20;

    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private Task<MultiplexedStream.ReadResult>? _reading;

    /// <summary>The entries, in order; a pause of the engine is told as null, so that what was written can be kept.</summary>
    public async IAsyncEnumerable<LogEntry?> Read([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            while (Next(isEnd: false) is { } entry)
                yield return entry;
            MakeRoom();
            _reading = stream.ReadOutputAsync(_buffer, _end, _buffer.Length - _end, cancellation);
            if (!_reading.IsCompleted)
                yield return null;
            MultiplexedStream.ReadResult read = await _reading;
            if (read.Count == 0)
                break;
            _end += read.Count;
        }
        if (Next(isEnd: true) is { } last)
            yield return last;
    }

    private LogEntry? Next(bool isEnd) => hasTerminal ? NextLine(isEnd) : NextFrame();

    private LogEntry? NextFrame()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length < HeaderBytes)
            return null;
        int length = BinaryPrimitives.ReadInt32BigEndian(rest[4..]);
        if (rest[0] > 2 || rest[1] != 0 || length is < 0 or > LargestFrame)
            throw new InvalidDataException("a header was expected in the log");
        if (rest.Length < HeaderBytes + length)
            return null;
        LogEntry entry = Entry(rest[0] == 2, _start + HeaderBytes, length);
        _start += HeaderBytes + length;
        return entry;
    }

    private LogEntry? NextLine(bool isEnd)
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.Length <= TimeBytes)
            return null;
        ReadOnlySpan<byte> data = rest[TimeBytes..];
        int length = data.IndexOf((byte)'\n') is var line and >= 0 && line < LongestEntry + 1 ? line + 1
            : data.Length >= LongestEntry ? LongestEntry
            : isEnd ? data.Length
            : 0;
        if (length == 0)
            return null;
        LogEntry entry = Entry(false, _start, TimeBytes + length);
        _start += TimeBytes + length;
        return entry;
    }

    private LogEntry Entry(bool isError, int start, int length)
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(start, length);
        int blank = bytes.IndexOf((byte)' ');
        if (blank is < 20 or > 40)
            throw new InvalidDataException("a time was expected in the log");
        return new LogEntry(isError, Encoding.ASCII.GetString(bytes[..blank]), _buffer.AsMemory(start + blank + 1, length - blank - 1));
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
