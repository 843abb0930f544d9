namespace Akka.Remote.Wire;

/// <summary>
/// What a frame carries. On the wire a frame is its length (4 bytes, little-endian, of what follows), a kind, and the
/// kind's values. A connection carries messages from the side that opened it, and answers the other way.
/// </summary>
internal enum FrameKind : byte
{
    /// <summary>First from the opener: protocol version, its address and uid, the address it means to reach.</summary>
    Hello = 1,

    /// <summary>First from the other side: its uid.</summary>
    Welcome = 2,

    /// <summary>The other side will not talk: a reason.</summary>
    Refused = 3,

    /// <summary>A message: recipient, sender, serializer, manifest, bytes.</summary>
    Message = 4,

    /// <summary>A system message: sequence number, then as a message.</summary>
    SystemMessage = 5,

    /// <summary>The highest sequence number up to which all system messages have come.</summary>
    Acknowledged = 6,

    /// <summary>Nothing to say, but still here.</summary>
    Heartbeat = 7,

    /// <summary>The sender ends the connection on purpose: a reason.</summary>
    Goodbye = 8,
}
