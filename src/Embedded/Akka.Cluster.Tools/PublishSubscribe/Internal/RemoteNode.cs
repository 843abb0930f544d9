using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>Another node, its mediator, and its registry as this node knows it.</summary>
internal sealed class RemoteNode(UniqueAddress node, IActorRef mediator)
{
    internal UniqueAddress Node => node;

    internal IActorRef Mediator => mediator;

    internal Bucket Bucket { get; } = new(node);
}
