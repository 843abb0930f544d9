using ActorScheduler.Model;
using Akka.Configuration;

namespace ActorScheduler.Node.Configuration;

/// <summary>Where masters keep what they must not forget.</summary>
/// <param name="Provider">Name of the database as the journal's plugin knows it.</param>
/// <param name="ConnectionString">How it is reached.</param>
/// <param name="File">The file, for SQLite; else null.</param>
internal sealed record JournalStore(string Provider, string ConnectionString, string? File)
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    /// <summary>Reads <c>sqlite:PATH</c> or <c>postgres:CONNECTION STRING</c>; empty for a file in the data folder.</summary>
    internal static Result<JournalStore> Parse(string text, string dataFolder) =>
        text.Length == 0 ? OfFile(Path.Combine(dataFolder, "journal.db"))
        : text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length ? OfFile(Path.GetFullPath(text[Sqlite.Length..]))
        : text.StartsWith(Postgres, StringComparison.Ordinal) && text.Contains('=', StringComparison.Ordinal) ? new JournalStore("PostgreSQL.15", text[Postgres.Length..], null)
        : new Problem("journal", "must be written sqlite:PATH or postgres:CONNECTION STRING, as in postgres:Host=db;Database=asched;Username=asched");

    /// <summary>The settings of a system whose persistent actors use it.</summary>
    internal Config Config
    {
        get
        {
            string database = $"provider-name = \"{Provider}\", connection-string = \"{ConnectionString.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            return ConfigurationFactory.ParseString($$"""
                akka.persistence {
                  journal {
                    plugin = "akka.persistence.journal.sql"
                    sql { class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql", {{database}} }
                  }
                  snapshot-store {
                    plugin = "akka.persistence.snapshot-store.sql"
                    sql { class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql", {{database}} }
                  }
                }
                """);
        }
    }

    private static JournalStore OfFile(string file) => new("SQLite.MS", $"Data Source={file}", file);
}
