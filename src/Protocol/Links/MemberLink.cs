using Akka.Actor;

namespace ActorScheduler.Protocol.Links;

/// <summary>The link of a cluster member: by the proxies of its own node.</summary>
/// <param name="allocator">Proxy of the singleton.</param>
/// <param name="frameworks">Region of the frameworks, or a proxy of it.</param>
public sealed class MemberLink(IActorRef allocator, IActorRef frameworks) : MasterLink
{
    /// <inheritdoc/>
    public override void Send(IAllocatorMessage message, IActorRef sender) => allocator.Tell(message, sender);

    /// <inheritdoc/>
    public override void Send(IFrameworkMessage message, IActorRef sender) => frameworks.Tell(message, sender);
}
