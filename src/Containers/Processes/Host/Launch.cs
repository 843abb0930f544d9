using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>
/// Starts a program as a session of its own, with nothing of ours but the descriptors that it is given. The runtime's own class keeps what it
/// starts in its books, copies the agent's signals and knows no sessions, so it is not used here.
/// </summary>
internal sealed unsafe partial class Launch
{
    private const int DefaultSignals = 0x04;
    private const int SignalMask = 0x08;
    private const int NewSession = 0x80;
    private const int ReadWrite = 2;
    private const int FirstOther = 3;

    // Larger than any library's structure of the kind.
    private const int Room = 1024;

    private const int OutOfProcesses = 11;
    private const int TooLong = 7;

    private static readonly bool CanCloseOthers = NativeLibrary.TryLoad("libc.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out _);

    public required string Program { get; init; }

    /// <summary>All of them, the program's name as the first.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Each as <c>name=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Descriptors for input, output and errors; unused with a terminal.</summary>
    public (int Input, int Output, int Error) Streams { get; init; }

    /// <summary>What it gets from descriptor 3 on; their numbers here are none of those that they get there.</summary>
    public IReadOnlyList<int> More { get; init; } = [];

    /// <summary>Path of the terminal that it gets, or null.</summary>
    public string? Terminal { get; init; }

    /// <summary>Starts it. Blocks until the program is loaded, about a millisecond.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ContainerException">It cannot be started.</exception>
    public int Run()
    {
        byte* attributes = stackalloc byte[Room];
        byte* actions = stackalloc byte[Room];
        byte* signals = stackalloc byte[128];
        nint[] argumentTexts = Texts(Arguments);
        nint[] environmentTexts = Texts(Environment);
        _ = InitializeAttributes(attributes);
        _ = InitializeActions(actions);
        try
        {
            new Span<byte>(signals, 128).Clear();
            _ = SetMask(attributes, signals);
            _ = FillSignals(signals);
            _ = SetDefaults(attributes, signals);
            _ = SetFlags(attributes, DefaultSignals | SignalMask | NewSession);
            if (Terminal is { } terminal)
            {
                // The first terminal that the leader of a session opens becomes the session's.
                _ = AddOpen(actions, 0, terminal, ReadWrite, 0);
                _ = AddCopy(actions, 0, 1);
                _ = AddCopy(actions, 0, 2);
            }
            else
            {
                _ = AddCopy(actions, Streams.Input, 0);
                _ = AddCopy(actions, Streams.Output, 1);
                _ = AddCopy(actions, Streams.Error, 2);
            }
            for (int i = 0; i < More.Count; i++)
                _ = AddCopy(actions, More[i], FirstOther + i);
            if (CanCloseOthers)
                _ = AddCloseFrom(actions, FirstOther + More.Count);
            int process;
            int error;
            fixed (nint* argumentsAt = argumentTexts, environmentAt = environmentTexts)
                error = Spawn(&process, Program, actions, attributes, argumentsAt, environmentAt);
            return error == 0 ? process : throw new ContainerException(error switch
            {
                OutOfProcesses => "the host has no room for another process (limit of processes, or memory)",
                TooLong => "command: its arguments and variables are too long for this host",
                _ => $"{Program} cannot be started: {Marshal.GetPInvokeErrorMessage(error)}",
            });
        }
        finally
        {
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
            Free(argumentTexts);
            Free(environmentTexts);
        }
    }

    private static nint[] Texts(IReadOnlyList<string> texts)
    {
        nint[] all = new nint[texts.Count + 1];
        for (int i = 0; i < texts.Count; i++)
            all[i] = Marshal.StringToCoTaskMemUTF8(texts[i]);
        return all;
    }

    private static void Free(nint[] texts)
    {
        foreach (nint text in texts)
            Marshal.FreeCoTaskMem(text);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(int* process, string program, byte* actions, byte* attributes, nint* arguments, nint* environment);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitializeAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    private static partial int FillSignals(byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddCopy(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(byte* actions, int descriptor, string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    private static partial int AddCloseFrom(byte* actions, int first);
}
