using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Akka.Remote.Wire;

/// <summary>Takes the frames out of a stream of bytes. A frame that is too long ends it before it costs memory.</summary>
internal sealed class FrameReader(Stream stream, int maximumFrameSize)
{
    private const int LengthBytes = 4;

    // A connection on which nothing comes holds no buffer: a master has thousands of them.
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true, useZeroByteReads: true));

    /// <summary>Handles one frame; only valid during the call.</summary>
    internal delegate void Handler(FrameKind kind, ReadOnlySpan<byte> content);

    /// <summary>Reads the first frame alone.</summary>
    /// <exception cref="EndOfStreamException">The other side closed before it said anything.</exception>
    internal async Task<(FrameKind Kind, byte[] Content)> ReadFirst(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (TryTake(ref buffer, out var frame))
            {
                var bytes = frame.ToArray();
                _reader.AdvanceTo(buffer.Start);
                return ((FrameKind)bytes[0], bytes[1..]);
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) throw new EndOfStreamException("The other side closed the connection before it said who it is");
        }
    }

    /// <summary>Handles frames until the other side closes. <paramref name="drained"/> runs whenever all that came was handled.</summary>
    /// <exception cref="InvalidDataException">What came is no frame.</exception>
    internal async Task Run(Handler handle, Func<ValueTask> drained, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = read.Buffer;
            while (TryTake(ref buffer, out var frame)) Handle(frame, handle);
            _reader.AdvanceTo(buffer.Start, buffer.End);
            await drained().ConfigureAwait(false);
            if (read.IsCompleted) return;
        }
    }

    private static void Handle(in ReadOnlySequence<byte> frame, Handler handle)
    {
        if (frame.IsSingleSegment)
        {
            handle((FrameKind)frame.FirstSpan[0], frame.FirstSpan[1..]);
            return;
        }

        var length = (int)frame.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        frame.CopyTo(rented);
        try
        {
            handle((FrameKind)rented[0], rented.AsSpan(1, length - 1));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (buffer.Length < LengthBytes) return false;
        Span<byte> head = stackalloc byte[LengthBytes];
        buffer.Slice(0, LengthBytes).CopyTo(head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length < 1 || length > maximumFrameSize)
            throw new InvalidDataException($"A frame of {length} bytes came; akka.remote.dot-netty.tcp.maximum-frame-size is {maximumFrameSize}");
        if (buffer.Length < LengthBytes + length) return false;
        frame = buffer.Slice(LengthBytes, length);
        buffer = buffer.Slice(LengthBytes + length);
        return true;
    }
}
