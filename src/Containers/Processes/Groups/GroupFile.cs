using System.Globalization;
using System.Text;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes.Groups;

/// <summary>Files of control groups: small texts that the kernel makes and reads.</summary>
internal static class GroupFile
{
    /// <summary>Writes in one call, as the kernel wants it.</summary>
    /// <exception cref="IOException">The kernel refuses it.</exception>
    public static void Write(string folder, string file, string text) => Kernel.WriteFile($"{folder}/{file}", Encoding.ASCII.GetBytes(text));

    public static void Write(string folder, string file, long number) => Write(folder, file, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The text; empty when there is none.</summary>
    public static string Read(string folder, string file) => Kernel.ReadFile($"{folder}/{file}");

    /// <summary>The number; null when there is none, or a word for no limit.</summary>
    public static long? Number(string folder, string file) =>
        long.TryParse(Read(folder, file).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>The number behind a word at the beginning of a line; 0 when there is none.</summary>
    public static long Entry(string folder, string file, string name)
    {
        foreach (string line in Read(folder, file).Split('\n'))
        {
            if (line.Length > name.Length && line[name.Length] == ' ' && line.StartsWith(name, StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                return number;
        }
        return 0;
    }

    /// <summary>Numbers of processes, one a line.</summary>
    public static IReadOnlyList<int> Processes(string folder) =>
    [
        .. Read(folder, "cgroup.procs").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : 0)
            .Where(static process => process > 0),
    ];

    /// <summary>Removes a group with those that processes have made in it. False while processes are in one.</summary>
    public static bool Remove(string folder) => Kernel.RemoveFolder(folder)
        || (Directory.Exists(folder) && Directory.GetDirectories(folder) is { Length: > 0 } inner && inner.All(Remove) && Kernel.RemoveFolder(folder));

    /// <summary>Removes what a group has in it, where no processes are and nothing was made or changed since a time.</summary>
    public static void Sweep(string folder, DateTime olderThan)
    {
        foreach (DirectoryInfo group in new DirectoryInfo(folder).GetDirectories())
        {
            if (group.LastWriteTimeUtc < olderThan && AllProcesses(group.FullName).Count == 0)
                Remove(group.FullName);
        }
    }

    /// <summary>A group's own processes, and those of groups in it.</summary>
    public static IReadOnlyList<int> AllProcesses(string folder)
    {
        try
        {
            return [.. Processes(folder), .. Directory.EnumerateDirectories(folder).SelectMany(AllProcesses)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
