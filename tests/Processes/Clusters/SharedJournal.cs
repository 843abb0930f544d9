namespace ActorScheduler.Processes.Clusters;

/// <summary>A SQLite journal that all nodes of a test write to, in a folder that goes with it.</summary>
public sealed class SharedJournal : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shared-journal-");

    /// <summary>The settings of a node that uses it.</summary>
    public string Config => $$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql { class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql", {{Database}} }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql { class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql", {{Database}} }
          }
        }
        """;

    private string Database => $"provider-name = \"SQLite.MS\", connection-string = \"Data Source={Path.Combine(_folder.FullName, "journal.db")}\"";

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
