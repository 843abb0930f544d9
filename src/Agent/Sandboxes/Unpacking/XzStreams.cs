using SharpCompress.Compressors.Xz;

namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>What is in an xz file: all of the streams that it consists of, with the padding that may be between them.</summary>
/// <param name="file">The file; it is not closed.</param>
internal sealed class XzStreams(FileStream file) : ReadingStream
{
    private XZStream? _current;
    private bool _hasBegun;

    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0 && (_current is not null || Begin()))
        {
            int read = _current!.Read(buffer);
            if (read > 0)
                return read;
            _current = null;
        }
        return 0;
    }

    private bool Begin()
    {
        int next = file.ReadByte();
        for (; _hasBegun && next == 0; next = file.ReadByte())
        {
        }
        if (next < 0 && _hasBegun)
            return false;
        if (next >= 0)
            file.Position--;
        _hasBegun = true;
        _current = new XZStream(file);
        return true;
    }
}
