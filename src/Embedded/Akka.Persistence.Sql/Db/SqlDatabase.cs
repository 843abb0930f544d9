using Akka.Event;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Postgres;
using Akka.Persistence.Sql.Sqlite;

namespace Akka.Persistence.Sql.Db;

/// <summary>A plugin's way to its database: one writer and a few readers.</summary>
internal sealed class SqlDatabase : IDisposable
{
    private readonly GroupCommitWriter _writer;
    private readonly ReaderPool _readers;
    private readonly SqlPluginSettings _settings;

    internal SqlDatabase(SqlPluginSettings settings, JournalTables? journal, SnapshotTables? snapshots, ILoggingAdapter log)
    {
        _settings = settings;
        var integrity = new SqliteIntegrity();
        ISqlSession Connect() => settings.IsSqlite
            ? new SqliteSession(settings.ConnectionString, journal, snapshots, integrity)
            : new PostgresSession(settings.ConnectionString, journal, snapshots);
        _writer = new GroupCommitWriter($"{settings.Section}-writer", Connect, settings, log);
        _readers = new ReaderPool($"{settings.Section}-reader", Connect, settings);
    }

    /// <summary>Null when there is no room; otherwise ends when the item is durable.</summary>
    internal Task? TryWrite(WriteItem item) => _writer.TryAdd(item) ? item.Done : null;

    internal Task Write(WriteItem item) => TryWrite(item) ?? Task.FromException(Full());

    internal SqlStoreException Full() => new(
        $"The database does not keep up: {_settings.MaxWaitingWrites} writes wait already ({_settings.Section}.buffer-size), so this one is rejected.");

    /// <summary>Reads what was written up to now, writes under way included.</summary>
    internal async Task<T> ReadAfterWrites<T>(Func<ISqlSession, T> read)
    {
        if (!_writer.IsIdle)
        {
            var fence = new Fence();
            if (_writer.TryAdd(fence)) await fence.Done.ConfigureAwait(false);
            else throw Full();
        }

        return await _readers.Run(read).ConfigureAwait(false);
    }

    internal Task<T> Read<T>(Func<ISqlSession, T> read) => _readers.Run(read);

    public void Dispose()
    {
        _writer.Stop();
        _readers.Dispose();
    }
}
