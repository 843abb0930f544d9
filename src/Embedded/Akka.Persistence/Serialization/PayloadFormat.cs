using Akka.Actor;

namespace Akka.Persistence.Serialization;

/// <summary>An object of any type in a stream: serializer id, manifest, length, bytes.</summary>
internal static class PayloadFormat
{
    internal static void Write(BinaryWriter writer, Akka.Serialization.Serialization serialization, object payload)
    {
        var serializer = serialization.FindSerializerFor(payload);
        var bytes = serializer.ToBinary(payload);
        writer.Write(serializer.Identifier);
        writer.Write(Akka.Serialization.Serialization.ManifestFor(serializer, payload));
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    /// <exception cref="EndOfStreamException">There is less than the length says.</exception>
    internal static object Read(BinaryReader reader, Akka.Serialization.Serialization serialization)
    {
        var serializerId = reader.ReadInt32();
        var manifest = reader.ReadString();
        var length = reader.ReadInt32();
        var bytes = reader.ReadBytes(length);
        if (bytes.Length != length) throw new EndOfStreamException($"Expected {length} bytes, found {bytes.Length}");
        return serialization.Deserialize(bytes, serializerId, manifest);
    }

    internal static string PathOf(IActorRef? actor) => actor is null ? string.Empty : Akka.Serialization.Serialization.SerializedActorPath(actor);
}
