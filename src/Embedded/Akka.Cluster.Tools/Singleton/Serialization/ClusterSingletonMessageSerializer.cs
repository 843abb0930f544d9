using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Singleton.Serialization;

/// <summary>What singleton managers and proxies say to each other, in bytes.</summary>
public class ClusterSingletonMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 14;

    public override string Manifest(object o) => o switch
    {
        HandOverToMe => "A",
        HandOverInProgress => "B",
        HandOverDone => "C",
        FindSingleton => "D",
        SingletonFound => "E",
        _ => throw new ArgumentException($"Can't serialize object of type [{o.GetType()}] in [{GetType()}]", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case HandOverToMe ask:
                GossipWire.Write(writer, ask.Candidate);
                break;
            case HandOverInProgress progress:
                GossipWire.Write(writer, progress.From);
                break;
            case HandOverDone done:
                GossipWire.Write(writer, done.From);
                writer.Byte(done.IsFinal ? (byte)1 : (byte)0);
                break;
            case FindSingleton find:
                writer.Text(find.Name);
                break;
            case SingletonFound found:
                MessagePayload.WriteRef(writer, found.Singleton);
                break;
            default:
                throw new ArgumentException($"Can't serialize object of type [{obj.GetType()}] in [{GetType()}]", nameof(obj));
        }

        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        return manifest switch
        {
            "A" => new HandOverToMe(GossipWire.ReadNode(ref reader)),
            "B" => new HandOverInProgress(GossipWire.ReadNode(ref reader)),
            "C" => new HandOverDone(GossipWire.ReadNode(ref reader), reader.Byte() == 1),
            "D" => new FindSingleton(reader.Text()),
            "E" => new SingletonFound(MessagePayload.ReadRef(ref reader, system) ?? ActorRefs.Nobody),
            _ => throw new SerializationException($"Can't deserialize a message with manifest [{manifest}] in [{GetType()}]"),
        };
    }
}
