using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Daemon;
using Akka.Remote.Wire;
using Akka.Serialization;
using Akka.Util;

namespace Akka.Cluster.Serialization;

/// <summary>What nodes say to each other about membership, in bytes.</summary>
public class ClusterMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 5;

    public override string Manifest(object o) => o switch
    {
        InitJoin => "IJ",
        InitJoinAck => "IJA",
        InitJoinNack => "IJN",
        Join => "J",
        Welcome => "W",
        GossipEnvelope => "GE",
        GossipStatus => "GS",
        ExitingConfirmed => "EC",
        Heartbeat => "HB",
        HeartbeatRsp => "HBR",
        _ => throw new ArgumentException($"Can't serialize object of type [{o.GetType()}] in [{GetType()}]", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case InitJoin init:
                writer.Text(init.Compatibility);
                break;
            case InitJoinAck ack:
                writer.Text(ack.Address.ToString()).Byte(ack.IsCompatible ? (byte)1 : (byte)0).Text(ack.Compatibility);
                break;
            case InitJoinNack nack:
                writer.Text(nack.Address.ToString());
                break;
            case Join join:
                GossipWire.Write(writer, join.Node);
                writer.Text(join.Version.Version);
                GossipWire.Many(writer, join.Roles, role => writer.Text(role));
                break;
            case Welcome welcome:
                GossipWire.Write(writer, welcome.From);
                GossipWire.Write(writer, welcome.Gossip);
                break;
            case GossipEnvelope envelope:
                GossipWire.Write(writer, envelope.From);
                GossipWire.Write(writer, envelope.To);
                GossipWire.Write(writer, envelope.Gossip);
                break;
            case GossipStatus status:
                GossipWire.Write(writer, status.From);
                GossipWire.Write(writer, status.Version);
                GossipWire.Many(writer, status.Seen, node => GossipWire.Write(writer, node));
                break;
            case ExitingConfirmed confirmed:
                GossipWire.Write(writer, confirmed.Node);
                break;
            case Heartbeat heartbeat:
                writer.Text(heartbeat.From.ToString()).Number(heartbeat.Sequence);
                break;
            case HeartbeatRsp response:
                GossipWire.Write(writer, response.From);
                writer.Number(response.Sequence);
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
            case "IJ":
                return new InitJoin(reader.Text());
            case "IJA":
                return new InitJoinAck(GossipWire.ReadAddress(ref reader), reader.Byte() == 1, reader.Text());
            case "IJN":
                return new InitJoinNack(GossipWire.ReadAddress(ref reader));
            case "J":
                var (node, version) = (GossipWire.ReadNode(ref reader), AppVersion.Create(reader.Text()));
                return new Join(node, GossipWire.ReadTexts(ref reader), version);
            case "W":
                return new Welcome(GossipWire.ReadNode(ref reader), GossipWire.Read(ref reader));
            case "GE":
                return new GossipEnvelope(GossipWire.ReadNode(ref reader), GossipWire.ReadNode(ref reader), GossipWire.Read(ref reader));
            case "GS":
                return new GossipStatus(GossipWire.ReadNode(ref reader), GossipWire.ReadVersion(ref reader), GossipWire.ReadSeen(ref reader));
            case "EC":
                return new ExitingConfirmed(GossipWire.ReadNode(ref reader));
            case "HB":
                return new Heartbeat(GossipWire.ReadAddress(ref reader), reader.Number());
            case "HBR":
                return new HeartbeatRsp(GossipWire.ReadNode(ref reader), reader.Number());
            default:
                throw new SerializationException($"Can't deserialize a message with manifest [{manifest}] in [{GetType()}]");
        }
    }
}
