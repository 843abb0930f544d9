namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>
/// Writes a container's output to <c>stdout</c> and <c>stderr</c> in its sandbox, each line once: a small file beside them keeps
/// how far that has got. It may lag behind the files; what they have beyond it is cut off and written again.
/// </summary>
internal sealed class SandboxLogs : IDisposable
{
    private const string PositionFile = ".asched-logs";

    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly LogFile[] _files;
    private readonly LogPosition[] _positions = [LogPosition.Start, LogPosition.Start];
    private readonly int[] _seen = [0, 0];
    private readonly bool[] _isCatchingUp = [true, true];
    private bool _isOpen;
    private bool _isUnsaved;
    private long _savedAt;

    public SandboxLogs(string folder, DockerSettings settings, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        _files = [.. new[] { "stdout", "stderr" }.Select(name => new LogFile(folder, name, settings.LogSize))];
    }

    /// <summary>Opens the files, or begins anew to compare entries with what they have.</summary>
    /// <returns>From when on the engine is asked for entries; null for all.</returns>
    public string? GoOn()
    {
        if (!_isOpen)
        {
            LogPosition?[] known = Load();
            for (int i = 0; i < _files.Length; i++)
            {
                LogPosition position = known[i] ?? LogPosition.Start;
                _positions[i] = position with { Length = _files[i].Open(known[i]?.Length) };
            }
            _isOpen = true;
            Save();
        }
        for (int i = 0; i < _files.Length; i++)
            (_seen[i], _isCatchingUp[i]) = (0, true);
        return LogPosition.Since(_positions[0], _positions[1]);
    }

    /// <summary>Writes an entry, unless it was written before.</summary>
    public void Write(LogEntry entry)
    {
        int i = entry.IsError ? 1 : 0;
        if (_isCatchingUp[i] && WasWritten(i, entry.At))
            return;
        _isCatchingUp[i] = false;
        _files[i].Write(entry.Data.Span);
        _positions[i] = _positions[i].After(entry.At, entry.Data.Length);
        _isUnsaved = true;
    }

    /// <summary>Everybody can read what was written.</summary>
    /// <param name="isSaved">Whether the position is kept at once; else only now and then.</param>
    public void Flush(bool isSaved)
    {
        if (!_isUnsaved)
            return;
        foreach (LogFile file in _files)
            file.Flush();
        if (isSaved || _time.GetElapsedTime(_savedAt) >= SaveInterval)
            Save();
    }

    /// <summary>Closes the files; <see cref="GoOn"/> opens them again where they are known to be good.</summary>
    public void Dispose()
    {
        foreach (LogFile file in _files)
            file.Dispose();
        (_isOpen, _isUnsaved) = (false, false);
    }

    /// <summary>Entries of the last one's time count, earlier ones were written; with the first later one all are new, whatever clocks do.</summary>
    private bool WasWritten(int i, string at) => string.CompareOrdinal(at, _positions[i].At) switch
    {
        < 0 => true,
        0 => _seen[i]++ < _positions[i].Count,
        _ => false,
    };

    private LogPosition?[] Load()
    {
        string file = Path.Combine(_folder, PositionFile);
        if (!File.Exists(file))
            return [null, null];
        string[] lines = File.ReadAllLines(file);
        return [lines.Length > 0 ? LogPosition.Parse(lines[0]) : null, lines.Length > 1 ? LogPosition.Parse(lines[1]) : null];
    }

    private void Save()
    {
        string file = Path.Combine(_folder, PositionFile);
        File.Delete(file + "~");
        File.WriteAllLines(file + "~", _positions.Select(static position => position.ToString()));
        File.Move(file + "~", file, overwrite: true);
        (_isUnsaved, _savedAt) = (false, _time.GetTimestamp());
    }
}
