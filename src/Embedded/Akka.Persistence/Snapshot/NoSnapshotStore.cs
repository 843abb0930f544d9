namespace Akka.Persistence.Snapshot;

/// <summary>Stands in when no snapshot store is configured: has none, and refuses to save and delete.</summary>
public sealed class NoSnapshotStore : SnapshotStore
{
    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.FromResult<SelectedSnapshot>(null!);

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Refuse();

    protected override Task DeleteAsync(SnapshotMetadata metadata) => Refuse();

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Refuse();

    private static Task Refuse() => Task.FromException(new NoSnapshotStoreException(
        "No snapshot store configured. Set akka.persistence.snapshot-store.plugin to the configuration path of one."));

    /// <summary>There is no snapshot store that could do this.</summary>
    public class NoSnapshotStoreException : Exception
    {
        public NoSnapshotStoreException()
        {
        }

        public NoSnapshotStoreException(string message) : base(message)
        {
        }

        public NoSnapshotStoreException(string message, Exception inner) : base(message, inner)
        {
        }
    }
}
