using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using ActorScheduler.Containers.Files;

namespace ActorScheduler.Containers.Output;

/// <summary>
/// <c>stdout</c> or <c>stderr</c> in a sandbox. A byte of the stream has the same place in the file for ever: the file only grows,
/// and what is older than the bound is given back to the disk as a hole at its beginning. So whoever reads by place survives
/// everything, and the file itself says what is no longer kept (<see cref="FirstKept"/>).
/// <code>
///   0 ........ hole ........ kept, at least the bound ........ end: the next byte
/// </code>
/// The task may do what it likes to the file, and harms its own output only: the file is held open, no link is followed to it, and
/// what the task makes of its length is put right. One thread at a time.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    /// <summary>Steps in which room is given back: a disk holds no more than the bound and one of these.</summary>
    public const int LargestStep = 1 << 20;

    // Blocks of file systems; a part of one is not given back.
    private const int SmallestStep = 4096;
    private const int CopiedBytes = 64 * 1024;
    private const int OpenMode = 0x1a4;
    private const int ReadWriteCreate = 0x2 | 0x40;
    private const int MostAttempts = 5;

    /// <summary>A descriptor that takes everything and keeps nothing.</summary>
    public static readonly int Nowhere = AtCalls.Open(AtCalls.CurrentFolder, FileName.Of("/dev/null"), 0x1 | AtCalls.CloseOnExecute);

    private readonly int _file;
    private readonly long _bound;
    private readonly long _step;
    private bool _canSplice;
    private byte[]? _held;
    private int _heldBytes;
    private long _kept;
    private bool _isDisposed;

    private OutputFile(int file, long size, long bound, bool canSplice)
    {
        (_file, _bound, _canSplice, End) = (file, bound, canSplice, size);
        _step = Math.Clamp((long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, bound / 8)), SmallestStep, LargestStep);
        _kept = FirstKept(file, size);
        IsClosed = size > bound && Tail(file, size, Sentence.Length).AsSpan().SequenceEqual(Sentence);
    }

    /// <summary>The place of the next byte.</summary>
    public long End { get; private set; }

    /// <summary>Bytes that were read and are not in the file yet.</summary>
    public int Held => _heldBytes;

    /// <summary>Whether nothing more is kept, since the file system cannot give room back.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What stands at the end of a file that is kept no further.</summary>
    private byte[] Sentence => Encoding.UTF8.GetBytes(
        $"\nasched: what comes from here on is not kept: the bound is {_bound} bytes, and the file system of the sandbox cannot give older ones back\n");

    /// <summary>Opens a stream's file, made when it is not there. What the task has put in its place, and is no plain file, goes.</summary>
    /// <param name="sandbox">Its folder.</param>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="bound">Bytes that are kept at least.</param>
    /// <param name="owner">Whose it is; null for the agent's own user.</param>
    /// <param name="canSplice">Whether the kernel may move bytes by itself; specs say no.</param>
    /// <exception cref="IOException">It cannot be opened; the error's number is its <c>HResult</c>.</exception>
    public static OutputFile Open(string sandbox, string name, long bound, (uint User, uint Group)? owner = null, bool canSplice = true)
    {
        using FolderHandle folder = FolderHandle.Open(sandbox);
        byte[] text = FileName.Of(name);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            // A device may do something as soon as it is opened; another name of a file may belong to somebody else's file.
            if (AtCalls.Stat(folder.Descriptor, text, out FileFacts before) == 0 && (!before.IsPlainFile || before.Links > 1)
                && AtCalls.Remove(folder.Descriptor, text, isFolder: false) is var refused and not (0 or AtCalls.NoSuchFile))
                throw new IOException($"{name}: {before.Kind} is in its place, and cannot be removed", refused);
            int file = AtCalls.Open(folder.Descriptor, text, ReadWriteCreate | AtCalls.NonBlocking | AtCalls.NoFollow | AtCalls.CloseOnExecute, OpenMode);
            if (file < 0 && Marshal.GetLastPInvokeError() is not (AtCalls.TooManyLinks or AtCalls.IsAFolder or NoReader))
                throw AtCalls.Failed(name);
            if (file < 0)
                continue;
            if (AtCalls.Stat(file, [], out FileFacts facts) == 0 && facts is { IsPlainFile: true, Links: 1 })
            {
                if (owner is { } user)
                    _ = AtCalls.ChangeOwner(file, [], user.User, user.Group);
                return new OutputFile(file, facts.Size, bound, canSplice);
            }
            AtCalls.Close(file);
        }
        throw new IOException($"{name}: something else is put in its place all the time", AtCalls.Busy);
    }

    // ENXIO: a pipe that nobody reads, a device that is not there.
    private const int NoReader = 6;

    /// <summary>Where the bytes begin that a file still has.</summary>
    /// <param name="file">A descriptor.</param>
    /// <param name="size">Its length.</param>
    public static long FirstKept(int file, long size)
    {
        long first = StreamCalls.NextData(file, 0);
        // Nothing but a hole; or a file system that knows no holes.
        return first >= 0 ? first : StreamCalls.LastError == StreamCalls.NoSuchAddress ? size : 0;
    }

    /// <summary>Moves what waits in a pipe to the end. A process that is killed in the middle of it neither loses nor doubles a byte.</summary>
    /// <param name="pipe">Its descriptor, to read; nobody else reads it.</param>
    /// <param name="most">Most bytes.</param>
    /// <param name="error">Why there is no room, as the kernel numbers it.</param>
    public (Movement What, long Bytes) MoveFrom(int pipe, long most, out int error)
    {
        error = 0;
        if (!IsClosed)
            PutRight();
        if (!IsClosed && End >= StreamCalls.LargestFile)
            IsClosed = true;
        if (IsClosed)
            return Moved(StreamCalls.Discard(pipe, Nowhere, most), isKept: false, ref error);
        most = Math.Min(most, StreamCalls.LargestFile - End);
        if (_canSplice)
        {
            (Movement what, long bytes) = Moved(StreamCalls.Move(pipe, _file, End, most), isKept: true, ref error);
            if (error != StreamCalls.Invalid)
                return (what, bytes);
            _canSplice = false;
            error = 0;
        }
        return Copy(pipe, most, ref error);
    }

    /// <summary>Writes at the end.</summary>
    /// <exception cref="IOException">There is no room; nothing of it counts, so that it can be written once more.</exception>
    public void Write(ReadOnlySpan<byte> data)
    {
        if (IsClosed)
            return;
        PutRight();
        for (int at = 0; at < data.Length;)
        {
            long written = StreamCalls.Write(_file, data[at..], End + at);
            if (written < 0)
                throw AtCalls.Failed("output");
            at += (int)written;
        }
        End += data.Length;
        GiveBack();
    }

    /// <summary>Takes back what stands behind a place; what is there already stays where it is.</summary>
    public void CutTo(long end)
    {
        if (end >= End)
            return;
        _ = StreamCalls.Cut(_file, end);
        End = end;
    }

    /// <summary>The last bytes.</summary>
    public byte[] ReadTail(int most) => Tail(_file, End, most);

    /// <summary>The last bytes of a stream's file; none when it cannot be read.</summary>
    public static byte[] ReadTail(string sandbox, string name, int most)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle? file = PlainFile.TryOpen(sandbox, name);
        return file is null ? [] : Tail((int)file.DangerousGetHandle(), RandomAccess.GetLength(file), most);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        AtCalls.Close(_file);
        if (_held is not null)
            ArrayPool<byte>.Shared.Return(_held);
    }

    /// <summary>
    /// The task may have made its file longer or shorter. What it appended is part of its output; a length without bytes is taken
    /// back; what it cut off is missing, and the bytes to come keep their places.
    /// </summary>
    private void PutRight()
    {
        if (AtCalls.Stat(_file, [], out FileFacts facts) != 0 || facts.Size <= End)
            return;
        if (StreamCalls.NextHole(_file, End) >= facts.Size)
            End = facts.Size;
        else
            _ = StreamCalls.Cut(_file, End);
        GiveBack();
    }

    private (Movement, long) Moved(long bytes, bool isKept, ref int error)
    {
        if (bytes > 0)
        {
            if (isKept)
            {
                End += bytes;
                GiveBack();
            }
            return (Movement.Moved, bytes);
        }
        if (bytes == 0)
            return (Movement.Ended, 0);
        error = StreamCalls.LastError;
        if (error == StreamCalls.TryAgain)
        {
            error = 0;
            return (Movement.Nothing, 0);
        }
        if (error == StreamCalls.FileTooLarge)
            IsClosed = true;
        return (Movement.NoRoom, 0);
    }

    /// <summary>For file systems that cannot take bytes from a pipe: what is read and not yet written is lost with the process.</summary>
    private (Movement, long) Copy(int pipe, long most, ref int error)
    {
        if (_heldBytes == 0)
        {
            if (!Processes.Host.Kernel.IsReadable(pipe, 0))
                return (Movement.Nothing, 0);
            _held ??= ArrayPool<byte>.Shared.Rent(CopiedBytes);
            _heldBytes = Math.Max(0, Processes.Host.Kernel.Read(pipe, _held.AsSpan(0, (int)Math.Min(most, CopiedBytes))));
            if (_heldBytes == 0)
                return (Movement.Ended, 0);
        }
        try
        {
            int bytes = _heldBytes;
            Write(_held.AsSpan(0, bytes));
            _heldBytes = 0;
            return (Movement.Moved, bytes);
        }
        catch (IOException e)
        {
            error = e.HResult;
            return (Movement.NoRoom, 0);
        }
    }

    private static byte[] Tail(int file, long size, int most)
    {
        byte[] tail = new byte[Math.Min(most, size)];
        return tail[..Math.Max(0, StreamCalls.Read(file, tail, size - tail.Length))];
    }

    private void GiveBack()
    {
        if (IsClosed || End - _kept < _bound + _step)
            return;
        long kept = (End - _bound) & -_step;
        int error = StreamCalls.Punch(_file, _kept, kept);
        if (error == 0)
            _kept = kept;
        else if (error is StreamCalls.NotSupported or StreamCalls.NotImplemented or AtCalls.NotAllowed)
            Close();
    }

    private void Close()
    {
        IsClosed = true;
        byte[] sentence = Sentence;
        if (StreamCalls.Write(_file, sentence, End) == sentence.Length)
            End += sentence.Length;
    }
}
