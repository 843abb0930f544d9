namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>Settings of a journal.</summary>
internal static class Journal
{
    public static string Sqlite(string folder) => Sql($"Data Source={folder}/journal.db", "SQLite.MS");

    public static string Postgres(string connection) => Sql(connection, "PostgreSQL.15");

    private static string Sql(string connection, string provider) => $$"""
        akka.persistence {
          journal { plugin = "akka.persistence.journal.sql", sql { connection-string = "{{connection}}", provider-name = "{{provider}}" } }
          snapshot-store { plugin = "akka.persistence.snapshot-store.sql", sql { connection-string = "{{connection}}", provider-name = "{{provider}}" } }
        }
        """;
}
