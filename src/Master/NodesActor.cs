using System.Collections.Immutable;
using ActorScheduler.Master.Offers;
using Akka.Actor;
using Akka.Cluster;

namespace ActorScheduler.Master;

/// <summary>Tells its parent, the allocator, which nodes are members and which are no more.</summary>
internal sealed class NodesActor : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public NodesActor()
    {
        Receive<ClusterEvent.CurrentClusterState>(state =>
            Context.Parent.Tell(new NodesPresent(state.Members.Select(static member => member.Address.ToString()).ToImmutableHashSet())));
        Receive<ClusterEvent.MemberRemoved>(removed => Context.Parent.Tell(new NodeLost(removed.Member.Address.ToString())));
    }

    public static Props Props() => Akka.Actor.Props.Create(static () => new NodesActor());

    protected override void PreStart() =>
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop() => _cluster.Unsubscribe(Self);
}
