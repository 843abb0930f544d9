using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Events;
using Akka.Cluster.Gossiping;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Daemon;

/// <summary>Tells subscribers of the membership's changes.</summary>
internal sealed class EventsActor : ReceiveActor
{
    private readonly UniqueAddress _self;
    private readonly Dictionary<IActorRef, ImmutableHashSet<Type>> _subscribers = [];
    private readonly HashSet<IActorRef> _observers = [];
    private Gossip _gossip = Gossip.Empty;

    public EventsActor(UniqueAddress self)
    {
        _self = self;
        Receive<Gossip>(Publish);
        Receive<IClusterDomainEvent>(Tell);
        Receive<Subscribe>(Add);
        Receive<Unsubscribe>(unsubscribe => Remove(unsubscribe.Subscriber, unsubscribe.Type));
        Receive<Observe>(observe =>
        {
            _observers.Add(Context.Watch(observe.Observer));
            observe.Observer.Tell(_gossip);
        });
        Receive<SendState>(send => send.Receiver.Tell(GossipDiff.StateOf(_gossip, _self)));
        Receive<Terminated>(terminated =>
        {
            _subscribers.Remove(terminated.ActorRef);
            _observers.Remove(terminated.ActorRef);
        });
    }

    protected override void PostStop() => Tell(ClusterShuttingDown.Instance);

    private void Publish(Gossip gossip)
    {
        var before = _gossip;
        _gossip = gossip;
        foreach (var observer in _observers) observer.Tell(gossip);
        foreach (var change in GossipDiff.Between(before, gossip, _self)) Tell(change);
    }

    private void Tell(IClusterDomainEvent change)
    {
        foreach (var (subscriber, types) in _subscribers)
            if (types.Any(type => type.IsInstanceOfType(change)))
                subscriber.Tell(change);
    }

    private void Add(Subscribe subscribe)
    {
        var (subscriber, types) = (subscribe.Subscriber, subscribe.Types);
        if (subscribe.Mode == SubscriptionInitialStateMode.InitialStateAsSnapshot)
        {
            subscriber.Tell(GossipDiff.StateOf(_gossip, _self));
        }
        else
        {
            foreach (var change in GossipDiff.Between(Gossip.Empty, _gossip, _self))
                if (types.Any(type => type.IsInstanceOfType(change)))
                    subscriber.Tell(change);
        }

        _subscribers[subscriber] = _subscribers.GetValueOrDefault(subscriber, []).Union(types);
        Context.Watch(subscriber);
    }

    private void Remove(IActorRef subscriber, Type? type)
    {
        if (!_subscribers.TryGetValue(subscriber, out var types)) return;
        var left = type is null ? [] : types.Remove(type);
        if (left.IsEmpty)
        {
            _subscribers.Remove(subscriber);
            Context.Unwatch(subscriber);
        }
        else
        {
            _subscribers[subscriber] = left;
        }
    }

    internal sealed record Subscribe(IActorRef Subscriber, SubscriptionInitialStateMode Mode, ImmutableHashSet<Type> Types);

    internal sealed record Unsubscribe(IActorRef Subscriber, Type? Type);

    /// <summary>Tells of each gossip as it is, for the engine's own parts.</summary>
    internal sealed record Observe(IActorRef Observer);

    internal sealed record SendState(IActorRef Receiver);
}
