using System.Globalization;
using ActorScheduler.Containers.Files;
using ActorScheduler.Containers.Processes.Host;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// Keeps output that grows from filling the disk: what is there is copied aside and the file begun anew. Processes append, so
/// they go on at the new beginning; what they write between copy and cut is lost. The file is reached by the supervisor's own
/// descriptor, so no link that the task puts in its place leads anywhere else.
/// </summary>
internal static class OutputRotation
{
    // The supervisor's copies of the command's output: 1, and 8 where errors were before its own went to the result.
    private static readonly (string File, int Descriptor)[] Streams = [("stdout", 1), ("stderr", 8)];

    /// <summary>Looks at both files of a run that runs.</summary>
    public static void Look(RunFacts facts, int supervisor, ProcessSettings settings)
    {
        foreach ((string file, int descriptor) in Streams)
        {
            try
            {
                string path = Path.Combine(facts.Sandbox, file);
                string open = string.Create(CultureInfo.InvariantCulture, $"/proc/{supervisor}/fd/{descriptor}");
                using SafeFileHandle current = File.OpenHandle(open, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                if (RandomAccess.GetLength(current) >= settings.LogSize)
                    Rotate(current, path, facts.User, settings.LogFiles);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile, or the disk is full: the next look comes soon.
            }
        }
    }

    private static void Rotate(SafeFileHandle current, string path, HostUser? user, int oldFiles)
    {
        if (oldFiles > 0)
        {
            string copy = $"{path}.new";
            File.Delete(copy);
            using (var target = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0))
            {
                byte[] buffer = new byte[128 * 1024];
                long at = 0;
                for (int read; (read = RandomAccess.Read(current, buffer, at)) > 0; at += read)
                    target.Write(buffer, 0, read);
            }
            if (user is not null)
                Posix.ChangeOwner(copy, user.UserId, user.GroupId);
            for (int i = oldFiles - 1; i >= 1; i--)
            {
                if (File.Exists($"{path}.{i}"))
                    File.Move($"{path}.{i}", $"{path}.{i + 1}", overwrite: true);
            }
            File.Move(copy, $"{path}.1", overwrite: true);
        }
        RandomAccess.SetLength(current, 0);
    }
}
