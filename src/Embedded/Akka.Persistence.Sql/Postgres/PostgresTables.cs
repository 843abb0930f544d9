using Akka.Persistence.Sql.Config;
using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>Makes the tables of the plugins.</summary>
internal static class PostgresTables
{
    /// <summary>Any number will do, as long as all processes use the same.</summary>
    private const long MakingTables = 0x616b6b61;

    internal static void Make(NpgsqlConnection connection, JournalTables? journal, SnapshotTables? snapshots)
    {
        if (Has(connection, journal?.Table) && Has(connection, journal?.Metadata) && Has(connection, snapshots?.Table)) return;
        // Two processes that make the same table at once would fail on each other, IF NOT EXISTS or not.
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({MakingTables})");
        if (journal is { } j)
        {
            Run(connection, $"""
                CREATE TABLE IF NOT EXISTS {j.Table} (
                  {j.Ordering} BIGINT GENERATED ALWAYS AS IDENTITY, {j.Id} TEXT NOT NULL, {j.SequenceNr} BIGINT NOT NULL,
                  {j.Created} BIGINT NOT NULL, {j.Deleted} BOOLEAN NOT NULL DEFAULT FALSE, {j.Message} BYTEA NOT NULL,
                  {j.Serializer} INTEGER NOT NULL, {j.Manifest} TEXT NOT NULL, event_manifest TEXT NULL,
                  {j.Writer} TEXT NOT NULL, {j.Tags} TEXT NULL, PRIMARY KEY ({j.Id}, {j.SequenceNr}))
                """);
            Run(connection, $"CREATE TABLE IF NOT EXISTS {j.Metadata} ({j.MetadataId} TEXT PRIMARY KEY, {j.MetadataSequenceNr} BIGINT NOT NULL)");
        }

        if (snapshots is { } s)
            Run(connection, $"""
                CREATE TABLE IF NOT EXISTS {s.Table} (
                  {s.Id} TEXT NOT NULL, {s.SequenceNr} BIGINT NOT NULL, {s.Created} BIGINT NOT NULL, {s.Snapshot} BYTEA NOT NULL,
                  {s.Manifest} TEXT NOT NULL, {s.Serializer} INTEGER NOT NULL, PRIMARY KEY ({s.Id}, {s.SequenceNr}))
                """);
        transaction.Commit();
    }

    private static bool Has(NpgsqlConnection connection, string? table)
    {
        if (table is null) return true;
        using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = table });
        return (bool)command.ExecuteScalar()!;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Names of tables and columns come from the configuration and are quoted.
        using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
