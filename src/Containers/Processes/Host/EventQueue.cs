using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>The kernel's queue of descriptors that are waited for at once (epoll), each under a token above 0, and a way to wake whoever waits.</summary>
internal sealed unsafe partial class EventQueue : IDisposable
{
    private const int AddCall = 1;
    private const int RemoveCall = 2;
    private const uint Readable = 1;
    private const uint Once = 1u << 30;
    private const int CloseOnExecute = 0x80000;
    private const int MostEvents = 64;
    private const long WakeToken = 0;

    // The kernel's structure is packed on x64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - 8;

    private readonly int _queue = CreateQueue(CloseOnExecute);
    private readonly (int Reading, int Writing) _wake = Kernel.Pipe();
    private readonly List<long> _ready = new(MostEvents);

    /// <exception cref="IOException">The kernel has no room for another one.</exception>
    public EventQueue()
    {
        if (!TryAdd(_wake.Reading, WakeToken))
            throw new IOException($"descriptors cannot be watched: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Waits for a descriptor too: that it can be read, or is at its end. False with the call's error when it cannot be.</summary>
    /// <param name="descriptor">Which.</param>
    /// <param name="token">What it is told by.</param>
    /// <param name="isOnce">Whether it is told once only; else as long as it is so.</param>
    public bool TryAdd(int descriptor, long token, bool isOnce = false)
    {
        byte* request = stackalloc byte[16];
        *(uint*)request = isOnce ? Readable | Once : Readable;
        *(long*)(request + DataOffset) = token;
        return ControlQueue(_queue, AddCall, descriptor, request) == 0;
    }

    /// <summary>Waits for it no more.</summary>
    public void Remove(int descriptor)
    {
        byte* unused = stackalloc byte[16];
        _ = ControlQueue(_queue, RemoveCall, descriptor, unused);
    }

    /// <summary>Waits until something can be told, the time is up, or somebody wakes it. For one thread.</summary>
    /// <param name="milliseconds">Longest wait; -1 for none.</param>
    /// <returns>Tokens of what is ready.</returns>
    public IReadOnlyList<long> TakeReady(int milliseconds)
    {
        byte* events = stackalloc byte[MostEvents * EventSize];
        int count = WaitForEvents(_queue, events, MostEvents, milliseconds);
        _ready.Clear();
        for (int i = 0; i < count; i++)
        {
            long token = *(long*)(events + (i * EventSize) + DataOffset);
            if (token == WakeToken)
                TakeWakes();
            else
                _ready.Add(token);
        }
        return _ready;
    }

    /// <summary>Ends the wait that is under way, or the next one.</summary>
    public void Wake() => Kernel.Write(_wake.Writing, "!"u8);

    /// <inheritdoc/>
    public void Dispose()
    {
        Kernel.Close(_queue);
        Kernel.Close(_wake.Reading);
        Kernel.Close(_wake.Writing);
    }

    private void TakeWakes()
    {
        Span<byte> wakes = stackalloc byte[64];
        _ = Kernel.Read(_wake.Reading, wakes);
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateQueue(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int ControlQueue(int queue, int operation, int descriptor, byte* request);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitForEvents(int queue, byte* events, int most, int milliseconds);
}
