namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>
/// <c>stdout</c> or <c>stderr</c> in a sandbox, with its older parts. The task may do what it likes to the folder, so a link in
/// the file's place is removed and not followed.
/// </summary>
internal sealed class LogFile(string path, long size, int oldFiles) : IDisposable
{
    private FileStream? _file;

    /// <summary>Opens it to go on where it was left.</summary>
    /// <param name="known">Bytes that are known to be good; null when nothing is known.</param>
    /// <returns>Bytes that it has now. Fewer than known say that it was begun anew: then it is taken as it is.</returns>
    public long Open(long? known)
    {
        FileStream file = OpenFile();
        if (known < file.Length)
            file.SetLength(known.Value);
        file.Position = file.Length;
        _file = file;
        return file.Length;
    }

    /// <summary>Whether another file has to be begun before so many bytes are written behind those that there are.</summary>
    public bool IsFull(long length, int bytes) => length > 0 && length + bytes > size;

    /// <summary>Writes at the end; it is in the file after <see cref="Flush"/>.</summary>
    public void Write(ReadOnlySpan<byte> data) => _file!.Write(data);

    /// <summary>Everybody can read what was written.</summary>
    public void Flush() => _file?.Flush();

    /// <summary>Begins another file; the oldest one goes.</summary>
    public void Rotate()
    {
        _file!.Dispose();
        _file = null;
        for (int i = oldFiles; i >= 1; i--)
        {
            string from = i == 1 ? path : $"{path}.{i - 1}";
            if (File.Exists(from))
                File.Move(from, $"{path}.{i}", overwrite: true);
        }
        if (oldFiles == 0)
            File.Delete(path);
        _file = OpenFile();
    }

    public void Dispose()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: what was not written is not in the position that is kept either.
        }
        _file = null;
    }

    private FileStream OpenFile()
    {
        if (new FileInfo(path).LinkTarget is not null)
            File.Delete(path);
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 16 * 1024);
    }
}
