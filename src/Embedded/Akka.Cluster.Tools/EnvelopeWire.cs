using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Cluster.Tools;

/// <summary>A message for a name, a path or a topic, in bytes. Most traffic of the tools is this, so it allocates the result only.</summary>
internal static class EnvelopeWire
{
    /// <summary>A buffer that grew beyond this is not kept.</summary>
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static WireWriter? _spare;

    internal static byte[] Write(ExtendedActorSystem system, string name, object message, bool flag = false)
    {
        // First, since what is inside may be such a message again.
        var serializer = system.Serialization.FindSerializerFor(message);
        var bytes = serializer.ToBinary(message);
        var writer = _spare ?? new WireWriter();
        _spare = null;
        writer.Byte(flag ? (byte)1 : (byte)0).Text(name)
            .Number(serializer.Identifier).Text(Akka.Serialization.Serialization.ManifestFor(serializer, message)).Bytes(bytes);
        var result = writer.ToArray();
        if (result.Length > LargestKept) return result;
        writer.Clear();
        _spare = writer;
        return result;
    }

    internal static (string Name, object Message, bool Flag) Read(ExtendedActorSystem system, byte[] from)
    {
        var reader = new WireReader(from);
        var flag = reader.Byte() == 1;
        var name = reader.Text();
        var (serializer, manifest) = (reader.Int32(), reader.Text());
        return (name, system.Serialization.Deserialize(reader.Bytes().ToArray(), serializer, manifest), flag);
    }
}
