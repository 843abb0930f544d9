using System.Data;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;
using Npgsql;
using NpgsqlTypes;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>
/// A connection to PostgreSQL. All events of a flush go in one statement of arrays, which is a transaction of its own:
/// one round trip, one flush of the server's log.
/// </summary>
internal sealed class PostgresSession : ISqlSession
{
    private readonly NpgsqlConnection _connection;
    private readonly string _server;
    private readonly JournalTables? _journal;
    private readonly SnapshotTables? _snapshots;
    private NpgsqlCommand? _insert;

    internal PostgresSession(string connectionString, JournalTables? journal, SnapshotTables? snapshots)
    {
        // No pool: a connection that failed must not come back.
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        _connection = new NpgsqlConnection(builder.ToString());
        _server = $"{builder.Host}:{builder.Port}";
        _journal = journal;
        _snapshots = snapshots;
    }

    public bool IsBroken => _connection.State != ConnectionState.Open;

    public void Open(bool makeTables) => Explained("Opening", () =>
    {
        _connection.Open();
        if (makeTables) PostgresTables.Make(_connection, _journal, _snapshots);
        return true;
    });

    public void Write(IReadOnlyList<WriteItem> items) => Explained("Writing to", () =>
    {
        for (var start = 0; start < items.Count;)
        {
            var end = start;
            while (end < items.Count && items[end] is InsertEvents) end++;
            if (end > start) InsertTogether([.. items.Skip(start).Take(end - start).Cast<InsertEvents>()]);
            if (end < items.Count) WriteAlone(items[end]);
            start = end + 1;
        }

        return true;
    });

    public long HighestSequenceNr(string persistenceId)
    {
        var j = _journal!;
        return Explained("Reading", () =>
        {
            using var command = Command(
                $"""
                 SELECT greatest(coalesce((SELECT max({j.SequenceNr}) FROM {j.Table} WHERE {j.Id} = $1), 0),
                                 coalesce((SELECT {j.MetadataSequenceNr} FROM {j.Metadata} WHERE {j.MetadataId} = $1), 0))
                 """, persistenceId);
            return (long)command.ExecuteScalar()!;
        });
    }

    public List<EventRow> ReadEvents(string persistenceId, long fromSequenceNr, long toSequenceNr, int max)
    {
        var j = _journal!;
        try
        {
            using var command = Command(
                $"""
                 SELECT {j.SequenceNr}, {j.Created}, {j.Message}, {j.Serializer}, {j.Manifest}, event_manifest, {j.Writer}
                 FROM {j.Table} WHERE {j.Id} = $1 AND {j.SequenceNr} BETWEEN $2 AND $3 ORDER BY {j.SequenceNr} LIMIT $4
                 """, persistenceId, fromSequenceNr, toSequenceNr, max);
            var rows = new List<EventRow>();
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add(new EventRow(
                    persistenceId, reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetInt32(3), reader.GetString(4),
                    reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetString(6), null));
            return rows;
        }
        catch (NpgsqlException cause)
        {
            throw new SqlStoreException(
                $"The events of persistence id [{persistenceId}] from sequence number [{fromSequenceNr}] on cannot be read from PostgreSQL at {_server}: {cause.Message}",
                cause);
        }
    }

    /// <summary>PostgreSQL looks after its own pages.</summary>
    public void VerifyGap(string persistenceId, long expected, long found)
    {
    }

    public SnapshotRow? ReadSnapshot(string persistenceId, long minSequenceNr, long maxSequenceNr, long minTicks, long maxTicks)
    {
        var s = _snapshots!;
        return Explained("Reading", () =>
        {
            using var command = Command(
                $"""
                 SELECT {s.SequenceNr}, {s.Created}, {s.Snapshot}, {s.Serializer}, {s.Manifest} FROM {s.Table}
                 WHERE {s.Id} = $1 AND {s.SequenceNr} BETWEEN $2 AND $3 AND {s.Created} BETWEEN $4 AND $5 ORDER BY {s.SequenceNr} DESC LIMIT 1
                 """, persistenceId, minSequenceNr, maxSequenceNr, minTicks, maxTicks);
            using var reader = command.ExecuteReader();
            return reader.Read()
                ? new SnapshotRow(persistenceId, reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetInt32(3), reader.GetString(4))
                : null;
        });
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _connection.Dispose();
    }

    /// <summary>Classes 22 and 23: the data or a constraint is at fault, and the connection is as good as before.</summary>
    private static bool IsFaultOfItem(PostgresException failure) =>
        failure.SqlState.StartsWith("22", StringComparison.Ordinal) || failure.SqlState.StartsWith("23", StringComparison.Ordinal);

    /// <summary>When the database refuses a group, each half is tried, until those that are at fault stand alone.</summary>
    private void InsertTogether(InsertEvents[] items)
    {
        try
        {
            Insert(items.SelectMany(item => item.Events));
        }
        catch (PostgresException failure) when (IsFaultOfItem(failure))
        {
            if (items.Length == 1)
            {
                items[0].Fail(failure.SqlState == PostgresErrorCodes.UniqueViolation
                    ? new SqlStoreException($"There is another writer: {items[0].Describe()} is in the journal already", failure)
                    : new SqlStoreException($"The database does not take {items[0].Describe()}: {failure.MessageText}", failure));
                return;
            }

            InsertTogether(items[..(items.Length / 2)]);
            InsertTogether(items[(items.Length / 2)..]);
        }
    }

    private void Insert(IEnumerable<EventRow> events)
    {
        EventRow[] rows = [.. events];
        var command = _insert ??= PrepareInsert();
        object[] values =
        [
            Array.ConvertAll(rows, r => r.PersistenceId), Array.ConvertAll(rows, r => r.SequenceNr), Array.ConvertAll(rows, r => r.CreatedTicks),
            Array.ConvertAll(rows, r => r.Message), Array.ConvertAll(rows, r => r.SerializerId), Array.ConvertAll(rows, r => r.Manifest),
            Array.ConvertAll(rows, r => r.EventManifest), Array.ConvertAll(rows, r => r.Writer), Array.ConvertAll(rows, r => r.Tags),
        ];
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = values[n];
        command.ExecuteNonQuery();
    }

    private NpgsqlCommand PrepareInsert()
    {
        var j = _journal!;
        var command = Command(
            $"""
             INSERT INTO {j.Table} ({j.Id}, {j.SequenceNr}, {j.Created}, {j.Message}, {j.Serializer}, {j.Manifest}, event_manifest, {j.Writer}, {j.Tags})
             SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
             """);
        NpgsqlDbType[] types =
        [
            NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea, NpgsqlDbType.Integer,
            NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text,
        ];
        foreach (var type in types) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        command.Prepare();
        return command;
    }

    private void WriteAlone(WriteItem item)
    {
        try
        {
            switch (item)
            {
                case DeleteEvents delete:
                    Delete(delete);
                    break;
                case SaveSnapshotRow save:
                    Save(save.Row);
                    break;
                case DeleteSnapshotRows delete:
                    var s = _snapshots!;
                    using (var command = Command(
                        $"DELETE FROM {s.Table} WHERE {s.Id} = $1 AND {s.SequenceNr} BETWEEN $2 AND $3 AND {s.Created} BETWEEN $4 AND $5",
                        delete.PersistenceId, delete.MinSequenceNr, delete.MaxSequenceNr, delete.MinTicks, delete.MaxTicks))
                    {
                        command.ExecuteNonQuery();
                    }

                    break;
            }
        }
        catch (PostgresException failure) when (IsFaultOfItem(failure))
        {
            item.Fail(new SqlStoreException($"The database does not take this: {failure.MessageText}", failure));
        }
    }

    private void Delete(DeleteEvents delete)
    {
        var j = _journal!;
        using var transaction = _connection.BeginTransaction(IsolationLevel.ReadCommitted);
        using var keep = Command(
            $"""
             INSERT INTO {j.Metadata} AS known ({j.MetadataId}, {j.MetadataSequenceNr})
             SELECT $1, max({j.SequenceNr}) FROM {j.Table} WHERE {j.Id} = $1 AND {j.SequenceNr} <= $2 HAVING count(*) > 0
             ON CONFLICT ({j.MetadataId}) DO UPDATE SET {j.MetadataSequenceNr} = greatest(known.{j.MetadataSequenceNr}, excluded.{j.MetadataSequenceNr})
             """, delete.PersistenceId, delete.ToSequenceNr);
        keep.ExecuteNonQuery();
        using var remove = Command($"DELETE FROM {j.Table} WHERE {j.Id} = $1 AND {j.SequenceNr} <= $2", delete.PersistenceId, delete.ToSequenceNr);
        remove.ExecuteNonQuery();
        transaction.Commit();
    }

    private void Save(SnapshotRow row)
    {
        var s = _snapshots!;
        using var command = Command(
            $"""
             INSERT INTO {s.Table} ({s.Id}, {s.SequenceNr}, {s.Created}, {s.Snapshot}, {s.Manifest}, {s.Serializer}) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT ({s.Id}, {s.SequenceNr}) DO UPDATE SET {s.Created} = excluded.{s.Created}, {s.Snapshot} = excluded.{s.Snapshot},
               {s.Manifest} = excluded.{s.Manifest}, {s.Serializer} = excluded.{s.Serializer}
             """, row.PersistenceId, row.SequenceNr, row.CreatedTicks, row.Payload, row.Manifest, row.SerializerId);
        command.ExecuteNonQuery();
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
#pragma warning disable CA2100 // Names of tables and columns come from the configuration and are quoted; values are parameters.
        var command = new NpgsqlCommand(sql, _connection);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private T Explained<T>(string doing, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (NpgsqlException cause)
        {
            throw new SqlStoreException($"{doing} PostgreSQL at {_server} failed: {cause.Message}", cause);
        }
    }
}
