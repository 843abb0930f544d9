using System.Globalization;
using ActorScheduler.Containers.Output;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// Bounds what runs of earlier versions write, whose streams are the files themselves. They append, so what is old can be given back
/// without touching what comes. The files are reached by the supervisor's own descriptors, so no link leads anywhere else.
/// </summary>
internal static class OldOutput
{
    // The supervisor's copies of the command's output: 1, and 8 where errors were before its own went to the result.
    private static readonly int[] Descriptors = [1, 8];

    /// <summary>Looks at both files of a run that runs.</summary>
    public static void Trim(int supervisor, long bound)
    {
        foreach (int descriptor in Descriptors)
        {
            try
            {
                string open = string.Create(CultureInfo.InvariantCulture, $"/proc/{supervisor}/fd/{descriptor}");
                using SafeFileHandle file = File.OpenHandle(open, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                OutputFile.Trim((int)file.DangerousGetHandle(), RandomAccess.GetLength(file), bound);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // It has ended meanwhile: the next look comes soon.
            }
        }
    }
}
