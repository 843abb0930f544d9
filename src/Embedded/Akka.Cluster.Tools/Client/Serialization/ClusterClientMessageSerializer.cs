using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Client.Serialization;

/// <summary>What clients and receptionists say to each other, in bytes.</summary>
public class ClusterClientMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 15;

    public override string Manifest(object o) => o switch
    {
        ClusterClient.Send => "A",
        ClusterClient.SendToAll => "B",
        ClusterClient.Publish => "C",
        Heartbeat => "D",
        HeartbeatRsp => "E",
        GetContacts => "F",
        Contacts => "G",
        ReceptionistShutdown => "H",
        _ => throw new ArgumentException($"Can't serialize object of type [{o.GetType()}] in [{GetType()}]", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case ClusterClient.Send send:
                return EnvelopeWire.Write(system, send.Path, send.Message, send.LocalAffinity);
            case ClusterClient.SendToAll send:
                return EnvelopeWire.Write(system, send.Path, send.Message);
            case ClusterClient.Publish publish:
                return EnvelopeWire.Write(system, publish.Topic, publish.Message);
            case Heartbeat or HeartbeatRsp or GetContacts or ReceptionistShutdown:
                return [];
            case Contacts contacts:
                var writer = new WireWriter().Text(contacts.Own);
                GossipWire.Many(writer, contacts.Paths, path => writer.Text(path));
                return writer.ToArray();
            default:
                throw new ArgumentException($"Can't serialize object of type [{obj.GetType()}] in [{GetType()}]", nameof(obj));
        }
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        switch (manifest)
        {
            case "A":
                var (path, sent, localAffinity) = EnvelopeWire.Read(system, bytes);
                return new ClusterClient.Send(path, sent, localAffinity);
            case "B":
                var (all, sentToAll, _) = EnvelopeWire.Read(system, bytes);
                return new ClusterClient.SendToAll(all, sentToAll);
            case "C":
                var (topic, published, _) = EnvelopeWire.Read(system, bytes);
                return new ClusterClient.Publish(topic, published);
            case "D":
                return Heartbeat.Instance;
            case "E":
                return HeartbeatRsp.Instance;
            case "F":
                return GetContacts.Instance;
            case "G":
                return ReadContacts(bytes);
            case "H":
                return ReceptionistShutdown.Instance;
            default:
                throw new SerializationException($"Can't deserialize a message with manifest [{manifest}] in [{GetType()}]");
        }
    }

    private static Contacts ReadContacts(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var own = reader.Text();
        var paths = ImmutableList.CreateBuilder<string>();
        var count = reader.Int32();
        if (count < 0 || count > bytes.Length) throw new InvalidDataException($"There cannot be {count} contacts");
        for (; count > 0; count--) paths.Add(reader.Text());
        return new Contacts(own, paths.ToImmutable());
    }
}
