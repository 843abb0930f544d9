using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Says that a node is lost, to all actors that watch or are watched across nodes.</summary>
internal sealed class AddressTerminated(Address address) : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public Address Address { get; } = address;

    public override string ToString() => $"<AddressTerminated>: {Address}";
}

/// <summary>Who wants to hear of lost nodes.</summary>
internal sealed class AddressTerminatedTopic : IExtension
{
    private readonly ConcurrentDictionary<IActorRef, bool> _subscribers = new();

    internal static AddressTerminatedTopic Get(ActorSystem system) => system.WithExtension<AddressTerminatedTopic, Provider>();

    internal void Subscribe(IActorRef subscriber) => _subscribers[subscriber] = true;

    internal void Unsubscribe(IActorRef subscriber) => _subscribers.TryRemove(subscriber, out _);

    internal void Publish(AddressTerminated message)
    {
        foreach (var subscriber in _subscribers.Keys) subscriber.Tell(message, ActorRefs.NoSender);
    }

    internal sealed class Provider : ExtensionIdProvider<AddressTerminatedTopic>
    {
        public override AddressTerminatedTopic CreateExtension(ExtendedActorSystem system) => new();
    }
}
