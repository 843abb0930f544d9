namespace ActorScheduler.Containers.Processes;

/// <summary>A command's program on the host, looked for as a shell does.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Whether it may be executed by anybody; null when it is not there.</summary>
    /// <param name="program">A path, or a name to be looked for.</param>
    /// <param name="folder">Where relative paths begin.</param>
    /// <param name="path">Folders to look in for names, as PATH has them.</param>
    public static bool? IsExecutable(string program, string folder, string path)
    {
        string[] places = program.Contains('/', StringComparison.Ordinal) ? [""] : path.Split(':');
        bool?[] found = [.. places.Select(place => IsExecutable(Path.Combine(folder, place, program))).Where(static one => one is not null)];
        return found.Length == 0 ? null : found.Contains(true);
    }

    private static bool? IsExecutable(string file)
    {
        if (!Path.Exists(file))
            return null;
        return File.Exists(file) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Execute) != 0;
    }
}
