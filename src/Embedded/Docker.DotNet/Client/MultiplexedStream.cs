using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.Net.Http.Client;

namespace Docker.DotNet;

/// <summary>
/// The streams of a container on one connection. Without a terminal the engine puts a header of eight bytes before each
/// piece of output (one byte for the stream, three of zero, four for the length, big endian), which reading takes off again;
/// with a terminal everything is standard output. One reader and one writer may be active at once.
/// </summary>
public class MultiplexedStream : IDisposable
{
    private const int HeaderBytes = 8;
    private const int PieceBytes = 81920;

    private readonly Stream _stream;
    private readonly bool _multiplexed;
    private readonly byte[] _header = new byte[HeaderBytes];

    private TargetStream _target = TargetStream.StandardOut;
    private long _remaining;

    public MultiplexedStream(Stream stream, bool multiplexed)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _multiplexed = multiplexed;
    }

    /// <summary>The stream that a piece of output belongs to.</summary>
    public enum TargetStream
    {
        StandardIn = 0,
        StandardOut = 1,
        StandardError = 2,
    }

    /// <summary>Sends input to the container.</summary>
    /// <exception cref="NotSupportedException">The connection only reads, as with logs.</exception>
    public Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _stream.CanWrite
            ? _stream.WriteAsync(buffer, offset, count, cancellationToken)
            : throw new NotSupportedException("This stream has no input.");

    /// <summary>Ends the container's input. Its output can still be read.</summary>
    /// <exception cref="NotSupportedException">The connection only reads, as with logs.</exception>
    public void CloseWrite()
    {
        if (_stream is not WriteClosableStream { CanCloseWrite: true } closable)
            throw new NotSupportedException("This stream has no input to close.");
        closable.CloseWrite();
    }

    /// <summary>Reads some output. A count of 0 is the end.</summary>
    /// <exception cref="EndOfStreamException">The connection ended in the middle of a piece.</exception>
    /// <exception cref="InvalidDataException">What came is no header: the container has a terminal, after all.</exception>
    public async Task<ReadResult> ReadOutputAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var memory = buffer.AsMemory(offset, count);
        if (!_multiplexed) return new ReadResult { Count = await _stream.ReadAsync(memory, cancellationToken), Target = _target };
        while (_remaining == 0)
        {
            if (!await ReadHeaderAsync(cancellationToken)) return new ReadResult { Count = 0, Target = _target };
        }

        if (memory.Length > _remaining) memory = memory[..(int)_remaining];
        var read = await _stream.ReadAsync(memory, cancellationToken);
        if (read == 0 && memory.Length > 0)
            throw new EndOfStreamException($"The connection ended {_remaining} bytes before the end of a piece of output.");
        _remaining -= read;
        return new ReadResult { Count = read, Target = _target };
    }

    /// <summary>Reads all output as UTF-8 text. It is held in memory: for commands that are known to say little.</summary>
    public async Task<(string stdout, string stderr)> ReadOutputToEndAsync(CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await CopyOutputToAsync(Stream.Null, output, error, cancellationToken);
        return (Text(output), Text(error));

        static string Text(MemoryStream bytes) => Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Sends all of a stream as input, without closing the input.</summary>
    public async Task CopyFromAsync(Stream input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int count;
            while ((count = await input.ReadAsync(buffer, cancellationToken)) > 0)
                await WriteAsync(buffer, 0, count, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Copies output to where each piece belongs until the end.</summary>
    /// <param name="stdin">Takes the echo of input, which engines do not send. May be null, as the others may.</param>
    public async Task CopyOutputToAsync(Stream stdin, Stream stdout, Stream stderr, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            ReadResult read;
            while (!(read = await ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken)).EOF)
            {
                var to = read.Target switch
                {
                    TargetStream.StandardIn => stdin,
                    TargetStream.StandardOut => stdout,
                    _ => stderr,
                };
                if (to is not null) await to.WriteAsync(buffer.AsMemory(0, read.Count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Closes the connection. The container's process goes on.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        GC.SuppressFinalize(this);
    }

    private async ValueTask<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var count = await _stream.ReadAtLeastAsync(_header, HeaderBytes, throwOnEndOfStream: false, cancellationToken);
        if (count == 0) return false;
        if (count < HeaderBytes) throw new EndOfStreamException("The connection ended in the middle of a header.");
        if (_header[0] > (byte)TargetStream.StandardError || _header[1] != 0 || _header[2] != 0 || _header[3] != 0)
            throw new InvalidDataException("A header was expected in front of output. Has the container a terminal?");
        _target = (TargetStream)_header[0];
        _remaining = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
        return true;
    }

    /// <summary>What a read brought.</summary>
    public struct ReadResult
    {
        public int Count { get; set; }

        public TargetStream Target { get; set; }

        public readonly bool EOF => Count == 0;
    }
}
