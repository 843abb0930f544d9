using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>
/// Tells when processes end, own children and others, by descriptors of the kernel: one thread that waits for all of them.
/// Kernels that have none of these (before 5.3) are asked for each process, ten times a second.
/// </summary>
internal sealed unsafe partial class ExitWatch : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 1;
    private const uint Once = 1u << 30;
    private const int MostEvents = 64;
    private const int LookMilliseconds = 100;
    private const int Gone = 3;
    private const long WakeToken = 0;

    // The kernel's structure is packed on x64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - 8;

    private readonly ConcurrentDictionary<long, (int Process, int Descriptor, Action<int?> Ended)> _watched = new();
    private readonly ConcurrentDictionary<long, (int Process, Action<int?> Ended)> _asked = new();
    private readonly int _queue;
    private readonly (int Reading, int Writing) _wake;
    private long _tokens;
    private volatile bool _isDisposed;

    public ExitWatch()
    {
        _queue = CreateQueue(0x80000);
        _wake = Kernel.Pipe();
        Register(_wake.Reading, Readable, WakeToken);
        new Thread(Listen) { IsBackground = true, Name = "process-ends" }.Start();
    }

    /// <summary>Calls back once, on another thread, when a process has ended; with its wait status when it was our child.</summary>
    public void Watch(int process, Action<int?> ended)
    {
        long token = Interlocked.Increment(ref _tokens);
        int descriptor = Kernel.OpenProcess(process, out int error);
        if (descriptor >= 0)
        {
            _watched[token] = (process, descriptor, ended);
            // Closing it is not the end of it: a process that is being started has a copy until it loads its program.
            Register(descriptor, Readable | Once, token);
        }
        else if (error == Gone)
            ThreadPool.QueueUserWorkItem(_ => ended(Kernel.Reap(process)));
        else
        {
            _asked[token] = (process, ended);
            Kernel.Write(_wake.Writing, "!"u8);
        }
    }

    /// <summary>Nobody is told any more.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Kernel.Write(_wake.Writing, "!"u8);
    }

    private void Listen()
    {
        byte* events = stackalloc byte[MostEvents * EventSize];
        Span<byte> wakes = stackalloc byte[64];
        while (!_isDisposed)
        {
            int count = WaitForEvents(_queue, events, MostEvents, _asked.IsEmpty ? -1 : LookMilliseconds);
            for (int i = 0; i < count; i++)
            {
                long token = *(long*)(events + (i * EventSize) + DataOffset);
                if (token == WakeToken)
                    _ = Kernel.Read(_wake.Reading, wakes);
                else if (_watched.TryRemove(token, out (int Process, int Descriptor, Action<int?> Ended) watched))
                {
                    Kernel.Close(watched.Descriptor);
                    watched.Ended(Kernel.Reap(watched.Process));
                }
            }
            Ask();
        }
        foreach ((_, int descriptor, _) in _watched.Values)
            Kernel.Close(descriptor);
        Kernel.Close(_queue);
        Kernel.Close(_wake.Reading);
        Kernel.Close(_wake.Writing);
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

    private void Register(int descriptor, uint events, long token)
    {
        byte* request = stackalloc byte[16];
        *(uint*)request = events;
        *(long*)(request + DataOffset) = token;
        if (ControlQueue(_queue, Add, descriptor, request) != 0)
            throw new IOException($"ends of processes cannot be watched: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateQueue(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int ControlQueue(int queue, int operation, int descriptor, byte* request);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitForEvents(int queue, byte* events, int most, int milliseconds);
}
