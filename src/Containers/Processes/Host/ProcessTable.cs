using System.Globalization;

namespace ActorScheduler.Containers.Processes.Host;

/// <summary>What the host tells of its processes in /proc. Those that end while they are looked at are passed over.</summary>
internal static class ProcessTable
{
    /// <summary>Names this start of the host: no process of another one runs.</summary>
    public static string BootId { get; } = Kernel.ReadFile("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Whether a process runs; one that only waits to be taken away does not.</summary>
    public static bool IsAlive(int process) => Read(process) is { } entry && entry.State is not ('Z' or 'X');

    /// <summary>Whether a process was started with an argument: numbers of processes are used again, such an argument is not.</summary>
    public static bool HasArgument(int process, string argument) => Arguments(process).Contains(argument, StringComparer.Ordinal);

    /// <summary>What a process was started with; nothing when it has ended.</summary>
    public static string[] Arguments(int process) => Kernel.ReadFile($"/proc/{process}/cmdline").Split('\0');

    /// <summary>Whether a process was started with a variable, <c>name=value</c>. False for those that we may not look into.</summary>
    public static bool HasVariable(int process, string variable) =>
        Kernel.ReadFile($"/proc/{process}/environ").Split('\0').Contains(variable, StringComparer.Ordinal);

    /// <summary>All processes.</summary>
    public static IEnumerable<ProcessEntry> All()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int process) && Read(process) is { } entry)
                yield return entry;
        }
    }

    /// <summary>A process, or null.</summary>
    public static ProcessEntry? Find(int process) => Read(process);

    private static ProcessEntry? Read(int process)
    {
        string text = Kernel.ReadFile($"/proc/{process}/stat");
        // The name in brackets may have spaces and brackets of its own.
        int name = text.LastIndexOf(')');
        if (name < 0 || name + 2 >= text.Length)
            return null;
        string[] fields = text[(name + 2)..].Split(' ');
        return fields.Length < 22
            ? null
            : new ProcessEntry(process, fields[0][0], Number(fields[3]), Number(fields[11]) + Number(fields[12]), (int)Number(fields[17]), Number(fields[19]), Number(fields[21]) * Environment.SystemPageSize);
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
