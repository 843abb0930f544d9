namespace ActorScheduler.Containers.Files;

/// <summary>Paths below a folder that nothing leads out of.</summary>
internal static class SandboxPath
{
    private const int MostLinks = 40;

    /// <summary>
    /// The full path of a name below a folder, by its text alone; null when it leads out: absolute, with <c>..</c>, or with
    /// signs that no name has.
    /// </summary>
    public static string? Below(string folder, string name)
    {
        if (name.StartsWith('/') || name.Contains('\0', StringComparison.Ordinal))
            return null;
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(parts, static part => part == "..") ? null : Path.Combine([folder, .. parts.Where(static part => part != ".")]);
    }

    /// <summary>
    /// The same for writing: also null when a link lies on the way. The last part may be a link, which is to be replaced.
    /// </summary>
    public static string? ForWriting(string folder, string name)
    {
        if (Below(folder, name) is not { } full || full.Length <= folder.Length)
            return null;
        for (string? parent = Path.GetDirectoryName(full); parent is not null && parent.Length > folder.Length; parent = Path.GetDirectoryName(parent))
        {
            if (new FileInfo(parent).LinkTarget is not null)
                return null;
        }
        return full;
    }

    /// <summary>Whether the target of a link in a folder stays in the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="link">Full path of the link.</param>
    /// <param name="target">What it leads to.</param>
    public static bool StaysBelow(string folder, string link, string target) =>
        !target.StartsWith('/') && !target.Contains('\0', StringComparison.Ordinal)
        && IsBelow(folder, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, target)));

    /// <summary>The real place of something below a folder, links followed; null when that is outside, or nothing is there.</summary>
    public static string? ForReading(string folder, string name) =>
        Below(folder, name) is { } full && Real(full) is { } real && Real(folder) is { } root && IsBelow(root, real) ? real : null;

    /// <summary>Whether a path is a folder or something in it; both without links.</summary>
    public static bool IsBelow(string folder, string path) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);

    /// <summary>A path without links; null when nothing is there, or links go round in a circle.</summary>
    public static string? Real(string path)
    {
        var left = new Stack<string>(Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        string real = "/";
        int links = 0;
        while (left.TryPop(out string? part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }
            if (part == ".")
                continue;
            string next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                return null;
            if (target.StartsWith('/'))
                real = "/";
            foreach (string step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                left.Push(step);
        }
        return Path.Exists(real) ? real : null;
    }
}
