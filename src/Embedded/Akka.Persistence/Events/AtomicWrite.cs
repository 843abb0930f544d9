using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Serialization;

namespace Akka.Persistence;

/// <summary>Events of one persistence id that are written together or not at all.</summary>
public class AtomicWrite : IPersistentEnvelope, IMessage
{
    public AtomicWrite(IPersistentRepresentation @event) : this(ImmutableList.Create(@event))
    {
    }

    /// <exception cref="ArgumentException">There is no event, or the events are not all of one persistence id.</exception>
    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
    {
        if (payload is null || payload.Count == 0)
            throw new ArgumentException("Payload of AtomicWrite must not be empty.", nameof(payload));
        var first = payload[0];
        if (payload.Any(p => p.PersistenceId != first.PersistenceId))
            throw new ArgumentException(
                $"AtomicWrite must contain messages for the same persistenceId, but had {string.Join(", ", payload.Select(p => p.PersistenceId).Distinct())}",
                nameof(payload));
        Payload = payload;
        Sender = ActorRefs.NoSender;
        PersistenceId = first.PersistenceId;
        LowestSequenceNr = first.SequenceNr;
        HighestSequenceNr = payload[payload.Count - 1].SequenceNr;
        Size = payload.Count;
    }

    public object Payload { get; }

    public IActorRef Sender { get; }

    public int Size { get; }

    public string PersistenceId { get; }

    public long LowestSequenceNr { get; }

    public long HighestSequenceNr { get; }

    internal IImmutableList<IPersistentRepresentation> Events => (IImmutableList<IPersistentRepresentation>)Payload;

    public override string ToString() =>
        $"AtomicWrite<pid: {PersistenceId}, lowSeqNr: {LowestSequenceNr}, highSeqNr: {HighestSequenceNr}, size: {Size}, sender: {Sender}>";
}
