using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Db;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>
/// A connection to a SQLite file in WAL mode with synchronous=FULL: a commit returns when the log is on the disk. Several
/// processes may use one file; each waits for the others' transactions.
/// </summary>
internal sealed class SqliteSession : ISqlSession
{
    /// <summary>How long a transaction waits for another process's; beyond that the database counts as locked.</summary>
    private const int BusyMilliseconds = 5000;

    private const int Constraint = 19;
    private const int TooBig = 18;
    private const int Mismatch = 20;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _statements;
    private readonly AcknowledgedMark? _mark;
    private readonly SqliteIntegrity _integrity;

    static SqliteSession() => SQLitePCL.Batteries_V2.Init();

    internal SqliteSession(string connectionString, JournalTables? journal, SnapshotTables? snapshots, SqliteIntegrity integrity)
    {
        _integrity = integrity;
        // No pool: a connection that failed must not come back.
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        _connection = new SqliteConnection(builder.ToString());
        _statements = new SqliteStatements(_connection, journal, snapshots);
        if (journal is not null && builder.Mode != SqliteOpenMode.Memory && builder.DataSource is { Length: > 0 } file && file != ":memory:")
            _mark = new AcknowledgedMark(Path.GetFullPath(file) + "-acknowledged");
    }

    /// <summary>There is no server.</summary>
    public bool IsBroken => false;

    public void Open(bool makeTables) => Explained("Opening", () =>
    {
        _connection.Open();
        _statements.Run($"PRAGMA busy_timeout={BusyMilliseconds}");
        _statements.Run("PRAGMA journal_mode=WAL");
        _statements.Run("PRAGMA synchronous=FULL");
        if (makeTables) _statements.MakeTables();
        _integrity.LookOnce(_statements, _connection.DataSource);
        _mark?.Check(_statements);
    });

    public void Write(IReadOnlyList<WriteItem> items)
    {
        if (items.All(item => item is Fence)) return;
        Explained("Writing to", () =>
        {
            _statements.Run("BEGIN IMMEDIATE");
            try
            {
                foreach (var item in items) WriteOne(item);
                var commit = _mark is null ? 0 : _statements.CountCommit();
                _statements.Run("COMMIT");
                _mark?.Set(commit, items);
            }
            catch
            {
                TryRollBack();
                throw;
            }
        });
    }

    public long HighestSequenceNr(string persistenceId) => Explained("Reading", () => _statements.Highest(persistenceId));

    public void VerifyGap(string persistenceId, long expected, long found)
    {
        if (found - 1 <= _statements.DeletedTo(persistenceId)) return;
        if (_statements.Damage() is { } damage)
            throw new SqlStoreException(
                $"The event with sequence number [{expected}] of persistence id [{persistenceId}] is missing, " +
                $"and the database {_connection.DataSource} is damaged: {damage}");
    }

    public List<EventRow> ReadEvents(string persistenceId, long fromSequenceNr, long toSequenceNr, int max)
    {
        try
        {
            return _statements.Events(persistenceId, fromSequenceNr, toSequenceNr, max);
        }
        catch (Exception cause) when (IsOfDatabase(cause))
        {
            throw new SqlStoreException(
                $"The events of persistence id [{persistenceId}] from sequence number [{fromSequenceNr}] on cannot be read from {_connection.DataSource}: {cause.Message}",
                cause);
        }
    }

    public SnapshotRow? ReadSnapshot(string persistenceId, long minSequenceNr, long maxSequenceNr, long minTicks, long maxTicks) =>
        Explained("Reading", () => _statements.Snapshot(persistenceId, minSequenceNr, maxSequenceNr, minTicks, maxTicks));

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
        _mark?.Dispose();
    }

    /// <summary>A damaged row may also hold a value of another type than its column.</summary>
    private static bool IsOfDatabase(Exception cause) => cause is SqliteException or InvalidCastException or FormatException or OverflowException;

    private static bool IsFaultOfItem(SqliteException failure) => failure.SqliteErrorCode is Constraint or TooBig or Mismatch;

    private static SqlStoreException Explain(WriteItem item, SqliteException failure) => item is InsertEvents insert && failure.SqliteErrorCode == Constraint
        ? new SqlStoreException($"There is another writer: {insert.Describe()} is in the journal already", failure)
        : new SqlStoreException($"The database does not take this: {failure.Message}", failure);

    /// <summary>What a constraint refuses is undone alone; a statement does that itself, several need a savepoint.</summary>
    private void WriteOne(WriteItem item)
    {
        var isSeveral = item.Rows > 1;
        if (isSeveral) _statements.Run("SAVEPOINT item");
        try
        {
            switch (item)
            {
                case InsertEvents insert:
                    foreach (var row in insert.Events) _statements.Insert(row);
                    break;
                case DeleteEvents delete:
                    _statements.Delete(delete);
                    break;
                case SaveSnapshotRow save:
                    _statements.Save(save.Row);
                    break;
                case DeleteSnapshotRows delete:
                    _statements.Delete(delete);
                    break;
            }

            if (isSeveral) _statements.Run("RELEASE item");
        }
        catch (SqliteException failure) when (IsFaultOfItem(failure))
        {
            if (isSeveral)
            {
                _statements.Run("ROLLBACK TO item");
                _statements.Run("RELEASE item");
            }

            item.Fail(Explain(item, failure));
        }
    }

    private void TryRollBack()
    {
        try
        {
            _statements.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The database has rolled back itself, as it does when the disk is full; the connection is closed anyway.
        }
    }

    private void Explained(string doing, Action action) => Explained(doing, () =>
    {
        action();
        return true;
    });

    private T Explained<T>(string doing, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception cause) when (IsOfDatabase(cause))
        {
            throw new SqlStoreException($"{doing} the SQLite database {_connection.DataSource} failed: {cause.Message}", cause);
        }
    }
}
