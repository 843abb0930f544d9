using Akka.Actor;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>Messages between processes.</summary>
public sealed class ProtocolSerializer(ExtendedActorSystem system)
    : RecordSerializer(system, 4200, typeof(IProtocolMessage), withActors: true);
