using Akka.Event;

namespace Akka.Persistence.Sql.Db;

/// <summary>
/// Group commit: one thread takes all writes that wait, writes them in one transaction, and only then tells those who
/// asked. While it waits for the disk, the next group gathers, so the more writers there are, the larger the groups.
/// </summary>
/// <remarks>After an error it connects anew with the next group; nothing is tried twice, since nobody knows what the first try did.</remarks>
internal sealed class GroupCommitWriter
{
    private readonly object _lock = new();
    private readonly Func<ISqlSession> _connect;
    private readonly int _maxWaiting;
    private readonly int _maxRows;
    private readonly bool _makesTables;
    private readonly ILoggingAdapter _log;
    private Queue<WriteItem> _waiting = new();
    private Queue<WriteItem> _taken = new();
    private ISqlSession? _session;
    private bool _stopped;
    private int _unfinished;

    internal GroupCommitWriter(string name, Func<ISqlSession> connect, Config.SqlPluginSettings settings, ILoggingAdapter log)
    {
        _connect = connect;
        _maxWaiting = settings.MaxWaitingWrites;
        _maxRows = settings.MaxRowsAFlush;
        _makesTables = settings.MakesTables;
        _log = log;
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Whether everything that was asked for has ended.</summary>
    internal bool IsIdle => Volatile.Read(ref _unfinished) == 0;

    /// <summary>False when the queue is full or closed: then nothing will come of the item.</summary>
    internal bool TryAdd(WriteItem item)
    {
        lock (_lock)
        {
            if (_stopped || _waiting.Count >= _maxWaiting) return false;
            _waiting.Enqueue(item);
            Interlocked.Increment(ref _unfinished);
            Monitor.Pulse(_lock);
            return true;
        }
    }

    /// <summary>Writes what waits and ends the thread.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.Pulse(_lock);
        }
    }

    private void Run()
    {
        while (Take())
        {
            while (_taken.Count > 0) Flush(NextGroup());
        }

        Close();
    }

    /// <summary>Waits for writes; false when there will be none.</summary>
    private bool Take()
    {
        lock (_lock)
        {
            while (_waiting.Count == 0)
            {
                if (_stopped) return false;
                Monitor.Wait(_lock);
            }

            (_waiting, _taken) = (_taken, _waiting);
            return true;
        }
    }

    private List<WriteItem> NextGroup()
    {
        var group = new List<WriteItem>(Math.Min(_taken.Count, _maxRows));
        for (var rows = 0; _taken.TryPeek(out var next) && (group.Count == 0 || rows + next.Rows <= _maxRows);)
        {
            group.Add(_taken.Dequeue());
            rows += next.Rows;
        }

        return group;
    }

    private void Flush(List<WriteItem> group)
    {
        try
        {
            if (_session is null)
            {
                var session = _connect();
                try
                {
                    session.Open(_makesTables);
                }
                catch
                {
                    session.Dispose();
                    throw;
                }

                _session = session;
            }

            _session.Write(group);
        }
        catch (Exception cause)
        {
            _log.Error(cause, "Writing to the database failed; {0} writes are not acknowledged: {1}", group.Count, cause.Message);
            foreach (var item in group) item.Fail(cause);
            Close();
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static state =>
            {
                foreach (var item in state.group) item.Complete();
                Interlocked.Add(ref state.self._unfinished, -state.group.Count);
            },
            (self: this, group), preferLocal: false);
    }

    private void Close()
    {
        try
        {
            _session?.Dispose();
        }
        catch (Exception cause)
        {
            _log.Warning("Closing a connection failed: {0}", cause.Message);
        }

        _session = null;
    }
}
