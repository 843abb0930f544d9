namespace ActorScheduler.Protocol;

/// <summary>
/// Files that a process holds open, as they were then. One that is deleted or replaced takes writes in silence until the last process
/// closes it: so its name is looked at before anything is acknowledged that was written to it.
/// </summary>
/// <param name="paths">Which. They are there.</param>
internal sealed class KnownFiles(params ReadOnlySpan<string> paths)
{
    private readonly (string Path, FileIdentity? Identity)[] _files = Look(paths);

    /// <summary>The first whose name belongs to another file now, or to none; null when all are as they were.</summary>
    internal string? Missing()
    {
        foreach ((string path, FileIdentity? identity) in _files)
        {
            if (FileIdentity.Of(path) != identity)
                return path;
        }
        return null;
    }

    private static (string, FileIdentity?)[] Look(ReadOnlySpan<string> paths)
    {
        var files = new (string, FileIdentity?)[paths.Length];
        for (int i = 0; i < files.Length; i++)
            files[i] = (paths[i], FileIdentity.Of(paths[i]));
        return files;
    }
}
