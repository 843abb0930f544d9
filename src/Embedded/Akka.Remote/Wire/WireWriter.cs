using System.Buffers.Binary;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>Writes values into a growing buffer: numbers with 7 bits a byte, texts and bytes with their length before them.</summary>
internal sealed class WireWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    internal int Length => _length;

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    internal ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    internal void Clear() => _length = 0;

    internal byte[] ToArray() => Written.ToArray();

    internal WireWriter Byte(byte value)
    {
        Room(1)[0] = value;
        _length++;
        return this;
    }

    internal WireWriter Number(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var room = Room(10);
        var count = 0;
        while (rest >= 0x80)
        {
            room[count++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        room[count++] = (byte)rest;
        _length += count;
        return this;
    }

    internal WireWriter Text(string? value)
    {
        if (string.IsNullOrEmpty(value)) return Number(0);
        var size = Encoding.UTF8.GetByteCount(value);
        Number(size);
        Encoding.UTF8.GetBytes(value, Room(size));
        _length += size;
        return this;
    }

    internal WireWriter Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        value.CopyTo(Room(value.Length));
        _length += value.Length;
        return this;
    }

    /// <summary>Leaves room for a length that is known later.</summary>
    internal int ReserveInt32()
    {
        Room(4);
        _length += 4;
        return _length - 4;
    }

    internal void FillInt32(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at, 4), value);

    private Span<byte> Room(int count)
    {
        if (_buffer.Length - _length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        return _buffer.AsSpan(_length);
    }
}
