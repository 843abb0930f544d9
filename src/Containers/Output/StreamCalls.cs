using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Output;

/// <summary>Calls of Linux that move bytes and give room of files back. Numbers are the same on x64 and arm64.</summary>
internal static unsafe partial class StreamCalls
{
    public const int NoSuchAddress = 6;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int Invalid = 22;
    public const int FileTooLarge = 27;
    public const int NoSpace = 28;
    public const int NotImplemented = 38;
    public const int NotSupported = 95;
    public const int QuotaExceeded = 122;

    private const uint NonBlocking = 0x2;
    private const int PunchHoleKeepSize = 0x2 | 0x1;
    private const int SeekData = 3;
    private const int SeekHole = 4;
    private const int SetPipeSize = 1031;
    private const int CopyFrom = 1030;
    private const int FileSizeLimit = 1;
    private const nuint BytesThatWait = 0x541B;

    /// <summary>The error of the last call here.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>Largest file that this process may write: beyond it the kernel ends the process.</summary>
    public static long LargestFile { get; } = ReadLimit();

    /// <summary>Moves bytes of a pipe into a file in one step of the kernel. What is moved is in the file and no more in the pipe.</summary>
    /// <returns>Bytes moved; 0 when all writers are gone; -1 with the error.</returns>
    public static long Move(int pipe, int file, long offset, long most)
    {
        nint moved;
        while ((moved = Splice(pipe, null, file, &offset, (nuint)most, NonBlocking)) < 0 && LastError == Interrupted)
        {
        }
        return moved;
    }

    /// <summary>Throws bytes of a pipe away; as <see cref="Move"/>.</summary>
    public static long Discard(int pipe, int nowhere, long most)
    {
        nint moved;
        while ((moved = Splice(pipe, null, nowhere, null, (nuint)most, NonBlocking)) < 0 && LastError == Interrupted)
        {
        }
        return moved;
    }

    /// <summary>Gives the room of a part of a file back to the disk; its length stays. The error, 0 for none.</summary>
    public static int Punch(int file, long from, long to)
    {
        while (Allocate(file, PunchHoleKeepSize, from, to - from) != 0)
        {
            if (LastError != Interrupted)
                return LastError;
        }
        return 0;
    }

    /// <summary>Where the first bytes at or behind a place are that the file really has; -1 with the error when there are none.</summary>
    public static long NextData(int file, long from) => Seek(file, from, SeekData);

    /// <summary>Where the first bytes at or behind a place are that the file does not have; its end when there are none.</summary>
    public static long NextHole(int file, long from) => Seek(file, from, SeekHole);

    /// <summary>The error, 0 for none.</summary>
    public static int Cut(int file, long length) => SetLength(file, length) == 0 ? 0 : LastError;

    /// <summary>Writes at a place of a file. Bytes written, or -1 with the error.</summary>
    public static long Write(int file, ReadOnlySpan<byte> data, long offset)
    {
        fixed (byte* from = data)
        {
            nint written;
            while ((written = WriteAt(file, from, (nuint)data.Length, offset)) < 0 && LastError == Interrupted)
            {
            }
            return written;
        }
    }

    /// <summary>Reads at a place of a file. Bytes read, or -1 with the error.</summary>
    public static int Read(int file, Span<byte> into, long offset)
    {
        fixed (byte* to = into)
            return (int)ReadAt(file, to, (nuint)into.Length, offset);
    }

    /// <summary>Bytes that wait in a pipe.</summary>
    public static int Waiting(int pipe)
    {
        int bytes = 0;
        return Control(pipe, BytesThatWait, &bytes) == 0 ? bytes : 0;
    }

    /// <summary>Makes room in a pipe, where that is allowed.</summary>
    public static void Enlarge(int pipe, int bytes) => _ = ControlFile(pipe, SetPipeSize, bytes);

    /// <summary>The same open file under a number from another one on; -1 with the error.</summary>
    public static int CopyAbove(int descriptor, int lowest) => ControlFile(descriptor, CopyFrom, lowest);

    private static long ReadLimit()
    {
        ulong* limit = stackalloc ulong[2];
        return Limit(FileSizeLimit, limit) == 0 && limit[0] < long.MaxValue ? (long)limit[0] : long.MaxValue;
    }

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    private static partial nint Splice(int from, long* fromOffset, int to, long* toOffset, nuint most, uint flags);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(int file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int file, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int SetLength(int file, long length);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint WriteAt(int file, byte* from, nuint size, long offset);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint ReadAt(int file, byte* into, nuint size, long offset);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, int* answer);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlFile(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int Limit(int resource, ulong* limit);
}
