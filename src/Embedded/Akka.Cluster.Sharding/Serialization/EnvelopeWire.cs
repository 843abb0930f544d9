using Akka.Actor;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;

namespace Akka.Cluster.Sharding.Serialization;

/// <summary>Envelopes in bytes: entity, then the message by its own serializer. There is one with each message, so buffers are kept.</summary>
internal static class EnvelopeWire
{
    [ThreadStatic]
    private static WireWriter? _kept;

    internal static byte[] Write(ShardingEnvelope envelope, ExtendedActorSystem system)
    {
        // The message may be an envelope itself, so the buffer is taken away while it is in use.
        var writer = _kept ?? new WireWriter();
        _kept = null;
        writer.Clear();
        writer.Text(envelope.EntityId);
        MessagePayload.Write(writer, system, envelope.Message);
        var bytes = writer.ToArray();
        if (bytes.Length <= 64 * 1024) _kept = writer;
        return bytes;
    }

    internal static ShardingEnvelope Read(ref WireReader reader, ExtendedActorSystem system) =>
        new(reader.Text(), MessagePayload.Read(ref reader, system));
}
