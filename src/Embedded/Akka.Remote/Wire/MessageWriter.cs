using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Associations;
using Akka.Serialization;

namespace Akka.Remote.Wire;

/// <summary>Writes messages as frames of one connection.</summary>
internal sealed class MessageWriter(ExtendedActorSystem system, Information transport, int maximumFrameSize)
{
    private const string NoSender = "";

    private readonly WireWriter _writer = new();
    private readonly SentNames<IActorRef> _refs = new();
    private readonly SentNames<string> _manifests = new();

    /// <summary>Frames that wait to be sent.</summary>
    internal ReadOnlyMemory<byte> Waiting => _writer.WrittenMemory;

    internal int Length => _writer.Length;

    internal void Clear() => _writer.Clear();

    /// <exception cref="OversizedMessageException">The frame would be too long; nothing was written.</exception>
    internal void Write(in Outgoing outgoing)
    {
        var message = outgoing.Message;
        var serializer = system.Serialization.FindSerializerFor(message);
        var bytes = Akka.Serialization.Serialization.WithTransport(
            transport.System, transport.Address, () => serializer.ToBinary(message));
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);
        // An upper bound, before anything is written: paths and manifest come with the frame.
        if (bytes.Length + (3 * manifest.Length) + 2048 > maximumFrameSize) throw new OversizedMessageException(message, bytes.Length, maximumFrameSize);

        var length = _writer.ReserveInt32();
        if (message is ISystemMessage) _writer.Byte((byte)FrameKind.SystemMessage).Number(outgoing.Sequence);
        else _writer.Byte((byte)FrameKind.Message);
        WriteRecipient(outgoing.Recipient);
        WriteSender(outgoing.Sender);
        _writer.Number(serializer.Identifier);
        _manifests.Write(_writer, manifest, static text => text);
        _writer.Bytes(bytes);
        _writer.FillInt32(length, _writer.Length - length - 4);
    }

    private void WriteRecipient(RemoteActorRef recipient)
    {
        // The answers to Asks go to somebody once, too.
        if (recipient.Path.Parent.Name == "temp") _writer.Number(0).Text(recipient.Path.ToSerializationFormat());
        else _refs.Write(_writer, recipient, static actor => actor.Path.ToSerializationFormat());
    }

    private void WriteSender(IActorRef? sender)
    {
        // The senders of Asks come once; they would only fill the table.
        if (sender is ActorRefWithCell) _refs.Write(_writer, sender, PathOf);
        else _writer.Number(0).Text(sender is null ? NoSender : PathOf(sender));
    }

    private string PathOf(IActorRef actor) => actor is RemoteActorRef
        ? actor.Path.ToSerializationFormat()
        : actor.Path.ToSerializationFormatWithAddress(transport.Address);
}
