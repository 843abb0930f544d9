using Akka.Actor;

namespace Akka.Persistence.Serialization;

/// <summary>Writes a <see cref="Snapshot"/> with what it takes to read it again.</summary>
public class PersistenceSnapshotSerializer(ExtendedActorSystem system) : Akka.Serialization.Serializer(system)
{
    public override int Identifier => 8;

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj)
    {
        if (obj is not Snapshot snapshot) throw new ArgumentException($"Can't serialize object of type [{obj?.GetType()}] in [{GetType()}]", nameof(obj));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        PayloadFormat.Write(writer, system.Serialization, snapshot.Data);
        writer.Flush();
        return stream.ToArray();
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return new Snapshot(PayloadFormat.Read(reader, system.Serialization));
    }
}
