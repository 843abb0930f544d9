using System.Diagnostics;

namespace ActorScheduler.Processes;

/// <summary>A small file system in memory, which can be filled up. Only root may mount one.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Mounts one.</summary>
    /// <param name="megabytes">Its size.</param>
    /// <exception cref="InvalidOperationException">It could not be mounted.</exception>
    public static async Task<SmallDisk> Mount(int megabytes)
    {
        string folder = Directory.CreateTempSubdirectory("small-disk-").FullName;
        await Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (byte[] block = new byte[4096]; ;)
                filler.Write(block);
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    /// <summary>Takes back what was filled up.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Lets nobody write to it any more. No file there may be open for writing.</summary>
    public Task MakeReadOnly() => Run("mount", "-o", "remount,ro", Folder);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private string Filler => Path.Combine(Folder, "filler");

    private static async Task Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error}");
    }
}
