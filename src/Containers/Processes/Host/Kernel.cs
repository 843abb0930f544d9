using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>Calls of the system that the runtime does not have. Numbers are Linux's, the same on x64 and arm64.</summary>
internal static unsafe partial class Kernel
{
    public const int SigTerm = 15;
    public const int SigKill = 9;
    public const int WindowChanged = 28;

    private const int NoSuchProcess = 3;
    private const int NotThere = 2;
    private const int Exists = 17;
    private const int NoHang = 1;
    private const int OpenFileOfProcess = 434;
    private const int ReadWrite = 0x2;
    private const int NoTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExecute = 0x80000;
    private const nuint SetWindowSize = 0x5414;

    /// <summary>Sends a signal to a process, or with a negative number to a group. False when there is none.</summary>
    /// <exception cref="IOException">Not allowed.</exception>
    public static bool Kill(int process, int signal)
    {
        if (KillCall(process, signal) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == NoSuchProcess ? false : throw Failed($"process {process} cannot be sent signal {signal}");
    }

    /// <summary>A descriptor that becomes readable when the process has ended; -1 with the error when there is none.</summary>
    public static int OpenProcess(int process, out int error)
    {
        nint descriptor = SystemCall(OpenFileOfProcess, process, 0);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return (int)descriptor;
    }

    /// <summary>Takes an ended child away; its wait status, or null when it is no child or has not ended.</summary>
    public static int? Reap(int process)
    {
        int status;
        return WaitProcess(process, &status, NoHang) == process ? status : null;
    }

    /// <summary>Exit code as shells tell it: 128 and the signal's number for a signal.</summary>
    public static int ExitCode(int waitStatus) => (waitStatus & 0x7f) is var signal and > 0 ? 128 + signal : (waitStatus >> 8) & 0xff;

    /// <summary>Opens for reading, without waiting.</summary>
    public static int OpenNull() => Open("/dev/null", CloseOnExecute, 0) is var descriptor and >= 0 ? descriptor : throw Failed("/dev/null");

    /// <summary>Opens a pipe of a process by its path in /proc, without waiting; -1 when it is not there.</summary>
    public static int OpenPipe(string path, bool isWritten) => Open(path, (isWritten ? 1 : 0) | NonBlocking | CloseOnExecute, 0);

    public static void Close(int descriptor) => _ = CloseCall(descriptor);

    /// <summary>A pipe whose ends no other program gets.</summary>
    public static (int Reading, int Writing) Pipe()
    {
        int* ends = stackalloc int[2];
        return MakePipe(ends, CloseOnExecute) == 0 ? (ends[0], ends[1]) : throw Failed("pipe");
    }

    /// <summary>A new terminal: our end, and the path of the other.</summary>
    public static (int Master, string Path) OpenTerminal()
    {
        int master = OpenMaster(ReadWrite | NoTerminal | CloseOnExecute);
        byte* name = stackalloc byte[128];
        if (master >= 0 && GrantTerminal(master) == 0 && UnlockTerminal(master) == 0 && NameTerminal(master, name, 128) == 0)
            return (master, Marshal.PtrToStringUTF8((nint)name)!);
        IOException failure = Failed("a terminal cannot be had");
        if (master >= 0)
            Close(master);
        throw failure;
    }

    public static void SetSize(int master, int columns, int rows)
    {
        ushort* size = stackalloc ushort[4] { (ushort)rows, (ushort)columns, 0, 0 };
        _ = Control(master, SetWindowSize, (nint)size);
    }

    /// <summary>Waits until something can be read, the other end is closed or the time is up.</summary>
    public static bool IsReadable(int descriptor, int milliseconds)
    {
        // struct pollfd: int descriptor, short events, short what happened.
        int* poll = stackalloc int[2] { descriptor, 1 };
        return Poll(poll, 1, milliseconds) > 0;
    }

    /// <summary>Bytes read; 0 or less at the end.</summary>
    public static int Read(int descriptor, Span<byte> into)
    {
        fixed (byte* at = into)
            return (int)ReadCall(descriptor, at, (nuint)into.Length);
    }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="IOException">Nobody reads it any more.</exception>
    public static void Write(int descriptor, ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            fixed (byte* at = data)
            {
                nint written = WriteCall(descriptor, at, (nuint)data.Length);
                if (written <= 0)
                    throw Failed("it does not read");
                data = data[(int)written..];
            }
        }
    }

    /// <summary>Writes to a file that is there, in one call as the kernel's own files want it.</summary>
    /// <exception cref="IOException">It is refused.</exception>
    public static void WriteFile(string path, ReadOnlySpan<byte> text)
    {
        int descriptor = Open(path, 0x1 | CloseOnExecute, 0);
        if (descriptor < 0)
            throw Failed(path);
        try
        {
            Write(descriptor, text);
        }
        catch (IOException e)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
        finally
        {
            Close(descriptor);
        }
    }

    /// <summary>
    /// Makes a small file, or overwrites the one that there is, for the agent's user alone. The room that an old one has is not given
    /// back before.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void MakeFile(string path, ReadOnlySpan<byte> text)
    {
        int descriptor = Open(path, 0x1 | 0x40 | CloseOnExecute, 0x180);
        if (descriptor < 0)
            throw Failed(path);
        try
        {
            Write(descriptor, text);
            if (SetLength(descriptor, text.Length) != 0)
                throw Failed("its length");
        }
        catch (IOException e)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
        finally
        {
            Close(descriptor);
        }
    }

    /// <summary>Gives a folder another name on the same disk; one that is there may only be an empty folder.</summary>
    /// <exception cref="IOException">It cannot be done, or there is no such folder.</exception>
    public static void Rename(string from, string to)
    {
        if (RenameCall(from, to) != 0)
            throw Failed(from);
    }

    /// <summary>A small file as text; empty when it cannot be read.</summary>
    public static string ReadFile(string path)
    {
        int descriptor = Open(path, CloseOnExecute, 0);
        if (descriptor < 0)
            return "";
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        int length = 0;
        for (int read; (read = Read(descriptor, buffer.AsSpan(length))) > 0;)
        {
            length += read;
            if (length < buffer.Length)
                continue;
            byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        Close(descriptor);
        string text = Encoding.UTF8.GetString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Makes a folder for everybody to read. False when it is there already.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static bool MakeFolder(string path, int mode = 0x1ed) =>
        MakeFolderCall(path, mode) == 0 || (Marshal.GetLastPInvokeError() == Exists ? false : throw Failed(path));

    /// <summary>Removes an empty folder. False when it is in use or not empty.</summary>
    public static bool RemoveFolder(string path) => RemoveFolderCall(path) == 0 || Marshal.GetLastPInvokeError() == NotThere;

    /// <summary>A user of the host by its name, wherever the host keeps its users; null when there is none.</summary>
    public static (uint User, uint Group, string Home)? FindUser(string name)
    {
        // struct passwd: name, password, two numbers, full name, home, shell.
        byte* entry = stackalloc byte[64];
        byte[] texts = new byte[16 * 1024];
        nint found;
        fixed (byte* buffer = texts)
        {
            if (FindUserCall(name, entry, buffer, (nuint)texts.Length, &found) != 0 || found == 0)
                return null;
            uint* numbers = (uint*)(entry + (2 * sizeof(nint)));
            nint* after = (nint*)(numbers + 2);
            return (numbers[0], numbers[1], Marshal.PtrToStringUTF8(after[1]) ?? "");
        }
    }

    public static uint OwnUser => EffectiveUser();

    private static IOException Failed(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillCall(int process, int signal);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitProcess(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseCall(int descriptor);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int MakePipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int GrantTerminal(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int UnlockTerminal(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameTerminal(int master, byte* name, nuint size);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(int* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadCall(int descriptor, byte* into, nuint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteCall(int descriptor, byte* from, nuint size);

    [LibraryImport("libc", EntryPoint = "getpwnam_r", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FindUserCall(string name, byte* entry, byte* buffer, nuint size, nint* found);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFolderCall(string path, int mode);

    [LibraryImport("libc", EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveFolderCall(string path);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameCall(string from, string to);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int SetLength(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
