using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// Reads what <see cref="WireWriter"/> writes, and trusts no byte of it: whatever is wrong is a <see cref="WireException"/>, lengths
/// are checked against what is there before anything is made, and what a message holds bounds how deep it goes.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes, ExtendedActorSystem? system)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = 0;
    private int _end = bytes.Length;
    private WireType _type;

    /// <summary>Number of the present field.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field, if there is one.</summary>
    public bool Next()
    {
        if (_at == _end)
            return false;
        ulong tag = Varint();
        (Field, _type) = ((int)(tag >> 3), (WireType)(tag & 7));
        return tag <= int.MaxValue && Field > 0 ? true : throw new WireException($"byte {_at}: no field begins here");
    }

    /// <summary>Passes over a field that is not known.</summary>
    public void Skip()
    {
        switch (_type)
        {
            case WireType.Varint: Varint(); break;
            case WireType.Fixed64: Take(8); break;
            case WireType.Bytes: Take(Length()); break;
            case WireType.Fixed32: Take(4); break;
            default: throw new WireException($"byte {_at}: field {Field} has no known type");
        }
    }

    /// <summary>Goes into a field that holds fields.</summary>
    /// <returns>To be given to <see cref="Leave"/>.</returns>
    public int Enter()
    {
        Expect(WireType.Bytes);
        int length = Length();
        int outer = _end;
        _end = _at + length;
        return outer;
    }

    /// <summary>Goes on after a field that holds fields.</summary>
    public void Leave(int outer) => (_at, _end) = (_end, outer);

    /// <summary>How many fields with number 1 there are from here: each takes two bytes, so that the answer is bounded.</summary>
    public readonly int CountItems()
    {
        WireReader ahead = this;
        int count = 0;
        while (ahead.Next())
        {
            ahead.Skip();
            if (ahead.Field == 1)
                count++;
        }
        return count;
    }

    /// <summary>A whole number.</summary>
    public long Int64()
    {
        Expect(WireType.Varint);
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A whole number of 32 bits.</summary>
    public int Int32() => Int64() is var value and >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new WireException($"byte {_at}: field {Field} must be a number of 32 bits");

    /// <summary>A truth.</summary>
    public bool Bool()
    {
        Expect(WireType.Varint);
        return Varint() != 0;
    }

    /// <summary>A number.</summary>
    public double Double()
    {
        Expect(WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    /// <summary>Text.</summary>
    public string Text()
    {
        Expect(WireType.Bytes);
        return Strict.GetString(Take(Length()));
    }

    /// <summary>Bytes of one's own.</summary>
    public byte[] Bytes()
    {
        Expect(WireType.Bytes);
        return Take(Length()).ToArray();
    }

    /// <summary>An identifier.</summary>
    public Guid Guid()
    {
        Expect(WireType.Bytes);
        return Length() == 16 ? new Guid(Take(16), bigEndian: true) : throw new WireException($"byte {_at}: field {Field} must have 16 bytes");
    }

    /// <summary>A moment.</summary>
    public DateTimeOffset Time()
    {
        long ticks = 0, minutes = 0;
        int outer = Enter();
        while (Next())
        {
            switch (Field)
            {
                case 1: ticks = Int64(); break;
                case 2: minutes = Int64(); break;
                default: Skip(); break;
            }
        }
        Leave(outer);
        return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(new TimeSpan(checked(minutes * TimeSpan.TicksPerMinute)));
    }

    /// <summary>A reference to an actor.</summary>
    public IActorRef Actor()
    {
        string path = Text();
        return path.Length == 0 ? ActorRefs.Nobody : system?.Provider.ResolveActorRef(path) ?? throw new WireException($"field {Field}: there are no actors here");
    }

    /// <summary>Goes into a field of numbers without sign, to be read with <see cref="Varint"/>.</summary>
    /// <param name="count">How many there are.</param>
    /// <returns>To be given to <see cref="Leave"/>.</returns>
    public int EnterPacked(out int count)
    {
        int outer = Enter();
        count = 0;
        foreach (byte one in _bytes[_at.._end])
            count += one < 0x80 ? 1 : 0;
        return _at == _end || _bytes[_end - 1] < 0x80 ? outer : throw TooShort();
    }

    /// <summary>A number without sign.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_at == _end)
                throw TooShort();
            byte one = _bytes[_at++];
            if (shift == 63 && one > 1)
                break;
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
                return value;
        }
        throw new WireException($"byte {_at}: a number has more than 64 bits");
    }

    /// <summary>A field that must be there is not.</summary>
    public static WireException Missing(string field) => new(field, "is missing");

    /// <summary>A number stands for nothing.</summary>
    public static WireException Unknown(string type, int value) => new($"{type} {value} is not known; it may come from a newer version");

    private readonly void Expect(WireType type)
    {
        if (_type != type)
            throw new WireException($"byte {_at}: field {Field} is {_type} and must be {type}");
    }

    private int Length() => Varint() is var length && length <= (ulong)(_end - _at) ? (int)length : throw TooShort();

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _end - _at)
            throw TooShort();
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    private readonly WireException TooShort() => new($"byte {_at}: field {Field} has more bytes than there are");
}
