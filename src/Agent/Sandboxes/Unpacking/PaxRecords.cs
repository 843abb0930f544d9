using System.Globalization;
using System.Text;

namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>What a tar says of an entry, or of all that follow, beside headers: <c>LENGTH KEY=VALUE\n</c> each. Values are bytes.</summary>
internal sealed class PaxRecords
{
    private const string SparsePrefix = "GNU.sparse.";

    /// <summary>Nothing.</summary>
    public static readonly PaxRecords None = new();

    private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    /// <summary>Offsets and lengths by turns, in the oldest of the three ways to tell holes.</summary>
    private readonly List<byte[]> _pieces = [];

    /// <summary>Whether the entry is a file with holes.</summary>
    public bool IsSparse => _values.Keys.Any(static key => key.StartsWith(SparsePrefix, StringComparison.Ordinal));

    /// <summary>Bytes of all keys and values.</summary>
    public long Size => _values.Sum(static pair => (long)pair.Key.Length + pair.Value.Length) + _pieces.Sum(static piece => (long)piece.Length + sizeof(long));

    /// <summary>Reads records, over those that were known before.</summary>
    /// <exception cref="InvalidDataException">They are not well-formed.</exception>
    public static PaxRecords Parse(ReadOnlySpan<byte> text, PaxRecords before)
    {
        PaxRecords records = None.Over(before);
        while (text.Length > 0)
        {
            int blank = text.IndexOf((byte)' ');
            if (blank < 1 || !int.TryParse(text[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length <= blank + 1 || length > text.Length || text[length - 1] != '\n')
                throw Damaged();
            ReadOnlySpan<byte> record = text[(blank + 1)..(length - 1)];
            int sign = record.IndexOf((byte)'=');
            if (sign < 1)
                throw Damaged();
            string key = Encoding.UTF8.GetString(record[..sign]);
            byte[] value = record[(sign + 1)..].ToArray();
            if (key is "GNU.sparse.offset" or "GNU.sparse.numbytes")
                records._pieces.Add(value);
            // Without a value it is as if it had not been told before.
            if (value.Length > 0)
                records._values[key] = value;
            else
                records._values.Remove(key);
            text = text[length..];
        }
        return records;
    }

    /// <summary>These, and of others what these do not say.</summary>
    public PaxRecords Over(PaxRecords others)
    {
        var both = new PaxRecords();
        foreach ((string key, byte[] value) in others._values.Concat(_values))
            both._values[key] = value;
        both._pieces.AddRange(_pieces.Count > 0 ? _pieces : others._pieces);
        return both;
    }

    /// <summary>A header with what is told beside it.</summary>
    public TarHeader Apply(TarHeader header) => header with
    {
        Name = _values.GetValueOrDefault("GNU.sparse.name") ?? _values.GetValueOrDefault("path") ?? header.Name,
        LinkName = _values.GetValueOrDefault("linkpath") ?? header.LinkName,
        Length = _values.TryGetValue("size", out byte[]? size) ? Number(size) : header.Length,
        Changed = _values.TryGetValue("mtime", out byte[]? changed) ? Time(changed) : header.Changed,
    };

    /// <summary>Which pieces a file with holes has.</summary>
    /// <param name="data">The entry's data: in the newest way they stand at its beginning.</param>
    /// <param name="most">Most of them.</param>
    /// <param name="size">The file's size with its holes.</param>
    public IReadOnlyList<FilePiece> SparseMap(TarData data, int most, out long size)
    {
        size = Number(_values.GetValueOrDefault("GNU.sparse.realsize") ?? _values.GetValueOrDefault("GNU.sparse.size") ?? throw Damaged());
        if (_values.TryGetValue("GNU.sparse.major", out byte[]? major) && Number(major) == 1)
            return Unpacking.SparseMap.OfData(data, most);
        List<byte[]> numbers = _values.TryGetValue("GNU.sparse.map", out byte[]? map)
            ? [.. Encoding.ASCII.GetString(map).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.ASCII.GetBytes)]
            : _pieces;
        return numbers.Count % 2 == 0 ? [.. numbers.Chunk(2).Select(static pair => new FilePiece(Number(pair[0]), Number(pair[1])))] : throw Damaged();
    }

    /// <summary>A number in decimal digits.</summary>
    public static long Number(ReadOnlySpan<byte> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Damaged();

    private static ChangeTime Time(byte[] text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal time)
        && time is > long.MinValue and < long.MaxValue
            ? new ChangeTime((long)decimal.Floor(time), (long)((time - decimal.Floor(time)) * 1_000_000_000))
            : throw Damaged();

    private static InvalidDataException Damaged() => new("what it says of an entry beside its header is not well-formed");
}
