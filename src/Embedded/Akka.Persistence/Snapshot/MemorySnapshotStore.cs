#nullable disable annotations
namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot in memory.</summary>
public class SnapshotEntry
{
    public string Id { get; set; }

    public string PersistenceId { get; set; }

    public long SequenceNr { get; set; }

    /// <summary>When it was taken, in ticks of UTC.</summary>
    public long Timestamp { get; set; }

    public object Snapshot { get; set; }
}

/// <summary>Keeps snapshots in memory; they end with the actor system.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    protected virtual List<SnapshotEntry> Snapshots { get; } = [];

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var newest = Snapshots.Where(entry => Matches(entry, persistenceId, criteria)).MaxBy(entry => (entry.SequenceNr, entry.Timestamp));
        return Task.FromResult(newest is null ? null : new SelectedSnapshot(Metadata(newest), newest.Snapshot));
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        Snapshots.RemoveAll(entry => entry.PersistenceId == metadata.PersistenceId && entry.SequenceNr == metadata.SequenceNr);
        Snapshots.Add(new SnapshotEntry
        {
            Id = $"{metadata.PersistenceId}_{metadata.SequenceNr}",
            PersistenceId = metadata.PersistenceId,
            SequenceNr = metadata.SequenceNr,
            Timestamp = metadata.Timestamp.Ticks,
            Snapshot = snapshot,
        });
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        Snapshots.RemoveAll(entry =>
            entry.PersistenceId == metadata.PersistenceId && entry.SequenceNr == metadata.SequenceNr
            && (metadata.Timestamp == SnapshotMetadata.TimestampNotSpecified || entry.Timestamp == metadata.Timestamp.Ticks));
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        Snapshots.RemoveAll(entry => Matches(entry, persistenceId, criteria));
        return Task.CompletedTask;
    }

    private static bool Matches(SnapshotEntry entry, string persistenceId, SnapshotSelectionCriteria criteria) =>
        entry.PersistenceId == persistenceId && criteria.IsMatch(Metadata(entry));

    private static SnapshotMetadata Metadata(SnapshotEntry entry) =>
        new(entry.PersistenceId, entry.SequenceNr, new DateTime(entry.Timestamp, DateTimeKind.Utc));
}
