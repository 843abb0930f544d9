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
        if (obj is DeliverToTopic deliver) return deliver.Bytes ??= Write(deliver);
        var writer = new WireWriter();
        switch (obj)
        {
            case DeliverToGroup group:
                WriteMessage(writer.Text(group.Topic).Text(group.Group), group.Message);
                break;
            case Delta delta:
                GossipWire.Many(writer, delta.Buckets, bucket => RegistryWire.Write(writer, bucket));
                break;
            case KnownVersions status:
                GossipWire.Write(writer, status.From);
                GossipWire.Many(writer, status.Versions, version =>
                {
                    GossipWire.Write(writer, version.Key);
                    writer.Number(version.Value);
                });
                writer.Byte(Flag(status.IsReply));
                break;
            case Publish publish:
                WriteMessage(writer.Text(publish.Topic).Byte(Flag(publish.SendOneMessageToEachGroup)), publish.Message);
                break;
            case Send send:
                WriteMessage(writer.Text(send.Path).Byte(Flag(send.LocalAffinity)), send.Message);
                break;
            case SendToAll send:
                WriteMessage(writer.Text(send.Path).Byte(Flag(send.ExcludeSelf)), send.Message);
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
                return new DeliverToTopic(reader.Text(), MessagePayload.Read(ref reader, system));
            case "B":
                return new DeliverToGroup(reader.Text(), reader.Text(), MessagePayload.Read(ref reader, system));
            case "C":
                return new Delta(RegistryWire.ReadBuckets(ref reader));
            case "D":
                return new KnownVersions(GossipWire.ReadNode(ref reader), RegistryWire.ReadVersions(ref reader), reader.Byte() == 1);
            case "E":
                var (topic, toEachGroup) = (reader.Text(), reader.Byte() == 1);
                return new Publish(topic, MessagePayload.Read(ref reader, system), toEachGroup);
            case "F":
                var (path, localAffinity) = (reader.Text(), reader.Byte() == 1);
                return new Send(path, MessagePayload.Read(ref reader, system), localAffinity);
            case "G":
                var (all, excludeSelf) = (reader.Text(), reader.Byte() == 1);
                return new SendToAll(all, MessagePayload.Read(ref reader, system), excludeSelf);
            default:
                throw new SerializationException($"Can't deserialize a message with manifest [{manifest}] in [{GetType()}]");
        }
    }

    private static byte Flag(bool value) => value ? (byte)1 : (byte)0;

    private byte[] Write(DeliverToTopic deliver) => WriteMessage(new WireWriter().Text(deliver.Topic), deliver.Message).ToArray();

    private WireWriter WriteMessage(WireWriter writer, object message)
    {
        MessagePayload.Write(writer, system, message);
        return writer;
    }
}
