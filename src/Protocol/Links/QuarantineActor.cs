using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using AkkaCluster = Akka.Cluster.Cluster;

namespace ActorScheduler.Protocol.Links;

/// <summary>
/// A node that other members have put in quarantine has been downed by them and may not have heard of it: nothing that it says arrives any
/// more, and the split brain resolver does not look at this. It ends like one that was downed, so that it can join anew.
/// Only members count: what a client thinks of a node must not end it.
/// </summary>
internal sealed class QuarantineActor : ReceiveActor
{
    public QuarantineActor()
    {
        AkkaCluster cluster = AkkaCluster.Get(Context.System);
        ILoggingAdapter log = Context.GetLogger();
        Receive<ThisActorSystemQuarantinedEvent>(told =>
        {
            if (cluster.State.Members.All(member => member.Address != told.RemoteAddress))
                return;
            log.Error("Member {Member} has quarantined this node: the cluster has removed (downed) it, so the node shuts down", told.RemoteAddress);
            CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        });
    }

    public static Props Props() => Akka.Actor.Props.Create(static () => new QuarantineActor());

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(ThisActorSystemQuarantinedEvent));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
}
