namespace Akka.Persistence;

/// <summary>Names a snapshot: whose it is, the sequence number of the last event in it, and when it was taken (UTC).</summary>
public sealed class SnapshotMetadata
{
    internal static readonly DateTime TimestampNotSpecified = DateTime.MinValue;

    public SnapshotMetadata(string persistenceId, long sequenceNr) : this(persistenceId, sequenceNr, TimestampNotSpecified)
    {
    }

    public SnapshotMetadata(string persistenceId, long sequenceNr, DateTime timestamp)
    {
        PersistenceId = persistenceId;
        SequenceNr = sequenceNr;
        Timestamp = timestamp;
    }

    /// <summary>Orders by persistence id, then sequence number, then time.</summary>
    public static IComparer<SnapshotMetadata> Comparer { get; } = Comparer<SnapshotMetadata>.Create(static (x, y) =>
    {
        var byId = string.CompareOrdinal(x.PersistenceId, y.PersistenceId);
        if (byId != 0) return byId;
        var bySequenceNr = x.SequenceNr.CompareTo(y.SequenceNr);
        return bySequenceNr != 0 ? bySequenceNr : x.Timestamp.CompareTo(y.Timestamp);
    });

    public string PersistenceId { get; }

    public long SequenceNr { get; }

    /// <summary><see cref="DateTime.MinValue"/> when it is not known.</summary>
    public DateTime Timestamp { get; }

    public override bool Equals(object? obj) =>
        obj is SnapshotMetadata other && other.PersistenceId == PersistenceId && other.SequenceNr == SequenceNr && other.Timestamp == Timestamp;

    public override int GetHashCode() => HashCode.Combine(PersistenceId, SequenceNr, Timestamp);

    public override string ToString() => $"SnapshotMetadata<pid: {PersistenceId}, seqNr: {SequenceNr}, timestamp: {Timestamp:yyyy/MM/dd}>";
}
