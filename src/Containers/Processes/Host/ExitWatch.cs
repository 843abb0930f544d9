using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>
/// Tells when processes end, own children and others, by descriptors of the kernel: one thread that waits for all of them.
/// Kernels that have none of these (before 5.3) are asked for each process, ten times a second.
/// </summary>
internal sealed class ExitWatch : IDisposable
{
    private const int LookMilliseconds = 100;
    private const int Gone = 3;

    private readonly ConcurrentDictionary<long, (int Process, int Descriptor, Action<int?> Ended)> _watched = new();
    private readonly ConcurrentDictionary<long, (int Process, Action<int?> Ended)> _asked = new();
    private readonly EventQueue _queue = new();
    private long _tokens;
    private volatile bool _isDisposed;

    public ExitWatch() => new Thread(Listen) { IsBackground = true, Name = "process-ends" }.Start();

    /// <summary>Calls back once, on another thread, when a process has ended; with its wait status when it was our child.</summary>
    public void Watch(int process, Action<int?> ended)
    {
        long token = Interlocked.Increment(ref _tokens);
        int descriptor = Kernel.OpenProcess(process, out int error);
        if (descriptor >= 0)
        {
            _watched[token] = (process, descriptor, ended);
            // Closing it is not the end of it: a process that is being started has a copy until it loads its program.
            if (!_queue.TryAdd(descriptor, token, isOnce: true))
                throw new IOException($"ends of processes cannot be watched: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        else if (error == Gone)
            ThreadPool.QueueUserWorkItem(_ => ended(Kernel.Reap(process)));
        else
        {
            _asked[token] = (process, ended);
            _queue.Wake();
        }
    }

    /// <summary>Nobody is told any more.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _queue.Wake();
    }

    private void Listen()
    {
        while (!_isDisposed)
        {
            foreach (long token in _queue.TakeReady(_asked.IsEmpty ? -1 : LookMilliseconds))
            {
                if (!_watched.TryRemove(token, out (int Process, int Descriptor, Action<int?> Ended) watched))
                    continue;
                Kernel.Close(watched.Descriptor);
                watched.Ended(Kernel.Reap(watched.Process));
            }
            Ask();
        }
        foreach ((_, int descriptor, _) in _watched.Values)
            Kernel.Close(descriptor);
        _queue.Dispose();
    }

    private void Ask()
    {
        foreach ((long token, (int process, Action<int?> ended)) in _asked)
        {
            int? status = Kernel.Reap(process);
            if ((status is not null || !ProcessTable.IsAlive(process)) && _asked.TryRemove(token, out _))
                ended(status);
        }
    }
}
