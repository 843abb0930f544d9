using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ActorScheduler.Master.Journaling;

/// <summary>
/// Which tables a store has, and of which version. The version is written once, by whoever comes first; what has tables of another
/// version, or of somebody else, is left alone.
/// </summary>
internal static class JournalSchema
{
    private const int Version = 1;

    private static readonly string OldTables =
        "'events', 'journal', 'event_journal', 'journal_metadata', 'journal_commits', 'snapshot', 'snapshot_store', 'asched_journal', 'asched_snapshot'";

    /// <summary>
    /// Columns as Akka.Persistence.Sql names them by default. Its unique key alone does not stop a second incarnation of an actor: one that has
    /// fallen behind writes numbers whose events were deleted after a snapshot, which nobody reads again. So a number is refused also when a
    /// higher one is there; the last event always is, deleted or not.
    /// </summary>
    private const string SqliteTables = """
        CREATE TABLE asched_journal (
          ordering INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, deleted INTEGER NOT NULL, persistence_id TEXT NOT NULL,
          sequence_number INTEGER NOT NULL, message BLOB NOT NULL, tags TEXT NULL, manifest TEXT NULL, identifier INTEGER NULL, writer_uuid TEXT NULL);
        CREATE UNIQUE INDEX asched_journal_key ON asched_journal (persistence_id, sequence_number);
        CREATE TRIGGER asched_journal_fence BEFORE INSERT ON asched_journal
          WHEN EXISTS (SELECT 1 FROM asched_journal WHERE persistence_id = NEW.persistence_id AND sequence_number >= NEW.sequence_number)
          BEGIN SELECT RAISE(ABORT, 'another incarnation of the actor has written on'); END;
        CREATE TABLE asched_snapshot (
          persistence_id TEXT NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL, snapshot BLOB NULL, manifest TEXT NULL,
          serializer_id INTEGER NULL, PRIMARY KEY (persistence_id, sequence_number));
        """;

    private const string PostgresTables = """
        CREATE TABLE asched_journal (
          ordering BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, created BIGINT NOT NULL, deleted BOOLEAN NOT NULL, persistence_id TEXT NOT NULL,
          sequence_number BIGINT NOT NULL, message BYTEA NOT NULL, tags TEXT NULL, manifest TEXT NULL, identifier INTEGER NULL, writer_uuid TEXT NULL);
        CREATE UNIQUE INDEX asched_journal_key ON asched_journal (persistence_id, sequence_number);
        CREATE FUNCTION asched_journal_fence() RETURNS trigger LANGUAGE plpgsql AS $fence$
        BEGIN
          IF EXISTS (SELECT 1 FROM asched_journal WHERE persistence_id = NEW.persistence_id AND sequence_number >= NEW.sequence_number) THEN
            RAISE EXCEPTION 'another incarnation of the actor has written on' USING ERRCODE = 'unique_violation';
          END IF;
          RETURN NEW;
        END $fence$;
        CREATE TRIGGER asched_journal_fence BEFORE INSERT ON asched_journal FOR EACH ROW EXECUTE FUNCTION asched_journal_fence();
        CREATE TABLE asched_snapshot (
          persistence_id TEXT NOT NULL, sequence_number BIGINT NOT NULL, created BIGINT NOT NULL, snapshot BYTEA NULL, manifest TEXT NULL,
          serializer_id INTEGER NULL, PRIMARY KEY (persistence_id, sequence_number));
        """;

    /// <summary>Checks a store, and makes a new one ready.</summary>
    /// <exception cref="JournalException">It is not of this version.</exception>
    internal static async Task Prepare(DbConnection connection, string description)
    {
        bool isSqlite = connection is SqliteConnection;
        // Write-ahead logging is a property of the file: set once, it holds for all connections to come.
        if (isSqlite)
            await Run(connection, "PRAGMA journal_mode = WAL");
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        // Several masters may start at once. SQLite's transaction is the only one that writes.
        if (!isSqlite)
            await Run(connection, "SELECT pg_advisory_xact_lock(2551104201)");
        if (!await Exists(connection, isSqlite, "'asched_schema'"))
        {
            if (await Exists(connection, isSqlite, OldTables))
                throw new JournalException($"{description} was written by an earlier version, which cannot be read: keep it for that version, and name a new one by --journal");
            await Run(connection, isSqlite ? SqliteTables : PostgresTables);
            await Run(connection, "CREATE TABLE asched_schema (version INTEGER NOT NULL)");
            await Run(connection, $"INSERT INTO asched_schema (version) VALUES ({Version})");
        }
        object? version = await Run(connection, "SELECT max(version) FROM asched_schema");
        if (Convert.ToInt64(version is DBNull ? 0 : version, System.Globalization.CultureInfo.InvariantCulture) != Version)
            throw new JournalException($"{description} has tables of version {version}, and this program knows version {Version}: start the version that wrote them, or name a new one by --journal");
        await transaction.CommitAsync();
    }

    private static async Task<bool> Exists(DbConnection connection, bool isSqlite, string names) => await Run(connection, isSqlite
        ? $"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name IN ({names}) LIMIT 1"
        // A database may be shared with others, whose tables may have such names too.
        : $"SELECT 1 FROM information_schema.columns WHERE table_schema = ANY (current_schemas(false)) AND table_name IN ({names}) AND column_name IN ('persistence_id', 'version') LIMIT 1") is not null;

    private static async Task<object?> Run(DbConnection connection, string sql)
    {
        await using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
