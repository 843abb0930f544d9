using ActorScheduler.Containers.Output;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// What is still there of a task's <c>stdout</c> or <c>stderr</c>: see <see cref="OutputFile"/>. Other files of a sandbox may have holes
/// of their own, which are zeros.
/// </summary>
internal static class OutputPart
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>A line that is longer than this is cut where the kept bytes begin.</summary>
    private const int LongestLine = 1 << 20;

    /// <summary>Whether a path below a sandbox is that of a stream.</summary>
    public static bool IsOutput(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").ToArray() is ["stdout" or "stderr"];

    /// <summary>The place of the first byte that is kept; the end when there is none.</summary>
    public static long First(SafeFileHandle file, long size) =>
        OperatingSystem.IsLinux() ? OutputFile.FirstKept((int)file.DangerousGetHandle(), size) : 0;

    /// <summary>Where the first line begins that is kept whole.</summary>
    public static long FirstLine(SafeFileHandle file, long first, long size)
    {
        byte[] piece = new byte[PieceBytes];
        for (long at = first; at < Math.Min(size, first + LongestLine);)
        {
            int read = RandomAccess.Read(file, piece, at);
            if (read <= 0)
                break;
            int end = piece.AsSpan(0, read).IndexOf((byte)'\n');
            if (end >= 0)
                return at + end + 1;
            at += read;
        }
        return first;
    }
}
