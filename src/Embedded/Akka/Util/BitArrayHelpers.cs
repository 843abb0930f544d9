using System.Collections;

namespace Akka.Util;

/// <summary>Turns bits into bytes.</summary>
public static class BitArrayHelpers
{
    /// <summary>The bits, eight a byte, the first one lowest.</summary>
    public static byte[] ToBytes(this BitArray arr)
    {
        var bytes = new byte[(arr.Length + 7) / 8];
        arr.CopyTo(bytes, 0);
        return bytes;
    }
}
