namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>What an entry of a tar has in it: so many bytes, and then fills up to the next block.</summary>
/// <param name="archive">The archive.</param>
/// <param name="length">Bytes.</param>
internal sealed class TarData(Stream archive, long length) : ReadingStream
{
    private readonly long _length = length;
    private readonly int _fill = (int)((TarHeader.Size - (length % TarHeader.Size)) % TarHeader.Size);

    /// <summary>Bytes that were read.</summary>
    public long Offset { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        long left = _length - Offset;
        if (left == 0 || buffer.Length == 0)
            return 0;
        int read = archive.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
        if (read == 0)
            throw new EndOfStreamException();
        Offset += read;
        return read;
    }

    /// <summary>Goes to the next header.</summary>
    /// <returns>Bytes that nobody had read: of what is no file, and behind the last piece of one with holes.</returns>
    public long Finish()
    {
        Span<byte> rest = stackalloc byte[TarHeader.Size];
        long from = Offset;
        while (Read(rest) > 0)
        {
        }
        archive.ReadExactly(rest[.._fill]);
        return Offset - from;
    }
}
