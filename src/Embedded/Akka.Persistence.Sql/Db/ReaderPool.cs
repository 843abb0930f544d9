using System.Collections.Concurrent;

namespace Akka.Persistence.Sql.Db;

/// <summary>A few threads with a connection each that run reads, so that none blocks a dispatcher.</summary>
internal sealed class ReaderPool : IDisposable
{
    /// <summary>Recoveries are bounded by permits, so this many waiting reads means that something is wrong.</summary>
    private const int MaxWaiting = 10_000;

    private readonly BlockingCollection<Action<Reader>> _waiting = new(MaxWaiting);

    internal ReaderPool(string name, Func<ISqlSession> connect, Config.SqlPluginSettings settings)
    {
        for (var n = 1; n <= settings.ReaderThreads; n++)
        {
            var reader = new Reader(connect, settings.MakesTables);
            new Thread(() => Run(reader)) { IsBackground = true, Name = $"{name}-{n}" }.Start();
        }
    }

    internal Task<T> Run<T>(Func<ISqlSession, T> read)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var added = !_waiting.IsAddingCompleted && _waiting.TryAdd(reader =>
        {
            try
            {
                done.SetResult(reader.Read(read));
            }
            catch (Exception cause)
            {
                // What is wrong with a record is no fault of the connection, but a fresh one costs little.
                reader.Close();
                done.SetException(cause);
            }
        });
        if (!added) done.SetException(new SqlStoreException($"Too many reads wait for the database (limit {MaxWaiting}), or it is closed."));
        return done.Task;
    }

    public void Dispose() => _waiting.CompleteAdding();

    private void Run(Reader reader)
    {
        foreach (var read in _waiting.GetConsumingEnumerable()) read(reader);
        reader.Close();
    }

    private sealed class Reader(Func<ISqlSession> connect, bool makesTables)
    {
        private ISqlSession? _session;

        /// <summary>A connection that was kept may have gone stale, as after a restart of the server; a fresh one is tried then.</summary>
        internal T Read<T>(Func<ISqlSession, T> read)
        {
            if (_session is not { } kept) return read(Session());
            try
            {
                return read(kept);
            }
            catch (SqlStoreException) when (kept.IsBroken)
            {
                Close();
                return read(Session());
            }
        }

        private ISqlSession Session()
        {
            if (_session is not null) return _session;
            var session = connect();
            try
            {
                // A reader may be there before the writer, so it makes tables too.
                session.Open(makesTables);
            }
            catch
            {
                session.Dispose();
                throw;
            }

            return _session = session;
        }

        internal void Close()
        {
            try
            {
                _session?.Dispose();
            }
            catch (Exception)
            {
                // A connection that cannot even be closed is of no more use.
            }

            _session = null;
        }
    }
}
