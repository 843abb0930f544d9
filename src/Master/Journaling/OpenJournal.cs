using System.Data.Common;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;

namespace ActorScheduler.Master.Journaling;

/// <summary>A store that was found usable, held open: a SQLite file that was deleted is still there for whoever compares.</summary>
public sealed class OpenJournal : IDisposable
{
    private readonly DbConnection _held;

    internal OpenJournal(JournalStore store, DbConnection held)
    {
        _held = held;
        DataOptions options = new DataOptions().UseConnectionString(store.Provider, store.ConnectionString);
        options = store.File is { } file
            ? options.UseInterceptor(new JournalFile(file))
            // Batches go by PostgreSQL's COPY, which is several times as fast as an INSERT of as many rows.
            : options.WithOptions<PostgreSQLOptions>(static given => given with { BulkCopyType = BulkCopyType.ProviderSpecific });
        Setup.AddDataOptions("akka.persistence.journal.sql", options);
        Setup.AddDataOptions("akka.persistence.snapshot-store.sql", options);
    }

    /// <summary>Part of the setup of the actor system that uses it, beside <see cref="JournalStore.Config"/>.</summary>
    public MultiDataOptionsSetup Setup { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();
}
