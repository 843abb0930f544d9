using ActorScheduler.Containers.Output;

namespace ActorScheduler.Containers.Docker.Logs;

/// <summary><c>stdout</c> or <c>stderr</c> in a sandbox, written in large pieces.</summary>
/// <param name="folder">The sandbox.</param>
/// <param name="name">Which.</param>
/// <param name="bound">Bytes that are kept at least.</param>
internal sealed class LogFile(string folder, string name, long bound) : IDisposable
{
    private const int PieceBytes = 256 * 1024;

    private readonly byte[] _piece = new byte[PieceBytes];
    private int _length;
    private OutputFile? _file;

    /// <summary>Opens it to go on where it was left.</summary>
    /// <param name="known">Bytes that are known to be good; null when nothing is known.</param>
    /// <returns>Bytes that it has now. Fewer than known say that it was begun anew: then it is taken as it is.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public long Open(long? known)
    {
        _length = 0;
        _file = OutputFile.Open(folder, name, bound);
        if (known is { } good)
            _file.CutTo(good);
        return _file.End;
    }

    /// <summary>Writes at the end; it is in the file after <see cref="Flush"/>.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(ReadOnlySpan<byte> data)
    {
        if (_length + data.Length > PieceBytes)
            Flush();
        if (data.Length > PieceBytes)
        {
            _file!.Write(data);
            return;
        }
        data.CopyTo(_piece.AsSpan(_length));
        _length += data.Length;
    }

    /// <summary>Everybody can read what was written.</summary>
    /// <exception cref="IOException">The disk does not take it; it is still to be written.</exception>
    public void Flush()
    {
        if (_length == 0)
            return;
        _file!.Write(_piece.AsSpan(0, _length));
        _length = 0;
    }

    /// <summary>Closes it; what was not flushed is not in the position that is kept either.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        (_file, _length) = (null, 0);
    }
}
