using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Sharding.Coordination;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Sharding.Serialization;

/// <summary>What regions and coordinators say to each other and keep in the journal, in bytes.</summary>
public class ClusterShardingMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 13;

    public override string Manifest(object o) => o switch
    {
        ShardingEnvelope => "E",
        ShardRegion.StartEntity => "SE",
        Register => "R",
        RegisterProxy => "RP",
        RegisterAck => "RA",
        CoordinatorStarted => "CS",
        GetShardHome => "GH",
        ShardHome => "H",
        HostShard => "HS",
        ShardStarted => "SS",
        BeginHandOff => "BH",
        BeginHandOffAck => "BA",
        HandOff => "HO",
        ShardStopped => "ST",
        LastBeforeHandOff => "LB",
        GracefulShutdownReq => "GS",
        _ => QueryWire.Manifest(o) ?? StateWire.Manifest(o)
            ?? throw new ArgumentException($"Can't serialize object of type [{o.GetType()}] in [{GetType()}]", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        if (obj is ShardingEnvelope envelope) return EnvelopeWire.Write(envelope, system);
        var writer = new WireWriter();
        switch (obj)
        {
            case ShardRegion.StartEntity start:
                writer.Text(start.EntityId);
                break;
            case Register register:
                MessagePayload.WriteRef(writer, register.Region);
                writer.Number(register.NodeUid);
                writer.Texts(register.Shards);
                break;
            case RegisterProxy register:
                MessagePayload.WriteRef(writer, register.Proxy);
                writer.Number(register.NodeUid);
                break;
            case RegisterAck ack:
                MessagePayload.WriteRef(writer, ack.Coordinator);
                break;
            case CoordinatorStarted started:
                MessagePayload.WriteRef(writer, started.Coordinator);
                break;
            case GetShardHome get:
                writer.Text(get.Shard);
                break;
            case ShardHome home:
                MessagePayload.WriteRef(writer.Text(home.Shard), home.Region);
                break;
            case HostShard host:
                writer.Text(host.Shard);
                break;
            case ShardStarted started:
                writer.Text(started.Shard);
                break;
            case BeginHandOff begin:
                writer.Text(begin.Shard).Number(begin.Number);
                break;
            case BeginHandOffAck ack:
                writer.Text(ack.Shard).Number(ack.Number);
                break;
            case HandOff handOff:
                writer.Text(handOff.Shard).Number(handOff.Number);
                break;
            case ShardStopped stopped:
                writer.Text(stopped.Shard).Number(stopped.Number);
                break;
            case LastBeforeHandOff last:
                MessagePayload.WriteRef(writer.Text(last.Shard).Number(last.Number), last.Coordinator);
                break;
            case GracefulShutdownReq request:
                MessagePayload.WriteRef(writer, request.Region);
                break;
            default:
                if (!QueryWire.Write(writer, obj) && !StateWire.Write(writer, obj))
                    throw new ArgumentException($"Can't serialize object of type [{obj.GetType()}] in [{GetType()}]", nameof(obj));
                break;
        }

        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        return manifest switch
        {
            "E" => EnvelopeWire.Read(ref reader, system),
            "SE" => new ShardRegion.StartEntity(reader.Text()),
            "R" => new Register(reader.Ref(system), reader.Int32(), reader.Texts()),
            "RP" => new RegisterProxy(reader.Ref(system), reader.Int32()),
            "RA" => new RegisterAck(reader.Ref(system)),
            "CS" => new CoordinatorStarted(reader.Ref(system)),
            "GH" => new GetShardHome(reader.Text()),
            "H" => new ShardHome(reader.Text(), reader.Ref(system)),
            "HS" => new HostShard(reader.Text()),
            "SS" => new ShardStarted(reader.Text()),
            "BH" => new BeginHandOff(reader.Text(), reader.Number()),
            "BA" => new BeginHandOffAck(reader.Text(), reader.Number()),
            "HO" => new HandOff(reader.Text(), reader.Number()),
            "ST" => new ShardStopped(reader.Text(), reader.Number()),
            "LB" => new LastBeforeHandOff(reader.Text(), reader.Number(), reader.Ref(system)),
            "GS" => new GracefulShutdownReq(reader.Ref(system)),
            _ => QueryWire.Read(manifest, ref reader) ?? StateWire.Read(manifest, ref reader, system)
                ?? throw new SerializationException($"Can't deserialize a message with manifest [{manifest}] in [{GetType()}]"),
        };
    }
}
