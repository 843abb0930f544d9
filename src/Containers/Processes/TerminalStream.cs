using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <summary>Our end of a terminal. Reading looks several times a second whether it was given up, so it never hangs.</summary>
/// <param name="master">Its descriptor, closed with the stream.</param>
internal sealed class TerminalStream(int master) : Stream
{
    private const int LookMilliseconds = 100;
    private const byte EndOfInput = 4;

    private readonly Lock _lock = new();
    private bool _isClosed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What a person types to say that there is no more.</summary>
    public void EndInput() => Write([EndOfInput], 0, 1);

    /// <summary>Tells the programs in it.</summary>
    public void Resize(int columns, int rows)
    {
        lock (_lock)
        {
            if (!_isClosed)
                Kernel.SetSize(master, columns, rows);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(
            () =>
            {
                while (!Kernel.IsReadable(master, LookMilliseconds))
                    cancellationToken.ThrowIfCancellationRequested();
                // The last program has closed it: an error here, the end for everybody else.
                return Math.Max(0, Kernel.Read(master, buffer.Span));
            },
            cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => Math.Max(0, Kernel.Read(master, buffer.AsSpan(offset, count)));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => Put(buffer.Span), cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Put(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            if (!_isClosed)
                Kernel.Close(master);
            _isClosed = true;
        }
        base.Dispose(disposing);
    }

    private void Put(ReadOnlySpan<byte> data)
    {
        if (!_isClosed)
            Kernel.Write(master, data);
    }
}
