#nullable disable annotations
using Akka.Actor;

namespace Akka.Persistence;

/// <summary>An event with what journals need to keep and replay it. Immutable.</summary>
public class Persistent : IPersistentRepresentation, IEquatable<IPersistentRepresentation>
{
    public Persistent(
        object payload,
        long sequenceNr = 0L,
        string persistenceId = null,
        string manifest = null,
        bool isDeleted = false,
        IActorRef sender = null,
        string writerGuid = null,
        long timestamp = 0L)
    {
        Payload = payload;
        SequenceNr = sequenceNr;
        IsDeleted = isDeleted;
        Manifest = manifest ?? Undefined;
        PersistenceId = persistenceId ?? Undefined;
        Sender = sender;
        WriterGuid = writerGuid ?? Undefined;
        Timestamp = timestamp;
    }

    /// <summary>Stands for a text that was not given: the empty string.</summary>
    public static string Undefined { get; } = string.Empty;

    public object Payload { get; }

    public string Manifest { get; }

    public string PersistenceId { get; }

    public long SequenceNr { get; }

    public string WriterGuid { get; }

    public bool IsDeleted { get; }

    public IActorRef Sender { get; }

    public long Timestamp { get; }

    public IPersistentRepresentation WithPayload(object payload) =>
        new Persistent(payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithManifest(string manifest) => Manifest == manifest
        ? this
        : new Persistent(Payload, SequenceNr, PersistenceId, manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithTimestamp(long newTimestamp) => Timestamp == newTimestamp
        ? this
        : new Persistent(Payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, newTimestamp);

    public IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid) =>
        new Persistent(Payload, sequenceNr, persistenceId, Manifest, isDeleted, sender, writerGuid, Timestamp);

    public bool Equals(IPersistentRepresentation other) =>
        other is not null
        && SequenceNr == other.SequenceNr
        && IsDeleted == other.IsDeleted
        && PersistenceId == other.PersistenceId
        && WriterGuid == other.WriterGuid
        && Manifest == other.Manifest
        && Timestamp == other.Timestamp
        && Equals(Sender, other.Sender)
        && Equals(Payload, other.Payload);

    public override bool Equals(object obj) => Equals(obj as IPersistentRepresentation);

    public override int GetHashCode() => HashCode.Combine(PersistenceId, SequenceNr, WriterGuid, Payload);

    public override string ToString() =>
        $"Persistent<pid: {PersistenceId}, seqNr: {SequenceNr}, deleted: {IsDeleted}, manifest: {Manifest}, sender: {Sender}, " +
        $"payload: {Payload}, writerGuid: {WriterGuid}>";
}
