using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>The first words of both sides of a connection, and the short frames.</summary>
internal static class Frames
{
    /// <summary>Grows when the wire changes so that older nodes would not understand it.</summary>
    private const int ProtocolVersion = 1;

    internal static byte[] Hello(Address from, int uid, Address to) =>
        Frame(FrameKind.Hello, writer => writer.Number(ProtocolVersion).Text(from.ToString()).Number(uid).Text(to.ToString()));

    internal static byte[] Welcome(int uid) => Frame(FrameKind.Welcome, writer => writer.Number(uid));

    internal static byte[] Refused(string reason) => Frame(FrameKind.Refused, writer => writer.Text(reason));

    internal static byte[] Goodbye(string reason) => Frame(FrameKind.Goodbye, writer => writer.Text(reason));

    internal static byte[] Acknowledged(long sequence) => Frame(FrameKind.Acknowledged, writer => writer.Number(sequence));

    internal static byte[] Heartbeat { get; } = Frame(FrameKind.Heartbeat, static writer => writer);

    /// <exception cref="InvalidDataException">It is no greeting, or of another version.</exception>
    internal static (Address From, int Uid, Address To) ReadHello(FrameKind kind, ReadOnlySpan<byte> content)
    {
        if (kind != FrameKind.Hello) throw new InvalidDataException("The connection did not begin with a greeting");
        var reader = new WireReader(content);
        var version = reader.Int32();
        if (version != ProtocolVersion) throw new InvalidDataException($"The other side speaks version {version} of the protocol, this one {ProtocolVersion}");
        var (from, uid, to) = (reader.Text(), reader.Int32(), reader.Text());
        if (!Address.TryParse(from, out Address? sender) || sender.Port is null) throw new InvalidDataException($"[{from}] is no address of a node");
        if (!Address.TryParse(to, out Address? target)) throw new InvalidDataException($"[{to}] is no address of a node");
        return (sender, uid, target);
    }

    /// <exception cref="RemoteTransportException">The other side refused.</exception>
    internal static int ReadWelcome(FrameKind kind, ReadOnlySpan<byte> content)
    {
        var reader = new WireReader(content);
        return kind switch
        {
            FrameKind.Welcome => reader.Int32(),
            FrameKind.Refused => throw new RemoteTransportException($"The other side refused: {reader.Text()}"),
            _ => throw new InvalidDataException("The answer to the greeting was none"),
        };
    }

    /// <summary>Whether the answer to a greeting is a refusal for this reason.</summary>
    internal static bool IsRefusal(FrameKind kind, ReadOnlySpan<byte> content, string reason) =>
        kind == FrameKind.Refused && new WireReader(content).Text() == reason;

    private static byte[] Frame(FrameKind kind, Func<WireWriter, WireWriter> write)
    {
        var writer = new WireWriter();
        var length = writer.ReserveInt32();
        write(writer.Byte((byte)kind));
        writer.FillInt32(length, writer.Length - length - 4);
        return writer.ToArray();
    }
}
