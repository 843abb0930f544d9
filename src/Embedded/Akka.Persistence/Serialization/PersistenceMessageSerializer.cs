using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Persistence.Serialization;

/// <summary>Writes events with all that belongs to them, one by one or as an atomic write.</summary>
public class PersistenceMessageSerializer(ExtendedActorSystem system) : Akka.Serialization.Serializer(system)
{
    private const byte OneEvent = 1;
    private const byte Atomic = 2;

    public override int Identifier => 7;

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        switch (obj)
        {
            case IPersistentRepresentation persistent:
                writer.Write(OneEvent);
                Write(writer, persistent);
                break;
            case AtomicWrite write:
                writer.Write(Atomic);
                writer.Write(write.Size);
                foreach (var persistent in write.Events) Write(writer, persistent);
                break;
            default:
                throw new ArgumentException($"Can't serialize object of type [{obj?.GetType()}] in [{GetType()}]", nameof(obj));
        }

        writer.Flush();
        return stream.ToArray();
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return reader.ReadByte() switch
        {
            OneEvent => Read(reader),
            Atomic => new AtomicWrite(Enumerable.Range(0, reader.ReadInt32()).Select(IPersistentRepresentation (_) => Read(reader)).ToImmutableList()),
            var kind => throw new SerializationException($"Unimplemented deserialization of message kind {kind} in [{GetType()}]"),
        };
    }

    private void Write(BinaryWriter writer, IPersistentRepresentation persistent)
    {
        writer.Write(persistent.PersistenceId);
        writer.Write(persistent.SequenceNr);
        writer.Write(persistent.Manifest);
        writer.Write(persistent.WriterGuid);
        writer.Write(persistent.IsDeleted);
        writer.Write(persistent.Timestamp);
        writer.Write(PayloadFormat.PathOf(persistent.Sender));
        PayloadFormat.Write(writer, system.Serialization, persistent.Payload);
    }

    private Persistent Read(BinaryReader reader)
    {
        var (persistenceId, sequenceNr) = (reader.ReadString(), reader.ReadInt64());
        var (manifest, writerGuid) = (reader.ReadString(), reader.ReadString());
        var (isDeleted, timestamp, sender) = (reader.ReadBoolean(), reader.ReadInt64(), reader.ReadString());
        var payload = PayloadFormat.Read(reader, system.Serialization);
        var from = sender.Length == 0 ? null : system.Provider.ResolveActorRef(sender);
        return new Persistent(payload, sequenceNr, persistenceId, manifest, isDeleted, from, writerGuid, timestamp);
    }
}
