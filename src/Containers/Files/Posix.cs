using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Files;

/// <summary>Calls of the system that the runtime does not have.</summary>
internal static partial class Posix
{
    // Linux, the same numbers on x64 and arm64.
    private const int NonBlocking = 0x800;
    private const int CloseOnExecute = 0x80000;

    /// <summary>Gives a file away; of a link the link itself.</summary>
    /// <exception cref="IOException">Not allowed, or not there.</exception>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (LinkChangeOwner(path, user, group) != 0)
            throw new IOException($"{path}: cannot be given to user {user}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>
    /// Opens a file for reading without waiting: a pipe that nobody writes to would hold the caller for ever.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenToRead(string path)
    {
        int descriptor = Open(path, NonBlocking | CloseOnExecute);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    /// <summary>Where an open file really is.</summary>
    public static string? PathOf(SafeFileHandle file) => new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget;

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
