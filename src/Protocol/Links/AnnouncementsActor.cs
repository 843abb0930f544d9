using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;

namespace ActorScheduler.Protocol.Links;

/// <summary>
/// Carries announcements between nodes: <see cref="AllocatorStarted"/> from the cluster to this node's event stream, and, when
/// the allocator itself hands it one, to the cluster.
/// </summary>
internal sealed class AnnouncementsActor : ReceiveActor
{
    public AnnouncementsActor()
    {
        IActorRef mediator = DistributedPubSub.Get(Context.System).Mediator;
        mediator.Tell(new Akka.Cluster.Tools.PublishSubscribe.Subscribe(AllocatorStarted.Topic, Self));
        Receive<SubscribeAck>(static _ => { });
        Receive<AllocatorStarted>(started =>
        {
            if (Sender.Equals(started.Allocator))
                mediator.Tell(new Publish(AllocatorStarted.Topic, started));
            else
                Context.System.EventStream.Publish(started);
        });
    }

    public static Props Props() => Akka.Actor.Props.Create(static () => new AnnouncementsActor());
}
