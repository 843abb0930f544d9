namespace ActorScheduler.Containers.Files;

/// <summary>
/// What is done with a folder and all that is in it. Tasks fill such folders, with the rights of root if they are given them: with
/// links, with folders of the host mounted in them, with paths that are longer than any call takes and with names that are no
/// text. So each step goes from an open folder to what is in it, by the bytes of its name, and none goes through a link or to
/// another mount.
/// </summary>
internal static class Tree
{
    private static readonly EnumerationOptions Portably = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>Deletes what has this path: a folder with all that is in it, a file, or a link itself. Nothing there is well.</summary>
    /// <exception cref="IOException">Something is left: what, and why. Whatever could be deleted is gone.</exception>
    public static void Delete(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!OperatingSystem.IsLinux())
        {
            DeletePortably(path);
            return;
        }
        string parent = Path.GetDirectoryName(path) ?? throw new IOException($"{path}: it is not deleted");
        if (!Directory.Exists(parent))
            return;
        using var folder = FolderHandle.Open(parent);
        new TreeRemoval(folder.Mount).Remove(folder, FileName.Of(Path.GetFileName(path)), path);
    }

    /// <summary>Deletes all that is in a folder, which stays. The folder may be a mount itself; those in it are not entered.</summary>
    /// <exception cref="IOException">Something is left: what, and why.</exception>
    public static void Clear(string path)
    {
        if (!Directory.Exists(path))
            return;
        if (!OperatingSystem.IsLinux())
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(path))
                DeletePortably(entry);
            return;
        }
        using var folder = FolderHandle.Open(path);
        new TreeRemoval(folder.Mount).Clear(folder, path);
    }

    /// <summary>Gives a folder, or a file, to a user with all that is in it; links themselves and not what they lead to.</summary>
    /// <exception cref="IOException">Not allowed.</exception>
    public static void Own(string path, uint user, uint group)
    {
        Posix.ChangeOwner(path, user, group);
        if (!OperatingSystem.IsLinux() || new FileInfo(path).LinkTarget is not null || !Directory.Exists(path))
            return;
        using var folder = FolderHandle.Open(path);
        new TreeWalk(folder.Mount, (parent, name, _) =>
        {
            if (AtCalls.ChangeOwner(parent.Descriptor, name, user, group) is not 0 and not AtCalls.NoSuchFile)
                throw AtCalls.Failed($"{path}/{FileName.Show([name])}: cannot be given to user {user}");
        }).Visit(folder);
    }

    /// <summary>Bytes of the files in a folder, those of one mount: holes are not counted, and a file with two names is one.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static long Measure(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new DirectoryInfo(path).EnumerateFiles("*", Portably).Sum(static file => file.Exists ? file.Length : 0);
        using var folder = FolderHandle.Open(path);
        long sum = 0;
        var linked = new HashSet<(ulong, ulong)>();
        new TreeWalk(folder.Mount, (_, _, facts) =>
        {
            if (!facts.IsFolder && (facts.Links <= 1 || linked.Add((facts.Device, facts.Inode))))
                sum += Math.Min(facts.Size, facts.Allocated);
        }).Visit(folder);
        return sum;
    }

    private static void DeletePortably(string path)
    {
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null } folder)
            folder.Delete(recursive: true);
        else
            File.Delete(path);
    }
}
