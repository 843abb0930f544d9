using System.Data.Common;
using ActorScheduler.Protocol;
using LinqToDB.Interceptors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorScheduler.Master.Journaling;

/// <summary>
/// Sees to it that what is written goes to the file that has the journal's name. A file that was deleted or replaced under a running
/// node takes writes in silence until the last process closes it; so its name is looked at before each transaction, and once more after
/// the commit, before anything is acknowledged. What is left: who writes other contents into the same file is not noticed, and who deletes
/// the file takes with it what was acknowledged before.
/// </summary>
internal sealed class JournalFile : IConnectionInterceptor, IDataContextInterceptor
{
    /// <summary>How long SQLite itself waits for another writer, in ms, looking often; the driver's own wait would look every 150 ms.</summary>
    private const int BusyTimeout = 2000;

    private readonly KnownFiles _files;

    /// <param name="file">The file, which is open and has a log.</param>
    internal JournalFile(string file) => _files = new KnownFiles(file, $"{file}-wal");

    public void ConnectionOpening(ConnectionEventData eventData, DbConnection connection) => Check();

    public async Task ConnectionOpeningAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        // SQLite's asynchronous calls are none. On its way from here a write does not keep the stream from gathering the next batch,
        // which would else be of one request.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Check();
    }

    public void ConnectionOpened(ConnectionEventData eventData, DbConnection connection) =>
        raw.sqlite3_busy_timeout(((SqliteConnection)connection).Handle, BusyTimeout);

    public Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        ConnectionOpened(eventData, connection);
        return Task.CompletedTask;
    }

    public void OnClosing(DataContextEventData eventData)
    {
        // Only what was closed is safe with whoever gets the connection next.
    }

    public Task OnClosingAsync(DataContextEventData eventData) => Task.CompletedTask;

    public void OnClosed(DataContextEventData eventData) => Check();

    public Task OnClosedAsync(DataContextEventData eventData)
    {
        Check();
        return Task.CompletedTask;
    }

    private void Check()
    {
        if (_files.Missing() is { } path)
            throw new JournalException($"{path} was deleted or replaced while this node was running: nothing more is acknowledged until the node is started again");
    }
}
