namespace ActorScheduler.Protocol.Serialization;

/// <summary>How a field's value is written, as in Protocol Buffers.</summary>
internal enum WireType
{
    /// <summary>Seven bits a byte, the lowest first.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length, and as many bytes.</summary>
    Bytes = 2,

    /// <summary>Four bytes; not written.</summary>
    Fixed32 = 5,
}
