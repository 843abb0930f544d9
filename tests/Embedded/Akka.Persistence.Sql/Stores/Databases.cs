namespace Akka.Persistence.Sql.Specs.Stores;

/// <summary>Databases to test with: SQLite files in a folder of their own, and the PostgreSQL that the variable POSTGRES names.</summary>
internal static class Databases
{
    internal static string? Postgres { get; } = Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 } given ? given : null;

    /// <summary>All files of a run, which go when the run ends.</summary>
    private static readonly Lazy<DirectoryInfo> Root = new(() => Folder(Path.GetTempPath()));

    /// <summary>The same without a disk, where there is such a place: for very many files.</summary>
    private static readonly Lazy<DirectoryInfo> InMemory = new(() => Folder(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath()));

    internal static string? WithoutPostgres => Postgres is null
        ? "POSTGRES names no server; 'scripts/postgres start' starts one and prints its line"
        : null;

    internal static bool RequireAll => Environment.GetEnvironmentVariable("ACTORSCHEDULER_REQUIRE_ALL") == "1";

    internal static string NewFileInMemory() => Path.Combine(InMemory.Value.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName, "journal.db");

    internal static string NewFile() => Path.Combine(Root.Value.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName, "journal.db");

    private static DirectoryInfo Folder(string place)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place, $"journals-{Guid.NewGuid():N}"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }

    internal static string Sqlite(string file, string more = "") => Config("SQLite.MS", $"Data Source={file}", more);

    internal static string OnPostgres(string more = "") => Config("PostgreSQL.15", Postgres ?? "Host=127.0.0.1;Port=1", more);

    internal static string Config(string provider, string connectionString, string more = "") => $$"""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
              provider-name = "{{provider}}"
              connection-string = "{{connectionString}}"
              circuit-breaker.max-failures = 1000
              {{more}}
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
              provider-name = "{{provider}}"
              connection-string = "{{connectionString}}"
            }
          }
        }
        """;
}

/// <summary>A fact about PostgreSQL. Skipped where POSTGRES names none, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!Databases.RequireAll) Skip = Databases.WithoutPostgres!;
    }
}
