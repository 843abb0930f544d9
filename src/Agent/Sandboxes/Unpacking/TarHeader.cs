namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>What a header of a tar says of its entry (POSIX.1-2001 pax, "ustar interchange format").</summary>
/// <param name="Type">What it is.</param>
/// <param name="Name">Bytes of its name.</param>
/// <param name="LinkName">To what a link leads.</param>
/// <param name="Length">Bytes that follow.</param>
/// <param name="Mode">Permissions.</param>
/// <param name="Changed">When it was changed.</param>
internal sealed record TarHeader(char Type, byte[] Name, byte[] LinkName, long Length, int Mode, ChangeTime Changed)
{
    /// <summary>Bytes of a header, and of each block.</summary>
    public const int Size = 512;

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">Its sum is another, or a number in it is none.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        CheckSum(block);
        byte[] name = Text(block[..100]);
        // GNU has other things in the place of a prefix, and says so after "ustar".
        if (block[257..263].SequenceEqual("ustar\0"u8) && Text(block[345..500]) is { Length: > 0 } prefix)
            name = [.. prefix, (byte)'/', .. name];
        return new TarHeader((char)block[156], name, Text(block[157..257]), Number(block[124..136]), (int)(Number(block[100..108]) & 0xfff), new ChangeTime(Number(block[136..148])));
    }

    /// <summary>Octal digits among blanks; or, when the first bit is set, the number itself, which GNU writes when it is large.</summary>
    public static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            // The second bit is the sign.
            long large = (field[0] & 0x40) != 0 ? -1 : 0;
            large = (large << 6) | (uint)(field[0] & 0x3f);
            foreach (byte next in field[1..])
            {
                if (large is > long.MaxValue >> 8 or < long.MinValue >> 8)
                    throw new InvalidDataException("a number in a header is too large");
                large = (large << 8) | next;
            }
            return large;
        }
        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        long number = 0;
        foreach (byte digit in digits)
        {
            // Some end a number and leave what was there before behind it.
            if (digit is (byte)' ' or 0)
                break;
            number = digit is >= (byte)'0' and <= (byte)'7' ? (number << 3) | (uint)(digit - '0') : throw new InvalidDataException("a number in a header is none");
        }
        return number;
    }

    private static void CheckSum(ReadOnlySpan<byte> block)
    {
        // Of bytes without a sign; old programs had them with one. Its own field counts as blanks.
        long sum = 8 * ' ', old = sum;
        for (int i = 0; i < Size; i++)
        {
            if (i is >= 148 and < 156)
                continue;
            sum += block[i];
            old += (sbyte)block[i];
        }
        long told = Number(block[148..156]);
        if (told != sum && told != old)
            throw new InvalidDataException("a header has another sum than it tells");
    }

    private static byte[] Text(ReadOnlySpan<byte> field) => (field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field).ToArray();
}
