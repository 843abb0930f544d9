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
