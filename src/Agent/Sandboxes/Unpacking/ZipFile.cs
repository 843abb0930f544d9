namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>
/// A zip as the runtime's reader sees it. That one reads the whole directory into memory, whatever the record at the end says of its size: so
/// until <see cref="DirectoryIsRead"/> no more bytes are given than a directory may have.
/// </summary>
/// <param name="file">The file; it is not closed.</param>
/// <param name="mostDirectoryBytes">Bytes of a directory.</param>
internal sealed class ZipFile(FileStream file, int mostDirectoryBytes) : Stream
{
    /// <summary>What is read beside it: the records at the end with the longest comment, and what is read ahead.</summary>
    private const int Around = 256 * 1024;

    private long _left = mostDirectoryBytes + (long)Around;
    private bool _isBounded = true;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <summary>What is read from now on is content, which is bounded where it comes out.</summary>
    public void DirectoryIsRead() => _isBounded = false;

    /// <exception cref="SandboxException">The directory is too large.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = file.Read(buffer);
        if (_isBounded && (_left -= read) < 0)
            throw new SandboxException($"its directory has more than {mostDirectoryBytes} bytes: it has too many entries");
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
