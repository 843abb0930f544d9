using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActorScheduler.Model;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ActorScheduler.Master.Journaling;

/// <summary>Where masters keep what they must not forget. What both kinds of store have in common is in reference.conf, <c>akka.persistence</c>.</summary>
/// <param name="Provider">Name of the database as the journal's plugin knows it.</param>
/// <param name="ConnectionString">How it is reached.</param>
/// <param name="File">The file, for SQLite; else null.</param>
public sealed record JournalStore(string Provider, string ConnectionString, string? File)
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    /// <summary>The configuration of a system whose persistent actors use it.</summary>
    public Config Config
    {
        get
        {
            string database = $"provider-name = \"{Provider}\", connection-string = \"{Quoted(ConnectionString)}\"";
            return ConfigurationFactory.ParseString($$"""
                # Sharding takes the default plugins anyway; said here, so that nothing rests on that.
                akka.cluster.sharding {
                  journal-plugin-id = "akka.persistence.journal.sql"
                  snapshot-plugin-id = "akka.persistence.snapshot-store.sql"
                }
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

    /// <summary>For people; without what is secret.</summary>
    internal string Description => File is not null
        ? $"{Sqlite}{File}"
        : new NpgsqlConnectionStringBuilder(ConnectionString) is var parts ? $"PostgreSQL at {parts.Host}:{parts.Port}, database {parts.Database ?? parts.Username}" : "";

    /// <summary>Reads <c>sqlite:PATH</c> or <c>postgres:CONNECTION STRING</c>; empty for a file in the data folder.</summary>
    public static Result<JournalStore> Parse(string text, string dataFolder) =>
        text.Length == 0 ? OfFile(Path.Combine(dataFolder, "journal.db"))
        : text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length ? OfFile(Path.GetFullPath(text[Sqlite.Length..]))
        : text.StartsWith(Postgres, StringComparison.Ordinal) && text.Contains('=', StringComparison.Ordinal) ? OfServer(text[Postgres.Length..])
        : new Problem("journal", "must be written sqlite:PATH or postgres:CONNECTION STRING, as in postgres:Host=db;Database=asched;Username=asched");

    /// <summary>Checks that it answers and is one of this version, makes it ready, and holds it for an actor system.</summary>
    /// <param name="cancellation">Ends the attempt to reach it.</param>
    /// <exception cref="JournalException">It cannot be used; the message is one sentence that says what to do.</exception>
    public async Task<OpenJournal> Open(CancellationToken cancellation = default)
    {
        JournalWarmUp.Begin(Provider, ConnectionString);
        DbConnection connection = NewConnection();
        try
        {
            await connection.OpenAsync(cancellation);
            await JournalSchema.Prepare(connection, Description);
            return new OpenJournal(this, connection);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            await connection.DisposeAsync();
            throw e as JournalException ?? new JournalException($"{Description} cannot be used: {e.Message}", e);
        }
    }

    // Not from the pool: it is held for as long as the node runs.
    private DbConnection NewConnection() => File is not null
        ? new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString)
        : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);

    /// <summary>A file that somebody else keeps locked is given up after the timeout, before the journal's breaker gives up the whole journal.</summary>
    private static JournalStore OfFile(string file) => new(
        "SQLite.MS", new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 5 }.ConnectionString, file);

    /// <summary>What is wrong with it is told before anything begins; without its text, which has a password.</summary>
    private static Result<JournalStore> OfServer(string connection)
    {
        try
        {
            return new JournalStore("PostgreSQL.15", new NpgsqlConnectionStringBuilder(connection).ConnectionString, null);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            return new Problem("journal", $"is no connection string of Npgsql: {e.Message}");
        }
    }

    /// <summary>As HOCON has it between quotes, which for what has to be escaped is as JSON has it.</summary>
    private static string Quoted(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
