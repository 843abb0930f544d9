using Akka.Actor;
using Akka.Persistence.Serialization;

namespace Akka.Persistence;

/// <summary>Something that a persistent actor sends to its journal: events to write, or a deferred call to hand back.</summary>
public interface IPersistentEnvelope
{
    object Payload { get; }

    /// <summary>Who sent the command that led to it; becomes the sender again when its handler runs.</summary>
    IActorRef Sender { get; }

    /// <summary>How many events it stands for.</summary>
    int Size { get; }
}

/// <summary>One event as journals know it.</summary>
public interface IPersistentRepresentation : IMessage
{
    object Payload { get; }

    /// <summary>Names the payload's type for event adapters; empty when none is needed.</summary>
    string Manifest { get; }

    string PersistenceId { get; }

    /// <summary>Its place among the events of the persistence id, from 1, without gaps but for rejected events.</summary>
    long SequenceNr { get; }

    /// <summary>Names the incarnation of the actor that wrote it.</summary>
    string WriterGuid { get; }

    bool IsDeleted { get; }

    IActorRef Sender { get; }

    /// <summary>When it was written, in ticks of UTC; 0 when the journal does not say.</summary>
    long Timestamp { get; }

    IPersistentRepresentation WithPayload(object payload);

    IPersistentRepresentation WithManifest(string manifest);

    IPersistentRepresentation WithTimestamp(long newTimestamp);

    IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid);
}
