using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A deferred call on its way through the journal: it is not written, only handed back in its place.</summary>
internal sealed class NonPersistentMessage(object payload, IActorRef sender) : IPersistentEnvelope
{
    public object Payload { get; } = payload;

    public IActorRef Sender { get; } = sender;

    public int Size => 1;
}
