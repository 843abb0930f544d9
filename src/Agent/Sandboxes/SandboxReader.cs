using System.Text;
using ActorScheduler.Containers.Files;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// Reads sandboxes for those who look at tasks. The tasks that write there may want the agent to read something else, with the
/// agent's rights: nothing outside is read, by whatever link or change at the wrong moment, and nothing but plain files.
/// </summary>
internal static class SandboxReader
{
    /// <summary>What is in a folder: a page, in the order of the names.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="path">Below it.</param>
    /// <param name="after">Only names behind this one; null for all.</param>
    public static Result<(IReadOnlyList<FileEntry> Files, bool IsComplete)> List(string sandbox, string path, string? after = null)
    {
        if (SandboxPath.ForReading(sandbox, path) is not { } real)
            return Missing(sandbox, path);
        if (!Directory.Exists(real))
            return new Problem("path", $"'{path}' is no folder");
        try
        {
            FileSystemInfo[] entries =
            [
                .. new DirectoryInfo(real).EnumerateFileSystemInfos().Where(entry => after is null || string.CompareOrdinal(entry.Name, after) > 0)
                    .OrderBy(static entry => entry.Name, StringComparer.Ordinal).Take(FileLimits.MostListed + 1),
            ];
            return (entries.Take(FileLimits.MostListed).Select(Entry).ToArray(), entries.Length <= FileLimits.MostListed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem("path", $"'{path}' cannot be listed: {e.Message}");
        }
    }

    /// <summary>A part of a file. Of output the first line that is kept whole comes in place of what is not kept any more.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="path">Below it.</param>
    /// <param name="offset">First byte, from the end when negative.</param>
    /// <param name="length">Most bytes.</param>
    public static Result<(long Offset, ReadOnlyMemory<byte> Data, long Size, long First)> Read(string sandbox, string path, long offset, int length)
    {
        if (SandboxPath.ForReading(sandbox, path) is not { } real)
            return Missing(sandbox, path);
        if (Directory.Exists(real))
            return new Problem("path", $"'{path}' is a folder");
        try
        {
            using SafeFileHandle file = PlainFile.Open(real);
            // The path was looked at before it was opened, and may have become a link in between.
            if (Posix.PathOf(file) is not { } opened || SandboxPath.Real(sandbox) is not { } root || !SandboxPath.IsBelow(root, opened))
                return new Problem("path", $"'{path}' leads out of the sandbox");
            return Read(file, OutputPart.IsOutput(path), offset, Math.Clamp(length, 0, FileLimits.MostBytes));
        }
        catch (NotSupportedException)
        {
            return new Problem("path", $"'{path}' is no plain file");
        }
        catch (IOException e)
        {
            return new Problem("path", $"'{path}' cannot be read: {e.Message}");
        }
    }

    private static (long, ReadOnlyMemory<byte>, long, long) Read(SafeFileHandle file, bool isOutput, long offset, int length)
    {
        while (true)
        {
            long size = RandomAccess.GetLength(file);
            long first = isOutput ? OutputPart.First(file, size) : 0;
            long begin = offset < 0 ? Math.Max(0, size + offset) : Math.Min(offset, size);
            if (begin < first)
                begin = OutputPart.FirstLine(file, first, size);
            byte[] data = new byte[Math.Min(length, size - begin)];
            int read = RandomAccess.Read(file, data, begin);
            // What was given back meanwhile was read as zeros.
            if (!isOutput || OutputPart.First(file, size) <= begin)
                return (begin, data.AsMemory(0, read), size, first);
        }
    }

    private static Problem Missing(string sandbox, string path) => SandboxPath.Below(sandbox, path) is { } full && !Path.Exists(full)
        ? new Problem("path", $"there is no '{path}' in the sandbox")
        : new Problem("path", $"'{path}' leads out of the sandbox");

    private static FileEntry Entry(FileSystemInfo entry)
    {
        bool isLink = entry.LinkTarget is not null;
        bool isFolder = !isLink && entry is DirectoryInfo;
        // Of a link the runtime tells what it leads to, which may be a file of the host that only the agent sees.
        return isLink
            ? new FileEntry(entry.Name, false, 0, "lrwxrwxrwx", OwnTime(entry))
            : new FileEntry(entry.Name, isFolder, entry is FileInfo { Exists: true } file ? file.Length : 0, Mode(isFolder ? 'd' : '-', entry.UnixFileMode), entry.LastWriteTimeUtc);
    }

    private static DateTimeOffset OwnTime(FileSystemInfo link) =>
        OperatingSystem.IsLinux() && AtCalls.Stat(AtCalls.CurrentFolder, FileName.Of(link.FullName), out FileFacts facts) == 0 ? facts.Changed : link.LastWriteTimeUtc;

    private static string Mode(char kind, UnixFileMode mode)
    {
        var text = new StringBuilder(10).Append(kind);
        for (int bit = 8; bit >= 0; bit--)
            text.Append(((int)mode & (1 << bit)) == 0 ? '-' : "xwr"[bit % 3]);
        return text.ToString();
    }
}
