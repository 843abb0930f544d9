using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Cluster.Tools.PublishSubscribe.Internal;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Tools.PublishSubscribe.Serialization;

/// <summary>What mediators say to each other, and what is sent to one from afar, in bytes.</summary>
public class DistributedPubSubMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 9;

    public override string Manifest(object o) => o switch
    {
        DeliverToTopic => "A",
        DeliverToGroup => "B",
        Delta => "C",
        KnownVersions => "D",
        Publish => "E",
        Send => "F",
        SendToAll => "G",
        _ => throw new ArgumentException($"Can't serialize object of type [{o.GetType()}] in [{GetType()}]", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case DeliverToTopic deliver:
                return deliver.Bytes ??= EnvelopeWire.Write(system, deliver.Topic, deliver.Message);
            case Publish publish:
                return EnvelopeWire.Write(system, publish.Topic, publish.Message, publish.SendOneMessageToEachGroup);
            case Send send:
                return EnvelopeWire.Write(system, send.Path, send.Message, send.LocalAffinity);
            case SendToAll send:
                return EnvelopeWire.Write(system, send.Path, send.Message, send.ExcludeSelf);
        }

        var writer = new WireWriter();
        switch (obj)
        {
            case DeliverToGroup group:
                MessagePayload.Write(writer.Text(group.Topic).Text(group.Group), system, group.Message);
                break;
            case Delta delta:
                GossipWire.Many(writer, delta.Buckets, bucket => RegistryWire.Write(writer, bucket));
                break;
            case KnownVersions known:
                GossipWire.Write(writer, known.From);
                GossipWire.Many(writer, known.Versions, version =>
                {
                    GossipWire.Write(writer, version.Key);
                    writer.Number(version.Value);
                });
                writer.Byte(known.IsReply ? (byte)1 : (byte)0);
                break;
            default:
                throw new ArgumentException($"Can't serialize object of type [{obj.GetType()}] in [{GetType()}]", nameof(obj));
        }

        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        switch (manifest)
        {
            case "A":
                var (to, delivered, _) = EnvelopeWire.Read(system, bytes);
                return new DeliverToTopic(to, delivered);
            case "B":
                return new DeliverToGroup(reader.Text(), reader.Text(), MessagePayload.Read(ref reader, system));
            case "C":
                return new Delta(RegistryWire.ReadBuckets(ref reader));
            case "D":
                return new KnownVersions(GossipWire.ReadNode(ref reader), RegistryWire.ReadVersions(ref reader), reader.Byte() == 1);
            case "E":
                var (topic, published, toEachGroup) = EnvelopeWire.Read(system, bytes);
                return new Publish(topic, published, toEachGroup);
            case "F":
                var (path, sent, localAffinity) = EnvelopeWire.Read(system, bytes);
                return new Send(path, sent, localAffinity);
            case "G":
                var (all, sentToAll, excludeSelf) = EnvelopeWire.Read(system, bytes);
                return new SendToAll(all, sentToAll, excludeSelf);
            default:
                throw new SerializationException($"Can't deserialize a message with manifest [{manifest}] in [{GetType()}]");
        }
    }
}
