using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Agent.Specs;

/// <summary>A link to probes in place of masters.</summary>
internal sealed class ProbeLink(IActorRef allocator, IActorRef frameworks) : MasterLink
{
    protected override void Deliver(IAllocatorMessage message, IActorRef sender) => allocator.Tell(message, sender);

    protected override void Deliver(IFrameworkMessage message, IActorRef sender) => frameworks.Tell(message, sender);
}
