using System.Text;

namespace Akka.Remote.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote. Whatever does not fit ends in an <see cref="InvalidDataException"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal readonly bool IsAtEnd => _rest.IsEmpty;

    internal byte Byte()
    {
        if (_rest.IsEmpty) throw Truncated();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    internal long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw new InvalidDataException("A number in the frame is longer than 64 bits");
    }

    internal int Int32()
    {
        var value = Number();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new InvalidDataException($"{value} in the frame is no 32-bit number");
    }

    internal string Text() => Encoding.UTF8.GetString(Bytes());

    internal ReadOnlySpan<byte> Bytes()
    {
        var length = Number();
        if (length < 0 || length > _rest.Length) throw Truncated();
        var value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return value;
    }

    private static InvalidDataException Truncated() => new("The frame ends before what it promises");
}
