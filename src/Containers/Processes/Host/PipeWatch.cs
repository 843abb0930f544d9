using System.Collections.Concurrent;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>
/// Waits for many pipes at once, by one thread, and calls whoever wants to read one. What is not read to its end is told again, after
/// the others that are ready: a pipe that is always full does not keep the others waiting.
/// </summary>
internal sealed class PipeWatch : IDisposable
{
    private const long LaterMilliseconds = 1000;

    private readonly ConcurrentDictionary<long, (int Descriptor, Func<PipeTurn> Ready)> _watched = new();
    // Those to be tried again, and when: in this order. The thread's own.
    private readonly Queue<(long Due, long Token)> _later = new();
    // A number of a descriptor is used again once it is closed: what the kernel is told of one is told while its token is known.
    private readonly Lock _telling = new();
    private readonly EventQueue _queue = new();
    private readonly Thread _thread;
    private long _tokens;
    private volatile bool _isDisposed;

    public PipeWatch()
    {
        _thread = new Thread(Listen) { IsBackground = true, Name = "task-output" };
        _thread.Start();
    }

    /// <summary>Has something called, on the watch's thread, when the pipe can be read or nobody can write to it any more.</summary>
    /// <returns>What <see cref="Forget"/> wants.</returns>
    public long Watch(int pipe, Func<PipeTurn> ready)
    {
        long token = Interlocked.Increment(ref _tokens);
        _watched[token] = (pipe, ready);
        // One that is closed by its owner meanwhile is not waited for.
        _ = _queue.TryAdd(pipe, token);
        return token;
    }

    /// <summary>
    /// Has nothing called any more, but for a call that is under way. To be done before the pipe is closed: other processes have the
    /// same open file, so closing it here is not the end of the watch.
    /// </summary>
    public void Forget(long token)
    {
        lock (_telling)
        {
            if (_watched.TryRemove(token, out (int Descriptor, Func<PipeTurn> Ready) watched))
                _queue.Remove(watched.Descriptor);
        }
    }

    /// <summary>Nobody is called any more when this returns.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _queue.Wake();
        _thread.Join();
        _queue.Dispose();
    }

    private void Listen()
    {
        while (!_isDisposed)
        {
            int wait = _later.TryPeek(out (long Due, long Token) next) ? (int)Math.Clamp(next.Due - Environment.TickCount64, 0, LaterMilliseconds) : -1;
            foreach (long token in _queue.TakeReady(wait))
            {
                if (!_isDisposed)
                    Call(token);
            }
            while (_later.TryPeek(out next) && next.Due <= Environment.TickCount64)
            {
                _later.Dequeue();
                lock (_telling)
                {
                    if (_watched.TryGetValue(next.Token, out (int Descriptor, Func<PipeTurn> Ready) watched))
                        _ = _queue.TryAdd(watched.Descriptor, next.Token);
                }
            }
        }
    }

    private void Call(long token)
    {
        if (!_watched.TryGetValue(token, out (int Descriptor, Func<PipeTurn> Ready) watched))
            return;
        switch (watched.Ready())
        {
            case PipeTurn.Later:
                // Taken out: without a writer it would be told again at once, whatever is asked for.
                lock (_telling)
                {
                    if (_watched.ContainsKey(token))
                        _queue.Remove(watched.Descriptor);
                }
                _later.Enqueue((Environment.TickCount64 + LaterMilliseconds, token));
                break;
            case PipeTurn.Over:
                Forget(token);
                break;
        }
    }
}
