namespace Docker.DotNet.Specs.Fake;

/// <summary>Yields a byte now and then, and ends after some.</summary>
public sealed class DripStream(int pieces, TimeSpan every) : Stream
{
    private readonly PeriodicTimer _beat = new(every);
    private int _left = pieces;

    public int PiecesLeft => Math.Max(0, _left);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left-- <= 0) return 0;
        await _beat.WaitForNextTickAsync(cancellationToken);
        buffer.Span[0] = 1;
        return 1;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _beat.Dispose();
        base.Dispose(disposing);
    }
}
