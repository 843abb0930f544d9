using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>
/// Waits for many pipes at once, by one thread, and calls whoever wants to read one. What is not read to its end is told again, after
/// the others that are ready: a pipe that is always full does not keep the others waiting.
/// </summary>
internal sealed unsafe partial class PipeWatch : IDisposable
{
    private const int Add = 1;
    private const int Delete = 2;
    private const uint Readable = 1;
    private const int MostEvents = 64;
    private const long LaterMilliseconds = 1000;
    private const long WakeToken = 0;

    // The kernel's structure is packed on x64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - 8;

    private readonly ConcurrentDictionary<long, (int Descriptor, Func<PipeTurn> Ready)> _watched = new();
    // Those to be tried again, and when: in this order. The thread's own.
    private readonly Queue<(long Due, long Token)> _later = new();
    // A number of a descriptor is used again once it is closed: what the kernel is told of one is told while its token is known.
    private readonly Lock _telling = new();
    private readonly int _queue;
    private readonly (int Reading, int Writing) _wake;
    private readonly Thread _thread;
    private long _tokens;
    private volatile bool _isDisposed;

    public PipeWatch()
    {
        _queue = CreateQueue(0x80000);
        _wake = Kernel.Pipe();
        Register(_wake.Reading, WakeToken);
        _thread = new Thread(Listen) { IsBackground = true, Name = "task-output" };
        _thread.Start();
    }

    /// <summary>Has something called, on the watch's thread, when the pipe can be read or nobody can write to it any more.</summary>
    /// <returns>What <see cref="Forget"/> wants.</returns>
    public long Watch(int pipe, Func<PipeTurn> ready)
    {
        long token = Interlocked.Increment(ref _tokens);
        _watched[token] = (pipe, ready);
        Register(pipe, token);
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
                Unregister(watched.Descriptor);
        }
    }

    /// <summary>Nobody is called any more when this returns.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Kernel.Write(_wake.Writing, "!"u8);
        _thread.Join();
        Kernel.Close(_queue);
        Kernel.Close(_wake.Reading);
        Kernel.Close(_wake.Writing);
    }

    private void Listen()
    {
        byte* events = stackalloc byte[MostEvents * EventSize];
        while (!_isDisposed)
        {
            int wait = _later.TryPeek(out (long Due, long Token) next) ? (int)Math.Clamp(next.Due - Environment.TickCount64, 0, LaterMilliseconds) : -1;
            int count = WaitForEvents(_queue, events, MostEvents, wait);
            for (int i = 0; i < count && !_isDisposed; i++)
                Call(*(long*)(events + (i * EventSize) + DataOffset));
            while (_later.TryPeek(out next) && next.Due <= Environment.TickCount64)
            {
                _later.Dequeue();
                lock (_telling)
                {
                    if (_watched.TryGetValue(next.Token, out (int Descriptor, Func<PipeTurn> Ready) watched))
                        Register(watched.Descriptor, next.Token);
                }
            }
        }
    }

    private void Call(long token)
    {
        // The wake is for the end alone.
        if (token == WakeToken || !_watched.TryGetValue(token, out (int Descriptor, Func<PipeTurn> Ready) watched))
            return;
        switch (watched.Ready())
        {
            case PipeTurn.Later:
                // Taken out: without a writer it would be told again at once, whatever is asked for.
                lock (_telling)
                {
                    if (_watched.ContainsKey(token))
                        Unregister(watched.Descriptor);
                }
                _later.Enqueue((Environment.TickCount64 + LaterMilliseconds, token));
                break;
            case PipeTurn.Over:
                Forget(token);
                break;
        }
    }

    private void Register(int descriptor, long token)
    {
        byte* request = stackalloc byte[16];
        *(uint*)request = Readable;
        *(long*)(request + DataOffset) = token;
        // Closed by its owner meanwhile: nobody waits for it.
        _ = ControlQueue(_queue, Add, descriptor, request);
    }

    private void Unregister(int descriptor)
    {
        byte* unused = stackalloc byte[16];
        _ = ControlQueue(_queue, Delete, descriptor, unused);
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateQueue(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int ControlQueue(int queue, int operation, int descriptor, byte* request);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitForEvents(int queue, byte* events, int most, int milliseconds);
}
