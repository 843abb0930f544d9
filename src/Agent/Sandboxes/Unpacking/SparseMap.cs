namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>Which pieces of a file with holes are in a tar, where GNU writes that into headers or data.</summary>
internal static class SparseMap
{
    /// <summary>In the header (type S): four pieces and the size, with more in blocks behind it while each says so.</summary>
    /// <param name="header">The header.</param>
    /// <param name="archive">What follows it.</param>
    /// <param name="most">Most pieces.</param>
    /// <param name="size">The file's size with its holes.</param>
    public static IReadOnlyList<FilePiece> OfHeader(ReadOnlySpan<byte> header, Stream archive, int most, out long size)
    {
        var pieces = new List<FilePiece>();
        size = TarHeader.Number(header[483..495]);
        Add(pieces, header[386..482], most);
        Span<byte> block = stackalloc byte[TarHeader.Size];
        for (bool more = header[482] != 0; more; more = block[504] != 0)
        {
            archive.ReadExactly(block);
            Add(pieces, block[..504], most);
        }
        return pieces;
    }

    /// <summary>At the beginning of the data: how many, and then offset and length of each, one number a line, filled up to a block.</summary>
    public static IReadOnlyList<FilePiece> OfData(TarData data, int most)
    {
        long count = Line(data);
        var pieces = new List<FilePiece>();
        for (long i = 0; i < count; i++)
            Add(pieces, new FilePiece(Line(data), Line(data)), most);
        Span<byte> fill = stackalloc byte[TarHeader.Size];
        data.ReadExactly(fill[..(int)((TarHeader.Size - (data.Offset % TarHeader.Size)) % TarHeader.Size)]);
        return pieces;
    }

    private static void Add(List<FilePiece> pieces, ReadOnlySpan<byte> entries, int most)
    {
        for (; entries.Length >= 24 && entries[0] != 0; entries = entries[24..])
            Add(pieces, new FilePiece(TarHeader.Number(entries[..12]), TarHeader.Number(entries[12..24])), most);
    }

    private static void Add(List<FilePiece> pieces, FilePiece piece, int most)
    {
        if (pieces.Count == most)
            throw new SandboxException($"it has a file of more than {most} pieces");
        pieces.Add(piece);
    }

    private static long Line(TarData data)
    {
        const int longest = 20;
        Span<byte> digits = stackalloc byte[longest];
        for (int length = 0; length < longest; length++)
        {
            data.ReadExactly(digits.Slice(length, 1));
            if (digits[length] == '\n')
                return PaxRecords.Number(digits[..length]);
        }
        throw new InvalidDataException("a number of a file with holes does not end");
    }
}
