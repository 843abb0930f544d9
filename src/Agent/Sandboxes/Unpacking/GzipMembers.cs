using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>
/// What is in a gzip file (RFC 1952), all of its members. The runtime's own stream takes a file that is cut off for one that is
/// whole, and leaves out whatever follows that does not begin as a member; here that is damage.
/// </summary>
/// <param name="file">The file; it is not closed.</param>
internal sealed class GzipMembers(FileStream file) : ReadingStream
{
    private const int TrailerSize = 8;

    private readonly Crc32 _sum = new();
    private readonly byte[] _trailer = new byte[TrailerSize];
    private Window? _window;
    private DeflateStream? _member;
    private uint _size;
    private bool _hasBegun;
    private bool _isOver;

    public override int Read(Span<byte> buffer)
    {
        while (!_isOver && buffer.Length > 0)
        {
            if (_member is null)
            {
                if (!Begin())
                    break;
            }
            int read = _member!.Read(buffer);
            if (read > 0)
            {
                _sum.Append(buffer[..read]);
                _size += (uint)read;
                return read;
            }
            End();
        }
        _isOver = true;
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _member?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Goes over a member's header; false at the end of the file.</summary>
    private bool Begin()
    {
        Span<byte> header = stackalloc byte[10];
        int first = file.ReadByte();
        // Tapes fill their last block with zeros.
        for (; _hasBegun && first == 0; first = file.ReadByte())
        {
        }
        if (first < 0 && _hasBegun)
            return false;
        header[0] = (byte)Math.Max(first, 0);
        file.ReadExactly(header[1..]);
        if (header[0] != 0x1f || header[1] != 0x8b || header[2] != 8 || (header[3] & 0xe0) != 0)
            throw new InvalidDataException(_hasBegun ? "something else follows it" : "it does not begin as one");
        byte flags = header[3];
        if ((flags & 4) != 0)
        {
            Span<byte> length = stackalloc byte[2];
            file.ReadExactly(length);
            for (int left = BinaryPrimitives.ReadUInt16LittleEndian(length); left > 0; left--)
                Next();
        }
        if ((flags & 8) != 0)
            SkipText();
        if ((flags & 16) != 0)
            SkipText();
        if ((flags & 2) != 0)
            (_, _) = (Next(), Next());
        _hasBegun = true;
        _window = new Window(file);
        _member = new DeflateStream(_window, CompressionMode.Decompress);
        return true;
    }

    /// <summary>
    /// Finds where a member ends: the stream that inflates it reads ahead and does not tell how far. Its trailer is in what was read
    /// last or directly behind, and 8 bytes are known of it: the sum and the size of what came out.
    /// </summary>
    private void End()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_trailer, _sum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(_trailer.AsSpan(4), _size);
        long from = _window!.LastBegin;
        byte[] last = new byte[_window.LastEnd - from + TrailerSize];
        file.Position = from;
        int length = file.ReadAtLeast(last, last.Length, throwOnEndOfStream: false);
        int at = last.AsSpan(0, length).IndexOf(_trailer);
        if (at < 0)
            throw new InvalidDataException("it is cut off, or what comes out has another sum than was packed");
        file.Position = from + at + TrailerSize;
        _member!.Dispose();
        _member = null;
        _sum.Reset();
        _size = 0;
    }

    private void SkipText()
    {
        while (Next() != 0)
        {
        }
    }

    private int Next() => file.ReadByte() is var next and >= 0 ? next : throw new EndOfStreamException();

    /// <summary>Gives small pieces, and keeps where the last two began and ended: the end of a member may lie across them.</summary>
    private sealed class Window(FileStream file) : ReadingStream
    {
        private const int PieceSize = 4096;

        private long _before = file.Position;

        public long LastBegin { get; private set; } = file.Position;

        public long LastEnd { get; private set; } = file.Position;

        public override int Read(Span<byte> buffer)
        {
            long begin = file.Position;
            int read = file.Read(buffer[..Math.Min(buffer.Length, PieceSize)]);
            if (read > 0)
                (LastBegin, _before, LastEnd) = (_before, begin, begin + read);
            return read;
        }
    }
}
