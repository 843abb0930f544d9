using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>The engine's own messages that users send, and references as messages.</summary>
public class MiscMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 16;

    public override string Manifest(object o) => o switch
    {
        Identify => "ID",
        ActorIdentity => "AID",
        IActorRef => "AR",
        PoisonPill => "PP",
        Kill => "K",
        Status.Success => "SS",
        Status.Failure => "SF",
        RemoteWatcher.Heartbeat => "RWHB",
        RemoteWatcher.HeartbeatRsp => "RWHR",
        RemoteScope => "RS",
        Config => "CF",
        _ => throw new ArgumentException($"Cannot serialize object of type [{o.GetType()}]", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case Identify identify:
                MessagePayload.Write(writer, system, identify.MessageId);
                break;
            case ActorIdentity identity:
                MessagePayload.Write(writer, system, identity.MessageId);
                MessagePayload.WriteRef(writer, identity.Subject);
                break;
            case IActorRef actor:
                MessagePayload.WriteRef(writer, actor);
                break;
            case Status.Success success:
                MessagePayload.Write(writer, system, success.Status);
                break;
            case Status.Failure failure:
                ExceptionPayload.Write(writer, failure.Cause);
                MessagePayload.Write(writer, system, failure.State);
                break;
            case RemoteWatcher.HeartbeatRsp response:
                writer.Number(response.AddressUid);
                break;
            case RemoteScope scope:
                writer.Text(scope.Address.ToString());
                break;
            case Config config:
                writer.Text(config.ToString());
                break;
            case PoisonPill or Kill or RemoteWatcher.Heartbeat:
                break;
            default:
                throw new ArgumentException($"Cannot serialize object of type [{obj.GetType()}]", nameof(obj));
        }

        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        switch (manifest)
        {
            case "ID":
                return new Identify(MessagePayload.Read(ref reader, system));
            case "AID":
                var id = MessagePayload.Read(ref reader, system);
                return new ActorIdentity(id, MessagePayload.ReadRef(ref reader, system));
            case "AR":
                return MessagePayload.ReadRef(ref reader, system) ?? ActorRefs.Nobody;
            case "PP":
                return PoisonPill.Instance;
            case "K":
                return Kill.Instance;
            case "SS":
                return new Status.Success(MessagePayload.Read(ref reader, system));
            case "SF":
                var cause = ExceptionPayload.Read(ref reader, system);
                return new Status.Failure(cause!, MessagePayload.Read(ref reader, system));
            case "RWHB":
                return RemoteWatcher.Heartbeat.Instance;
            case "RWHR":
                return new RemoteWatcher.HeartbeatRsp(reader.Int32());
            case "RS":
                return new RemoteScope(Address.Parse(reader.Text()));
            case "CF":
                return ConfigurationFactory.ParseString(reader.Text());
            default:
                throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}] in [{GetType()}]");
        }
    }
}
