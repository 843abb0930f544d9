using System.Text;

namespace ActorScheduler.Protocol;

/// <summary>Reads files that people write. What goes on without end, a device or a pipe, is given up.</summary>
public static class SmallFile
{
    /// <summary>All of a file's text.</summary>
    /// <param name="path">The file; a pipe may be one too.</param>
    /// <param name="mostBytes">Most that it may have.</param>
    /// <exception cref="IOException">It cannot be read, or has more.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static string Read(string path, int mostBytes)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var all = new MemoryStream();
        byte[] part = new byte[16 * 1024];
        for (int read; (read = file.Read(part)) > 0;)
        {
            all.Write(part, 0, read);
            if (all.Length > mostBytes)
                throw new IOException($"has more than {mostBytes} bytes");
        }
        all.Position = 0;
        using var reader = new StreamReader(all, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
