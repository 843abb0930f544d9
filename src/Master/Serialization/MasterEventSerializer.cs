using ActorScheduler.Protocol.Serialization;
using Akka.Actor;

namespace ActorScheduler.Master.Serialization;

/// <summary>Events and snapshots of the allocator and of frameworks.</summary>
public sealed class MasterEventSerializer(ExtendedActorSystem system) : WireSerializer(system, 4201, new MasterTable());
