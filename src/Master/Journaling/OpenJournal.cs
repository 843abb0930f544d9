using System.Data.Common;
using Akka.Persistence.Sql.Config;
using LinqToDB;

namespace ActorScheduler.Master.Journaling;

/// <summary>A store that was found usable, held open: a SQLite file that was deleted is still there for whoever compares.</summary>
public sealed class OpenJournal : IDisposable
{
    private readonly DbConnection _held;

    internal OpenJournal(JournalStore store, DbConnection held)
    {
        _held = held;
        if (store.File is { } file)
        {
            DataOptions options = new DataOptions().UseConnectionString(store.Provider, store.ConnectionString).UseInterceptor(new JournalFile(file));
            Setup.AddDataOptions("akka.persistence.journal.sql", options);
            Setup.AddDataOptions("akka.persistence.snapshot-store.sql", options);
        }
    }

    /// <summary>Part of the setup of the actor system that uses it, beside <see cref="JournalStore.Config"/>.</summary>
    public MultiDataOptionsSetup Setup { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();
}
