using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Serialization;

/// <summary>A message inside another one or a frame: serializer, manifest and bytes.</summary>
internal static class MessagePayload
{
    internal static void Write(WireWriter writer, ExtendedActorSystem system, object? message)
    {
        var serializer = system.Serialization.FindSerializerFor(message);
        var bytes = message is null ? [] : serializer.ToBinary(message);
        writer.Number(serializer.Identifier).Text(message is null ? "" : Akka.Serialization.Serialization.ManifestFor(serializer, message)).Bytes(bytes);
    }

    internal static object Read(ref WireReader reader, ExtendedActorSystem system)
    {
        var serializer = reader.Int32();
        var manifest = reader.Text();
        return system.Serialization.Deserialize(reader.Bytes().ToArray(), serializer, manifest);
    }

    internal static void WriteRef(WireWriter writer, IActorRef? actor) =>
        writer.Text(actor is null ? "" : Akka.Serialization.Serialization.SerializedActorPath(actor));

    internal static IActorRef? ReadRef(ref WireReader reader, ExtendedActorSystem system)
    {
        var path = reader.Text();
        return path.Length == 0 ? null : system.Provider.ResolveActorRef(path);
    }
}
