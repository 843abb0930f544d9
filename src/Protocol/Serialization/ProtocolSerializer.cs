using Akka.Actor;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>Messages between processes.</summary>
public sealed class ProtocolSerializer(ExtendedActorSystem system) : WireSerializer(system, 4200, new ProtocolTable());
