namespace ActorScheduler.Protocol;

/// <summary>Files and folders of a node that other users of its host have no business with. What is there already keeps its folders' permissions.</summary>
public static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = Owner | UnixFileMode.UserExecute;

    /// <summary>Makes a folder that only its owner looks into.</summary>
    /// <returns>Its whole path.</returns>
    public static string Folder(string path) => Make(path, OwnerFolder);

    /// <summary>Makes a folder that others may pass through to what they know by name, and not look into: users of tasks have sandboxes below.</summary>
    /// <returns>Its whole path.</returns>
    public static string Passage(string path) => Make(path, OwnerFolder | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <summary>Makes a file, empty, that only its owner reads and writes; one that is there becomes so. It is not opened.</summary>
    public static void File(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        // Never opened where it exists: closing it would take away the locks that SQLite holds on it in this process.
        if (System.IO.File.Exists(path))
            System.IO.File.SetUnixFileMode(path, Owner);
        else
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }).Dispose();
    }

    private static string Make(string path, UnixFileMode mode) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, mode)).FullName;
}
