using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Files;

/// <summary>
/// Calls of Linux that take a folder's descriptor and a name as bytes. Names get the zero at their end here; an empty one is the
/// descriptor itself where a call allows that.
/// </summary>
internal static unsafe partial class AtCalls
{
    public const int CurrentFolder = -100;
    public const byte TypeUnknown = 0;
    public const byte TypeFolder = 4;
    public const int NoSuchFile = 2;
    public const int NotAllowed = 1;
    public const int NoAccess = 13;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int NotAFolder = 20;
    public const int IsAFolder = 21;
    public const int NotEmpty = 39;
    public const int TooManyLinks = 40;

    public const int NonBlocking = 0x800;
    public const int CloseOnExecute = 0x80000;
    public const int CreateNew = 0x1 | 0x40 | 0x80 | CloseOnExecute;

    private const int RemoveFolder = 0x200;
    private const int DoNotFollow = 0x100;
    private const int EmptyPath = 0x1000;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly nint StatNumber = IsArm ? 291 : 332;
    private static readonly nint ReadFolderNumber = IsArm ? 61 : 217;

    /// <summary>O_NOFOLLOW: of the last part, a link is refused.</summary>
    public static int NoFollow => IsArm ? 0x8000 : 0x20000;

    /// <summary>O_DIRECTORY: to read, and only a folder.</summary>
    public static int Folder => (IsArm ? 0x4000 : 0x10000) | CloseOnExecute;

    /// <summary>The last call's error, about something.</summary>
    public static IOException Failed(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    public static int Open(int folder, byte[] name, int flags, int mode = 0)
    {
        fixed (byte* text = Text(name))
            return OpenCall(folder, text, flags, mode);
    }

    public static void Close(int descriptor) => _ = CloseCall(descriptor);

    /// <summary>0 or -1. A link itself, not what it leads to.</summary>
    public static int Stat(int folder, byte[] name, out FileFacts facts)
    {
        byte* answer = stackalloc byte[FileFacts.StructSize];
        int result;
        fixed (byte* text = Text(name))
            result = (int)SystemCall(StatNumber, folder, (nint)text, DoNotFollow | (name.Length == 0 ? EmptyPath : 0), (nint)FileFacts.Wanted, (nint)answer);
        facts = result == 0 ? FileFacts.Parse(new ReadOnlySpan<byte>(answer, FileFacts.StructSize)) : default;
        return result;
    }

    public static void Rewind(int descriptor) => _ = SeekCall(descriptor, 0, 0);

    /// <summary>Bytes of entries; 0 at the end, and when the folder is gone.</summary>
    public static int ReadFolder(int descriptor, byte[] buffer)
    {
        fixed (byte* into = buffer)
            return (int)SystemCall(ReadFolderNumber, descriptor, (nint)into, buffer.Length, 0, 0);
    }

    /// <summary>Removes a name, of a folder an empty one. The error, 0 for none.</summary>
    public static int Remove(int folder, byte[] name, bool isFolder)
    {
        fixed (byte* text = Text(name))
            return UnlinkCall(folder, text, isFolder ? RemoveFolder : 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>The error, 0 for none.</summary>
    public static int Rename(int folder, byte[] name, int toFolder, byte[] toName)
    {
        fixed (byte* text = Text(name), toText = Text(toName))
            return RenameCall(folder, text, toFolder, toText) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Permissions of what a descriptor is of. The error, 0 for none.</summary>
    public static int ChangeMode(int descriptor, int mode) => ChangeModeCall(descriptor, mode) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Of a folder that may not be opened; a link is not followed. The error, 0 for none.</summary>
    public static int ChangeModeAt(int folder, byte[] name, int mode)
    {
        // The kernel has no call for it before 6.6: a descriptor that only names the folder, and its own path.
        const int onlyName = 0x200000;
        int descriptor = Open(folder, name, Folder | NoFollow | onlyName);
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError();
        try
        {
            fixed (byte* text = Text(FileName.Of($"/proc/self/fd/{descriptor}")))
                return ChangeModePathCall(text, mode) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        finally
        {
            Close(descriptor);
        }
    }

    /// <summary>Gives it away; a link itself. The error, 0 for none.</summary>
    public static int ChangeOwner(int folder, byte[] name, uint user, uint group)
    {
        fixed (byte* text = Text(name))
            return ChangeOwnerCall(folder, text, user, group, DoNotFollow | (name.Length == 0 ? EmptyPath : 0)) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>The error, 0 for none.</summary>
    public static int MakeFolder(int folder, byte[] name, int mode)
    {
        fixed (byte* text = Text(name))
            return MakeFolderCall(folder, text, mode) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>What a link leads to; null when it is none.</summary>
    public static byte[]? ReadLink(int folder, byte[] name)
    {
        byte[] target = new byte[4096];
        fixed (byte* text = Text(name), into = target)
            return (int)ReadLinkCall(folder, text, into, (nuint)target.Length) is var length and >= 0 ? target[..length] : null;
    }

    /// <summary>The error, 0 for none.</summary>
    public static int MakeLink(byte[] target, int folder, byte[] name)
    {
        fixed (byte* text = Text(name), to = Text(target))
            return MakeLinkCall(to, folder, text) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Another name for a file; of a link for the link itself. The error, 0 for none.</summary>
    public static int MakeName(int fromFolder, byte[] from, int folder, byte[] name)
    {
        fixed (byte* text = Text(name), old = Text(from))
            return MakeNameCall(fromFolder, old, folder, text, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>When something was changed last; of a link the link itself. The error, 0 for none.</summary>
    public static int SetTime(int folder, byte[] name, long seconds, long nanoseconds)
    {
        // Two struct timespec: the first, of the last access, stays as it is.
        const long omit = 0x3ffffffe;
        long* times = stackalloc long[4] { 0, omit, seconds, nanoseconds };
        fixed (byte* text = Text(name))
            return SetTimeCall(folder, text, times, DoNotFollow) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private static byte[] Text(byte[] name) => [.. name, 0];

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenCall(int folder, byte* name, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseCall(int descriptor);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long SeekCall(int descriptor, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkCall(int folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    private static partial int RenameCall(int folder, byte* name, int toFolder, byte* toName);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    private static partial int ChangeModeCall(int descriptor, int mode);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    private static partial int ChangeModePathCall(byte* path, int mode);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true)]
    private static partial int ChangeOwnerCall(int folder, byte* name, uint user, uint group, int flags);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    private static partial int MakeFolderCall(int folder, byte* name, int mode);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    private static partial nint ReadLinkCall(int folder, byte* name, byte* into, nuint size);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    private static partial int MakeLinkCall(byte* target, int folder, byte* name);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    private static partial int MakeNameCall(int fromFolder, byte* from, int folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    private static partial int SetTimeCall(int folder, byte* name, long* times, int flags);
}
