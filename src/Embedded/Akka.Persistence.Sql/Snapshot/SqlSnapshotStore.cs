using Akka.Actor;
using Akka.Event;
using Akka.Persistence.Snapshot;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;
using Akka.Persistence.Sql.Serialization;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>The snapshot store on SQLite and PostgreSQL. A snapshot that cannot be read is an error, never passed over.</summary>
public class SqlSnapshotStore : SnapshotStore
{
    /// <summary>The defaults of all keys, from the root of the configuration.</summary>
    public static readonly Configuration.Config DefaultConfiguration = SqlPersistence.DefaultConfiguration;

    private readonly SqlDatabase _database;
    private readonly RecordFormat _format;

    public SqlSnapshotStore(Configuration.Config snapshotConfig)
    {
        var config = snapshotConfig.WithFallback(SqlPersistence.DefaultSnapshotConfiguration);
        var settings = SqlPluginSettings.Read(config, Self.Path.Name) with { ReaderThreads = 1 };
        _format = new RecordFormat((ExtendedActorSystem)Context.System, settings.DefaultSerializer);
        _database = new SqlDatabase(settings, null, SnapshotTables.Read(config, settings.Section), Logging.GetLogger(Context.System, this));
    }

    protected override async Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        if (await Find(persistenceId, criteria).ConfigureAwait(false) is not { } row) return null!;
        var state = _format.Read("snapshot", row.PersistenceId, row.SequenceNr, row.Payload, row.SerializerId, row.Manifest, $"{row.CreatedTicks}");
        return new SelectedSnapshot(new SnapshotMetadata(row.PersistenceId, row.SequenceNr, new DateTime(row.CreatedTicks, DateTimeKind.Utc)), state);
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var (bytes, serializerId, manifest) = _format.Write(metadata.PersistenceId, metadata.SequenceNr, snapshot, $"{metadata.Timestamp.Ticks}");
        return _database.Write(new SaveSnapshotRow(
            new SnapshotRow(metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp.Ticks, bytes, serializerId, manifest)));
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        var anyTime = metadata.Timestamp == DateTime.MinValue;
        return _database.Write(new DeleteSnapshotRows(
            metadata.PersistenceId, metadata.SequenceNr, metadata.SequenceNr,
            anyTime ? 0 : metadata.Timestamp.Ticks, anyTime ? long.MaxValue : metadata.Timestamp.Ticks));
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => _database.Write(new DeleteSnapshotRows(
        persistenceId, criteria.MinSequenceNr, criteria.MaxSequenceNr, MinTicks(criteria), criteria.MaxTimeStamp.Ticks));

    protected override void PostStop()
    {
        _database.Dispose();
        base.PostStop();
    }

    private async Task<SnapshotRow?> Find(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        try
        {
            return await _database.ReadAfterWrites(session => session.ReadSnapshot(
                persistenceId, criteria.MinSequenceNr, criteria.MaxSequenceNr, MinTicks(criteria), criteria.MaxTimeStamp.Ticks)).ConfigureAwait(false);
        }
        catch (SqlStoreException cause)
        {
            throw new SqlStoreException(
                $"The snapshot of persistence id [{persistenceId}] up to sequence number [{criteria.MaxSequenceNr}] cannot be read: {cause.Message}", cause);
        }
    }

    private static long MinTicks(SnapshotSelectionCriteria criteria) => criteria.MinTimestamp?.Ticks ?? 0;
}
