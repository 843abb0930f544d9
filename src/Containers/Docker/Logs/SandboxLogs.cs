using System.Text;
using ActorScheduler.Containers.Files;
using ActorScheduler.Containers.Output;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary>
/// Writes a container's output to <c>stdout</c> and <c>stderr</c> in its sandbox, each byte once: a small file beside them keeps
/// how far that has got, for whoever has to go on with what the engine's log has.
/// </summary>
internal sealed class SandboxLogs : IDisposable
{
    private const string PositionFile = ".asched-logs";
    private const int MostPositionBytes = 1024;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly long _bound;
    private readonly LogPosition[] _positions = [LogPosition.Start, LogPosition.Start];
    private OutputFile[]? _files;
    private bool _isUnsaved;
    private long _savedAt;

    public SandboxLogs(string folder, DockerSettings settings, TimeProvider time)
    {
        (_folder, _bound, _time) = (folder, settings.LogSize, time);
    }

    /// <summary>Opens the files.</summary>
    /// <exception cref="IOException">They cannot be.</exception>
    public void Open()
    {
        if (_files is not null)
            return;
        LogPosition?[] known = Load();
        OutputFile output = OutputFile.Open(_folder, "stdout", _bound);
        try
        {
            _files = [output, OutputFile.Open(_folder, "stderr", _bound)];
        }
        catch (IOException)
        {
            output.Dispose();
            throw;
        }
        for (int i = 0; i < _files.Length; i++)
        {
            _positions[i] = known[i] ?? LogPosition.Start;
            // Beyond a position of the log stands what is in the log once more; beyond one of the clock stands what nobody else has any more.
            if (known[i] is { IsExact: true } exact)
                _files[i].CutTo(exact.Length);
        }
    }

    /// <summary>Writes what came just now; everybody can read it then.</summary>
    /// <exception cref="IOException">The disk does not take it: nothing of it counts.</exception>
    public void Write(bool isError, ReadOnlySpan<byte> data)
    {
        int i = isError ? 1 : 0;
        _files![i].Write(data);
        _isUnsaved = true;
        if (_time.GetElapsedTime(_savedAt) >= SaveInterval)
            Save();
    }

    /// <summary>Keeps how far it has got, as the clock says.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Save()
    {
        if (!_isUnsaved)
            return;
        for (int i = 0; i < _files!.Length; i++)
            _positions[i] = LogPosition.Until(_time.GetUtcNow(), _files[i].End);
        PlainFile.Replace(_folder, PositionFile, Encoding.ASCII.GetBytes($"{_positions[0]}\n{_positions[1]}\n"));
        (_isUnsaved, _savedAt) = (false, _time.GetTimestamp());
    }

    /// <summary>Where what the log has goes on after the file; null when there is a gap.</summary>
    public int? Place(bool isError, LoggedStream log)
    {
        int i = isError ? 1 : 0;
        return _positions[i].IsExact ? log.After(_positions[i]) : log.After(_files![i].ReadTail(LoggedStream.NeedleBytes), _positions[i], _files[i].End);
    }

    /// <summary>Closes the files; <see cref="Open"/> opens them again where they are known to be good.</summary>
    public void Dispose()
    {
        foreach (OutputFile file in _files ?? [])
            file.Dispose();
        (_files, _isUnsaved) = (null, false);
    }

    private LogPosition?[] Load()
    {
        string[] lines = Encoding.ASCII.GetString(PlainFile.ReadSmall(_folder, PositionFile, MostPositionBytes)).Split('\n');
        return [LogPosition.Parse(lines[0]), lines.Length > 1 ? LogPosition.Parse(lines[1]) : null];
    }
}
