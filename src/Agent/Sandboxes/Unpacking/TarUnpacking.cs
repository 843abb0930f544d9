using ActorScheduler.Containers.Files;

namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>
/// Unpacks a tar as POSIX (ustar, pax) and GNU write it. Read here and not by System.Formats.Tar, which believes headers without
/// their sum, makes text of names, takes an archive that is cut off between entries for a whole one, and writes files with holes as
/// they lie in the archive.
/// </summary>
/// <param name="stream">The archive.</param>
/// <param name="target">Where to.</param>
/// <param name="limits">What may come out.</param>
internal sealed class TarUnpacking(Stream stream, UnpackTarget target, UnpackLimits limits)
{
    private readonly byte[] _block = new byte[TarHeader.Size];
    private PaxRecords _global = PaxRecords.None;

    /// <summary>Unpacks all, and reads to the end of what it is packed in: only there are its sums.</summary>
    public void Unpack()
    {
        PaxRecords extra = PaxRecords.None;
        byte[]? longName = null, longLink = null;
        while (true)
        {
            stream.ReadExactly(_block);
            if (!_block.AsSpan().ContainsAnyExcept((byte)0))
                break;
            TarHeader header = TarHeader.Parse(_block);
            switch (header.Type)
            {
                case 'x':
                    extra = PaxRecords.Parse(ReadExtra(header.Length), PaxRecords.None);
                    continue;
                case 'g':
                    _global = PaxRecords.Parse(ReadExtra(header.Length), _global);
                    // Each says something more of all that follow.
                    if (_global.Size > limits.MostExtraBytes)
                        throw TooMuchExtra();
                    continue;
                case 'L':
                    longName = Text(ReadExtra(header.Length));
                    continue;
                case 'K':
                    longLink = Text(ReadExtra(header.Length));
                    continue;
            }
            PaxRecords records = extra.Over(_global);
            header = header with { Name = longName ?? header.Name, LinkName = longLink ?? header.LinkName };
            Entry(records.Apply(header), records);
            (extra, longName, longLink) = (PaxRecords.None, null, null);
        }
        // Fills of a last block, no more; they come out as well, and an end that is not packed is a bomb too.
        for (int read; (read = stream.Read(_block)) > 0;)
            limits.CountBytes(read);
    }

    private void Entry(TarHeader header, PaxRecords records)
    {
        if (header.Length < 0)
            throw new InvalidDataException("an entry has less than no bytes");
        // A hard link has none, whatever size it tells.
        long length = header.Type == '1' ? 0 : header.Length;
        var data = new TarData(stream, length);
        switch (header.Type)
        {
            case 'S':
                IReadOnlyList<FilePiece> pieces = SparseMap.OfHeader(_block, stream, limits.MostPieces, out long size);
                target.WriteSparse(header.Name, data, size, pieces, header.Mode, header.Changed);
                break;
            case '0' or '\0' or '7' when records.IsSparse:
                pieces = records.SparseMap(data, limits.MostPieces, out size);
                target.WriteSparse(header.Name, data, size, pieces, header.Mode, header.Changed);
                break;
            // Before 1988 a folder was a file whose name ends so.
            case '0' or '\0' when header.Name is [.., (byte)'/']:
            case '5' or 'D':
                target.MakeFolder(header.Name, header.Mode, header.Changed);
                break;
            case '0' or '\0' or '7':
                target.WriteFile(header.Name, data, header.Mode, header.Changed);
                break;
            case '1':
                target.MakeName(header.Name, header.LinkName);
                break;
            case '2':
                target.MakeLink(header.Name, header.LinkName, header.Changed);
                break;
            // The name of the archive itself.
            case 'V':
                break;
            case var type:
                throw new SandboxException($"its entry '{FileName.Show([header.Name])}' is {Kind(type)}, which has no place in a sandbox");
        }
        limits.CountBytes(data.Finish());
    }

    private static string Kind(char type) => type switch
    {
        '3' => "a CharacterDevice",
        '4' => "a BlockDevice",
        '6' => "a Fifo",
        'M' => "a part of a file that begins in another archive",
        _ => "of a kind that is not known",
    };

    private byte[] ReadExtra(long length)
    {
        if (length < 0 || length > limits.MostExtraBytes)
            throw TooMuchExtra();
        // It comes out too: packed, millions of them are small.
        limits.CountBytes(length + TarHeader.Size);
        byte[] extra = new byte[length];
        var data = new TarData(stream, length);
        data.ReadExactly(extra);
        data.Finish();
        return extra;
    }

    private SandboxException TooMuchExtra() => new($"it says more than {limits.MostExtraBytes} bytes of an entry beside its header");

    private static byte[] Text(byte[] text) => Array.IndexOf(text, (byte)0) is var end and >= 0 ? text[..end] : text;
}
