using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>The statements of a SQLite connection, each prepared once.</summary>
internal sealed class SqliteStatements(SqliteConnection connection, JournalTables? journal, SnapshotTables? snapshots) : IDisposable
{
    /// <summary>Counts commits, to be compared with what was acknowledged.</summary>
    private const string Commits = "journal_commits";

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    internal void Run(string sql) => Command(sql).ExecuteNonQuery();

    internal void MakeTables()
    {
        // Asking first keeps a database that is full, read-only or in use elsewhere readable.
        if (HasTables()) return;
        Run("BEGIN IMMEDIATE");
        if (journal is { } j)
        {
            Run($"""
                 CREATE TABLE IF NOT EXISTS {j.Table} (
                   {j.Ordering} INTEGER PRIMARY KEY AUTOINCREMENT, {j.Id} TEXT NOT NULL, {j.SequenceNr} INTEGER NOT NULL,
                   {j.Created} INTEGER NOT NULL, {j.Deleted} INTEGER NOT NULL DEFAULT 0, {j.Message} BLOB NOT NULL,
                   {j.Serializer} INTEGER NOT NULL, {j.Manifest} TEXT NOT NULL, event_manifest TEXT NULL,
                   {j.Writer} TEXT NOT NULL, {j.Tags} TEXT NULL, UNIQUE ({j.Id}, {j.SequenceNr}))
                 """);
            Run($"CREATE TABLE IF NOT EXISTS {j.Metadata} ({j.MetadataId} TEXT PRIMARY KEY, {j.MetadataSequenceNr} INTEGER NOT NULL) WITHOUT ROWID");
            Run($"CREATE TABLE IF NOT EXISTS {Commits} (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL)");
            Run($"INSERT OR IGNORE INTO {Commits} (id, count) VALUES (1, 0)");
        }

        if (snapshots is { } s)
            Run($"""
                 CREATE TABLE IF NOT EXISTS {s.Table} (
                   {s.Id} TEXT NOT NULL, {s.SequenceNr} INTEGER NOT NULL, {s.Created} INTEGER NOT NULL, {s.Snapshot} BLOB NOT NULL,
                   {s.Manifest} TEXT NOT NULL, {s.Serializer} INTEGER NOT NULL, PRIMARY KEY ({s.Id}, {s.SequenceNr}))
                 """);
        Run("COMMIT");
    }

    internal void Insert(EventRow row)
    {
        var j = journal!;
        var command = Command($"""
            INSERT INTO {j.Table} ({j.Id}, {j.SequenceNr}, {j.Created}, {j.Message}, {j.Serializer}, {j.Manifest}, event_manifest, {j.Writer}, {j.Tags})
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)
            """);
        Bind(command, row.PersistenceId, row.SequenceNr, row.CreatedTicks, row.Message, row.SerializerId, row.Manifest, row.EventManifest, row.Writer, row.Tags);
        command.ExecuteNonQuery();
    }

    internal void Delete(DeleteEvents delete)
    {
        var j = journal!;
        var keep = Command($"""
            INSERT INTO {j.Metadata} ({j.MetadataId}, {j.MetadataSequenceNr})
            SELECT $0, max({j.SequenceNr}) FROM {j.Table} WHERE {j.Id} = $0 AND {j.SequenceNr} <= $1 HAVING count(*) > 0
            ON CONFLICT ({j.MetadataId}) DO UPDATE SET {j.MetadataSequenceNr} = max({j.MetadataSequenceNr}, excluded.{j.MetadataSequenceNr})
            """);
        Bind(keep, delete.PersistenceId, delete.ToSequenceNr);
        keep.ExecuteNonQuery();
        var remove = Command($"DELETE FROM {j.Table} WHERE {j.Id} = $0 AND {j.SequenceNr} <= $1");
        Bind(remove, delete.PersistenceId, delete.ToSequenceNr);
        remove.ExecuteNonQuery();
    }

    internal void Save(SnapshotRow row)
    {
        var s = snapshots!;
        var command = Command($"""
            INSERT OR REPLACE INTO {s.Table} ({s.Id}, {s.SequenceNr}, {s.Created}, {s.Snapshot}, {s.Manifest}, {s.Serializer})
            VALUES ($0, $1, $2, $3, $4, $5)
            """);
        Bind(command, row.PersistenceId, row.SequenceNr, row.CreatedTicks, row.Payload, row.Manifest, row.SerializerId);
        command.ExecuteNonQuery();
    }

    internal void Delete(DeleteSnapshotRows delete)
    {
        var s = snapshots!;
        var command = Command($"DELETE FROM {s.Table} WHERE {s.Id} = $0 AND {s.SequenceNr} BETWEEN $1 AND $2 AND {s.Created} BETWEEN $3 AND $4");
        Bind(command, delete.PersistenceId, delete.MinSequenceNr, delete.MaxSequenceNr, delete.MinTicks, delete.MaxTicks);
        command.ExecuteNonQuery();
    }

    internal long Highest(string persistenceId)
    {
        var j = journal!;
        var command = Command($"""
            SELECT max(coalesce((SELECT max({j.SequenceNr}) FROM {j.Table} WHERE {j.Id} = $0), 0),
                       coalesce((SELECT {j.MetadataSequenceNr} FROM {j.Metadata} WHERE {j.MetadataId} = $0), 0))
            """);
        Bind(command, persistenceId);
        return (long)command.ExecuteScalar()!;
    }

    internal List<EventRow> Events(string persistenceId, long from, long to, int max)
    {
        var j = journal!;
        var command = Command($"""
            SELECT {j.SequenceNr}, {j.Created}, {j.Message}, {j.Serializer}, {j.Manifest}, event_manifest, {j.Writer}
            FROM {j.Table} WHERE {j.Id} = $0 AND {j.SequenceNr} BETWEEN $1 AND $2 ORDER BY {j.SequenceNr} LIMIT $3
            """);
        Bind(command, persistenceId, from, to, max);
        var rows = new List<EventRow>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(new EventRow(
                persistenceId, reader.GetInt64(0), reader.GetInt64(1), (byte[])reader.GetValue(2), reader.GetInt32(3), reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetString(6), null));
        return rows;
    }

    internal SnapshotRow? Snapshot(string persistenceId, long minSequenceNr, long maxSequenceNr, long minTicks, long maxTicks)
    {
        var s = snapshots!;
        var command = Command($"""
            SELECT {s.SequenceNr}, {s.Created}, {s.Snapshot}, {s.Serializer}, {s.Manifest} FROM {s.Table}
            WHERE {s.Id} = $0 AND {s.SequenceNr} BETWEEN $1 AND $2 AND {s.Created} BETWEEN $3 AND $4 ORDER BY {s.SequenceNr} DESC LIMIT 1
            """);
        Bind(command, persistenceId, minSequenceNr, maxSequenceNr, minTicks, maxTicks);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new SnapshotRow(persistenceId, reader.GetInt64(0), reader.GetInt64(1), (byte[])reader.GetValue(2), reader.GetInt32(3), reader.GetString(4))
            : null;
    }

    /// <summary>The highest sequence number that was deleted; 0 for none.</summary>
    internal long DeletedTo(string persistenceId)
    {
        var j = journal!;
        var command = Command($"SELECT {j.MetadataSequenceNr} FROM {j.Metadata} WHERE {j.MetadataId} = $0");
        Bind(command, persistenceId);
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    /// <summary>The first damage that SQLite finds in tables and indexes; null for none.</summary>
    internal string? Damage() => (string)Command("PRAGMA integrity_check(1)").ExecuteScalar()! is var found and not "ok" ? found : null;

    /// <summary>The number of this commit.</summary>
    internal long CountCommit() => (long)Command($"UPDATE {Commits} SET count = count + 1 WHERE id = 1 RETURNING count").ExecuteScalar()!;

    internal long CommitCount() => (long)(Command($"SELECT count FROM {Commits} WHERE id = 1").ExecuteScalar() ?? 0L);

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
    }

    private bool HasTables()
    {
        string[] names = [.. new[] { journal?.BareTable, journal is null ? null : Commits, snapshots?.Table.Trim('"') }.OfType<string>()];
        foreach (var name in names)
        {
            var command = Command("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $0");
            Bind(command, name);
            if ((long)command.ExecuteScalar()! == 0) return false;
        }

        return true;
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var n = 0; n < values.Length; n++)
        {
            if (command.Parameters.Count <= n) command.Parameters.AddWithValue($"${n}", values[n] ?? DBNull.Value);
            else command.Parameters[n].Value = values[n] ?? DBNull.Value;
        }
    }

    private SqliteCommand Command(string sql)
    {
        if (_prepared.TryGetValue(sql, out var known)) return known;
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables and columns come from the configuration and are quoted; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        // SQLite itself waits for a lock; this layer's own waiting would sleep far too long between tries.
        command.CommandTimeout = 1;
        return _prepared[sql] = command;
    }
}
