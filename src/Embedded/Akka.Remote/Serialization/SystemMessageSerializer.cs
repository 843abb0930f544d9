using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>The system messages that cross nodes: watching and stopping. Supervision does not, as parents are local.</summary>
public class SystemMessageSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 22;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case Watch watch:
                writer.Byte(1);
                MessagePayload.WriteRef(writer, watch.Watchee);
                MessagePayload.WriteRef(writer, watch.Watcher);
                break;
            case Unwatch unwatch:
                writer.Byte(2);
                MessagePayload.WriteRef(writer, unwatch.Watchee);
                MessagePayload.WriteRef(writer, unwatch.Watcher);
                break;
            case DeathWatchNotification notification:
                writer.Byte(3);
                MessagePayload.WriteRef(writer, notification.Actor);
                writer.Byte(notification.ExistenceConfirmed ? (byte)1 : (byte)0).Byte(notification.AddressTerminated ? (byte)1 : (byte)0);
                break;
            case Terminate:
                writer.Byte(4);
                break;
            default:
                throw new ArgumentException($"A system message of type [{obj.GetType()}] does not leave its node", nameof(obj));
        }

        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        var reader = new WireReader(bytes);
        return reader.Byte() switch
        {
            1 => new Watch(Ref(ref reader), Ref(ref reader)),
            2 => new Unwatch(Ref(ref reader), Ref(ref reader)),
            3 => new DeathWatchNotification(Ref(ref reader), reader.Byte() == 1, reader.Byte() == 1),
            4 => new Terminate(),
            var other => throw new SerializationException($"Unknown system message [{other}]"),
        };
    }

    private IInternalActorRef Ref(ref WireReader reader) =>
        (IInternalActorRef)(MessagePayload.ReadRef(ref reader, system) ?? throw new SerializationException("A system message without an actor"));
}
