#nullable enable
using Microsoft.Net.Http.Client;

namespace Docker.DotNet.Transport;

/// <summary>
/// A connection that the engine has handed over. <paramref name="exchange"/> reads and writes it (it holds what the HTTP
/// layer has read already), <paramref name="connection"/> is what lies below and can be closed for writing.
/// </summary>
internal sealed class HijackedStream(Stream exchange, Stream connection) : WriteClosableStream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => exchange.CanWrite;

    public override bool CanCloseWrite => exchange.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void CloseWrite() => EngineDialer.CloseWrite(connection);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        exchange.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        exchange.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => exchange.Read(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        exchange.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        exchange.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => exchange.Write(buffer, offset, count);

    public override void Flush() => exchange.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => exchange.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            exchange.Dispose();
            connection.Dispose();
        }

        base.Dispose(disposing);
    }
}
