using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Akka.Actor;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// Writes fields in the form of Protocol Buffers: a number and the value, so that a reader skips what it does not know. Whole
/// numbers are zigzag varints (<c>sint64</c>), lists a message of items in field 1, maps a message of pairs in field 1.
/// </summary>
internal sealed class WireWriter
{
    private const int RoomThatIsKept = 256 * 1024;

    [ThreadStatic]
    private static WireWriter? _spare;

    private byte[] _bytes = new byte[4096];

    private WireWriter()
    {
    }

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>An empty writer, to be given back.</summary>
    public static WireWriter Take()
    {
        WireWriter writer = _spare ?? new WireWriter();
        _spare = null;
        writer.Length = 0;
        return writer;
    }

    /// <summary>Keeps the writer for the next message of this thread, unless it has grown large.</summary>
    public void GiveBack() => _spare = _bytes.Length <= RoomThatIsKept ? this : null;

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();

    /// <summary>A whole number.</summary>
    public void Int(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)((value << 1) ^ (value >> 63)));
    }

    /// <summary>A truth.</summary>
    public void Bool(int field, bool value)
    {
        Tag(field, WireType.Varint);
        Varint(value ? 1u : 0u);
    }

    /// <summary>A number, also one that is none.</summary>
    public void Double(int field, double value)
    {
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);
        Length += 8;
    }

    /// <summary>Text as UTF-8; half a character becomes the sign for that.</summary>
    public void Text(int field, string value)
    {
        Tag(field, WireType.Bytes);
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most < 0x80)
        {
            Span<byte> room = Room(most + 1);
            room[0] = (byte)Encoding.UTF8.GetBytes(value, room[1..]);
            Length += room[0] + 1;
            return;
        }
        int count = Encoding.UTF8.GetByteCount(value);
        Varint((uint)count);
        Encoding.UTF8.GetBytes(value, Room(count));
        Length += count;
    }

    /// <summary>Bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Bytes);
        Varint((uint)value.Length);
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }

    /// <summary>An identifier: 16 bytes, the first the most significant.</summary>
    public void Guid(int field, Guid value)
    {
        Tag(field, WireType.Bytes);
        Varint(16);
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
        Length += 16;
    }

    /// <summary>A moment: ticks of universal time in field 1, minutes of the clock's offset in field 2.</summary>
    public void Time(int field, DateTimeOffset value)
    {
        int at = Begin(field);
        Int(1, value.UtcTicks);
        if (value.Offset != TimeSpan.Zero)
            Int(2, value.Offset.Ticks / TimeSpan.TicksPerMinute);
        End(at);
    }

    /// <summary>A reference to an actor: its path with the address of its system; empty for nobody.</summary>
    public void Actor(int field, IActorRef value) => Text(field, ReferenceEquals(value, ActorRefs.Nobody) ? "" : Akka.Serialization.Serialization.SerializedActorPath(value));

    /// <summary>Numbers without sign, as one field.</summary>
    public void Packed(int field, ReadOnlySpan<ulong> values)
    {
        int at = Begin(field);
        foreach (ulong value in values)
            Varint(value);
        End(at);
    }

    /// <summary>Begins a field that holds fields.</summary>
    /// <returns>To be given to <see cref="End"/>.</returns>
    public int Begin(int field)
    {
        Tag(field, WireType.Bytes);
        Room(1);
        return ++Length;
    }

    /// <summary>Ends the field; what it holds moves up when its length takes more than a byte.</summary>
    public void End(int begin)
    {
        int length = Length - begin;
        int more = 0;
        for (int rest = length; rest >= 0x80; rest >>= 7)
            more++;
        if (more > 0)
        {
            Room(more);
            _bytes.AsSpan(begin, length).CopyTo(_bytes.AsSpan(begin + more));
        }
        Length = begin - 1;
        Varint((uint)length);
        Length += length;
    }

    /// <summary>What must be there.</summary>
    public static T Required<T>([NotNull] T? value, string field)
        where T : class => value ?? throw new WireException(field, "is null");

    /// <summary>There is no number for a kind of an abstract record.</summary>
    public static WireException NoKind(string type, object? value) => new($"{type}: {value?.GetType().Name ?? "null"} has no number");

    private void Tag(int field, WireType type) => Varint((uint)((field << 3) | (int)type));

    private void Varint(ulong value)
    {
        Span<byte> room = Room(10);
        int count = 0;
        for (; value >= 0x80; value >>= 7)
            room[count++] = (byte)(value | 0x80);
        room[count++] = (byte)value;
        Length += count;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(Length + count)));
        return _bytes.AsSpan(Length);
    }
}
