using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Agent.Specs;

/// <summary>A link to probes in place of masters.</summary>
internal sealed class ProbeLink(IActorRef allocator, IActorRef frameworks) : MasterLink
{
    public override void Send(IAllocatorMessage message, IActorRef sender) => allocator.Tell(message, sender);

    public override void Send(IFrameworkMessage message, IActorRef sender) => frameworks.Tell(message, sender);
}
