using ActorScheduler.Protocol;

namespace ActorScheduler.Node.Daemon;

/// <summary>A node's folder. One process has it at a time: two would write over each other.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        (Path, _lock) = (path, held);
    }

    internal string Path { get; }

    /// <summary>Makes it where it is missing, and takes it.</summary>
    /// <exception cref="AschedException">It cannot be written, or another node has it.</exception>
    internal static DataFolder Take(string path)
    {
        string file = System.IO.Path.Combine(path, "lock");
        try
        {
            PrivateFiles.Passage(path);
            PrivateFiles.File(file);
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new AschedException(ExitCode.Unusable, $"--data: {path} cannot be written", e);
        }
        catch (IOException e)
        {
            throw new AschedException(
                ExitCode.Unusable, File.Exists(file) ? $"--data: another node has {path}" : $"--data: {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Checks that files can be made beside this one, and makes it one that only its owner reads.</summary>
    /// <exception cref="AschedException">They cannot.</exception>
    internal static void CheckBeside(string file)
    {
        string folder = System.IO.Path.GetDirectoryName(file)!;
        // Not the file itself: closing it would take away the locks that SQLite holds on it in this process.
        string probe = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(file)}-{Guid.NewGuid():N}");
        try
        {
            PrivateFiles.Passage(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            PrivateFiles.File(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AschedException(ExitCode.Unusable, $"--journal: {folder} cannot be written: {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();
}
