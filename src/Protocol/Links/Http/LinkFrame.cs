using System.Buffers.Binary;
using System.Text;

namespace ActorScheduler.Protocol.Links.Http;

/// <summary>What a frame of a link by HTTP says.</summary>
public enum LinkFrameKind : byte
{
    /// <summary>A message: from a client's actor to masters, or from masters and agents to it.</summary>
    Message = 1,

    /// <summary>A message from a client's actor to an actor that it was told of.</summary>
    ToRemote = 2,

    /// <summary>An actor of the client has ended.</summary>
    PeerGone = 3,

    /// <summary>An actor that the client was told of has ended.</summary>
    RemoteGone = 4,
}

/// <summary>
/// One binary message of the WebSocket that a client outside of the cluster speaks with a node: kind (1 byte), peer and remote (4 bytes each,
/// big-endian), length of the manifest (1 byte), manifest (ASCII), and what <see cref="Serialization.ProtocolSerializer"/> wrote. Actors do not
/// travel: both sides number them.
/// </summary>
/// <param name="Kind">What it says.</param>
/// <param name="Peer">An actor of the client, by the client's number: who speaks, or is spoken to.</param>
/// <param name="Remote">
/// An actor on the other side by the number of who named it first: the one that is spoken to (<see cref="LinkFrameKind.ToRemote"/>), that has ended, or
/// that the message names; of the client's in what the client says. 0 for none.
/// </param>
/// <param name="Manifest">Which message.</param>
/// <param name="Payload">The message.</param>
public readonly record struct LinkFrame(LinkFrameKind Kind, int Peer, int Remote = 0, string Manifest = "", ReadOnlyMemory<byte> Payload = default)
{
    /// <summary>The subprotocol of the WebSocket; another version of the frames has another number.</summary>
    public const string Subprotocol = "asched-link.1";

    /// <summary>Most bytes of a frame.</summary>
    public const int MostBytes = 16 << 20;

    private const int HeaderBytes = 10;

    /// <summary>As it is sent.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[HeaderBytes + Manifest.Length + Payload.Length];
        bytes[0] = (byte)Kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), Peer);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), Remote);
        bytes[9] = (byte)Manifest.Length;
        Encoding.ASCII.GetBytes(Manifest, bytes.AsSpan(HeaderBytes));
        Payload.Span.CopyTo(bytes.AsSpan(HeaderBytes + Manifest.Length));
        return bytes;
    }

    /// <summary>Reads what was received; false when it is no frame.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out LinkFrame frame)
    {
        frame = default;
        ReadOnlySpan<byte> header = bytes.Span;
        if (header.Length < HeaderBytes || header.Length < HeaderBytes + header[9] || header[0] is < (byte)LinkFrameKind.Message or > (byte)LinkFrameKind.RemoteGone)
            return false;
        frame = new LinkFrame(
            (LinkFrameKind)header[0], BinaryPrimitives.ReadInt32BigEndian(header[1..]), BinaryPrimitives.ReadInt32BigEndian(header[5..]),
            Encoding.ASCII.GetString(header.Slice(HeaderBytes, header[9])), bytes[(HeaderBytes + header[9])..]);
        return true;
    }
}
