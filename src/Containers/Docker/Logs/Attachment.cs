using Docker.DotNet;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>What comes by an attachment to a container, a piece after the other. Not read, it lets the container wait.</summary>
/// <param name="stream">The attachment.</param>
/// <param name="since">Our time just before it was asked for, as the engine writes times.</param>
internal sealed class Attachment(MultiplexedStream stream, string since) : IDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[PieceBytes];
    private Task<MultiplexedStream.ReadResult>? _reading;

    /// <summary>Our time just before it was asked for, as the engine writes times.</summary>
    public string Since => since;

    /// <summary>The next piece, the same one until it is taken; of no bytes at the end.</summary>
    public Task<MultiplexedStream.ReadResult> Next(CancellationToken cancellation) => _reading ??= stream.ReadOutputAsync(_buffer, 0, PieceBytes, cancellation);

    /// <summary>Takes a piece that has come; its bytes are good until the next one is asked for.</summary>
    public (bool IsError, ReadOnlyMemory<byte> Data) Take(MultiplexedStream.ReadResult piece)
    {
        _reading = null;
        return (piece.Target == MultiplexedStream.TargetStream.StandardError, _buffer.AsMemory(0, piece.Count));
    }

    public void Dispose() => stream.Dispose();
}
