using System.Runtime.InteropServices;

namespace ActorScheduler.Protocol.Connections;

/// <summary>Files, connections and pipes that this process has open, and how many it may have.</summary>
internal static unsafe partial class OpenFiles
{
    private const int OpenFilesLimit = 7;
    private const long WhenUnknown = 1024;

    /// <summary>How many it may have. The soft limit is raised to the hard one first, if it was not: what starts a process rarely knows how many a node needs.</summary>
    internal static long Limit { get; } = Raise();

    /// <summary>How many it has; 0 when that cannot be told.</summary>
    internal static int Count()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long Raise()
    {
        ulong* limit = stackalloc ulong[2];
        if (GetLimit(OpenFilesLimit, limit) != 0)
            return WhenUnknown;
        ulong had = limit[0];
        limit[0] = limit[1];
        return (long)Math.Min(had == limit[1] || SetLimit(OpenFilesLimit, limit) == 0 ? limit[1] : had, long.MaxValue);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, ulong* limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, ulong* limit);
}
