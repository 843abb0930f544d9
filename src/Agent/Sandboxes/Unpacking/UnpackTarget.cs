using System.Globalization;
using ActorScheduler.Containers.Files;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>When something was changed, since 1970.</summary>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Nanoseconds">And so much more.</param>
internal readonly record struct ChangeTime(long Seconds, long Nanoseconds = 0);

/// <summary>A part of a file that is not a hole.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct FilePiece(long Offset, long Length);

/// <summary>
/// Where archives are unpacked to. Each entry is reached folder by folder from the sandbox, so that a link on the way is followed
/// where it stays in the sandbox, and refused where it does not. Names are bytes. Permissions and times of folders are set at the
/// end: what is written into them changes the times, and needs the permissions.
/// </summary>
internal sealed class UnpackTarget : IDisposable
{
    private const int MostLinks = 40;
    private const int PieceBytes = 128 * 1024;

    // Read, write, execute and "only its owner deletes"; not the two by which a program runs as its owner or group.
    private const int Permissions = 0x3FF;

    private readonly FolderHandle _root;
    private readonly byte[][] _base;
    private readonly UnpackLimits _limits;
    private readonly CancellationToken _cancellation;
    private readonly List<(byte[][] Parts, int Mode, ChangeTime? Changed)> _folders = [];
    private readonly byte[] _piece = new byte[PieceBytes];

    /// <param name="sandbox">What nothing may leave.</param>
    /// <param name="folder">The sandbox, or a folder in it: names are below it.</param>
    /// <param name="limits">What may come out.</param>
    /// <param name="cancellation">Ends it.</param>
    public UnpackTarget(string sandbox, string folder, UnpackLimits limits, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            throw new SandboxException("archives are unpacked on Linux only");
        (_limits, _cancellation) = (limits, cancellation);
        _base = [.. Path.GetRelativePath(sandbox, folder).Split('/').Where(static part => part != ".").Select(FileName.Of)];
        _root = FolderHandle.Open(sandbox);
    }

    /// <summary>Makes a folder; the archive's own first one is there already and stays as it is.</summary>
    public void MakeFolder(byte[] name, int? mode, ChangeTime? changed)
    {
        byte[][] parts = Parts(name);
        if (parts.Length == _base.Length)
            return;
        using Way way = Open(parts, name);
        if (mode is not null || changed is not null)
            _folders.Add((parts, (mode ?? 0x1ed) & Permissions, changed));
    }

    /// <summary>Writes a file; what had its name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="mode">Permissions; null for those of a file that all may read.</param>
    /// <param name="changed">When it was changed, or null.</param>
    public void WriteFile(byte[] name, Stream content, int? mode, ChangeTime? changed) => Write(name, mode, changed, file =>
    {
        for (int read; (read = content.Read(_piece)) > 0;)
            Append(file, _piece.AsSpan(0, read));
    });

    /// <summary>Writes a file with holes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its pieces, one behind the other.</param>
    /// <param name="size">Its size.</param>
    /// <param name="pieces">What is no hole, in order.</param>
    /// <param name="mode">Permissions.</param>
    /// <param name="changed">When it was changed.</param>
    public void WriteSparse(byte[] name, Stream content, long size, IReadOnlyList<FilePiece> pieces, int mode, ChangeTime changed) => Write(name, mode, changed, file =>
    {
        _limits.CountBytes(size);
        long end = 0;
        foreach ((long offset, long length) in pieces)
        {
            if (offset < end || length < 0 || offset > size - length)
                throw new InvalidDataException("the pieces of a file with holes do not fit");
            end = offset + length;
            file.Position = offset;
            for (long left = length; left > 0;)
            {
                _cancellation.ThrowIfCancellationRequested();
                int read = (int)Math.Min(left, _piece.Length);
                content.ReadExactly(_piece.AsSpan(0, read));
                file.Write(_piece.AsSpan(0, read));
                left -= read;
            }
        }
        file.SetLength(size);
    });

    /// <summary>
    /// Makes a link. One that leads out by a path from the root is the task's own affair: in its container that is another place,
    /// and nothing is ever read or written by it here. One that climbs out of the sandbox is a trick.
    /// </summary>
    public void MakeLink(byte[] name, byte[] target, ChangeTime? changed)
    {
        byte[][] parts = Parts(name);
        if (target.Length == 0 || target.Length > _limits.MostNameBytes || target.Contains((byte)0))
            throw new InvalidDataException($"its link '{FileName.Show([name])}' leads nowhere");
        if (target[0] != '/' && Climbs(parts, target))
            throw new SandboxException($"its link '{FileName.Show([name])}' leads outside, to '{FileName.Show([target])}'");
        using Way way = OpenParent(parts, name);
        Replace(way, name);
        Check(AtCalls.MakeLink(target, way.Folder.Descriptor, way.Name), name);
        SetTime(way, changed);
    }

    /// <summary>Gives a file, or a link, of the archive another name.</summary>
    public void MakeName(byte[] name, byte[] of)
    {
        byte[][] parts = Parts(name), from = Parts(of);
        if (parts.Length == from.Length && parts.Zip(from).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
            return;
        using Way old = OpenParent(from, of);
        if (AtCalls.Stat(old.Folder.Descriptor, old.Name, out FileFacts facts) != 0 || facts.IsFolder)
            throw new SandboxException($"its entry '{FileName.Show([name])}' is a link to '{FileName.Show([of])}', which is not there");
        using Way way = OpenParent(parts, name);
        Replace(way, name);
        Check(AtCalls.MakeName(old.Folder.Descriptor, old.Name, way.Folder.Descriptor, way.Name), name);
    }

    /// <summary>All is written: folders get their permissions and times, the innermost first.</summary>
    public void Finish()
    {
        // Of two entries for one folder the later one counts.
        foreach ((byte[][] parts, int mode, ChangeTime? changed) in _folders.OrderByDescending(static folder => folder.Parts.Length))
        {
            byte[] name = parts[^1];
            using Way way = OpenParent(parts, name);
            using FolderHandle? folder = way.Folder.TryOpen(way.Name, out _);
            // A link in its place was followed, and what it leads to keeps what it has.
            if (folder is null)
                continue;
            Check(AtCalls.ChangeMode(folder.Descriptor, mode), name);
            SetTime(way, changed);
        }
    }

    public void Dispose() => _root.Dispose();

    private void Write(byte[] name, int? mode, ChangeTime? changed, Action<FileStream> write)
    {
        using Way way = OpenParent(Parts(name), name);
        Replace(way, name);
        int descriptor = AtCalls.Open(way.Folder.Descriptor, way.Name, AtCalls.CreateNew | AtCalls.NoFollow, 0x180);
        if (descriptor < 0)
            throw AtCalls.Failed($"its entry '{FileName.Show([name])}'");
        using (var file = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, 0))
        {
            write(file);
            Check(AtCalls.ChangeMode(descriptor, (mode ?? 0x1a4) & Permissions), name);
        }
        SetTime(way, changed);
    }

    private void Append(FileStream file, ReadOnlySpan<byte> piece)
    {
        _cancellation.ThrowIfCancellationRequested();
        _limits.CountBytes(piece.Length);
        file.Write(piece);
    }

    /// <summary>The file itself or the link itself goes, never what a link leads to.</summary>
    private static void Replace(Way way, byte[] name)
    {
        int error = AtCalls.Remove(way.Folder.Descriptor, way.Name, isFolder: false);
        if (error == AtCalls.IsAFolder)
            throw new SandboxException($"its entry '{FileName.Show([name])}' cannot take the place of a folder");
        if (error != AtCalls.NoSuchFile)
            Check(error, name);
    }

    private static void SetTime(Way way, ChangeTime? changed)
    {
        // A time that the disk cannot hold is no reason to be without the file.
        if (changed is { } time)
            _ = AtCalls.SetTime(way.Folder.Descriptor, way.Name, time.Seconds, time.Nanoseconds);
    }

    private static void Check(int error, byte[] name)
    {
        if (error != 0)
            throw new IOException($"its entry '{FileName.Show([name])}': {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>A name's parts, from the sandbox on.</summary>
    private byte[][] Parts(byte[] name)
    {
        _cancellation.ThrowIfCancellationRequested();
        _limits.CountEntry();
        if (name.Length > _limits.MostNameBytes)
            throw new SandboxException($"its entry '{FileName.Show([name])}' has a name of more than {_limits.MostNameBytes.ToString(CultureInfo.InvariantCulture)} bytes");
        byte[][] parts = [.. _base, .. Split(name).Where(static part => !part.AsSpan().SequenceEqual("."u8))];
        if (name is [(byte)'/', ..] || Array.Exists(parts, static part => part.AsSpan().SequenceEqual(".."u8)))
            throw new SandboxException($"its entry '{FileName.Show([name])}' leads outside");
        if (name.Contains((byte)0))
            throw new InvalidDataException($"its entry '{FileName.Show([name])}' has no name that a file can have");
        return parts.Length <= _limits.MostDepth ? parts : throw new SandboxException($"its entry '{FileName.Show([name])}' lies more than {_limits.MostDepth} folders deep");
    }

    private static IEnumerable<byte[]> Split(byte[] path)
    {
        for (int from = 0, to; from <= path.Length; from = to + 1)
        {
            to = Array.IndexOf(path, (byte)'/', from);
            to = to < 0 ? path.Length : to;
            if (to > from)
                yield return path[from..to];
        }
    }

    /// <summary>Whether a link, by its text, leads to above the sandbox.</summary>
    private static bool Climbs(byte[][] parts, byte[] target)
    {
        int depth = parts.Length - 1;
        foreach (byte[] part in Split(target))
        {
            depth += part.AsSpan().SequenceEqual(".."u8) ? -1 : part.AsSpan().SequenceEqual("."u8) ? 0 : 1;
            if (depth < 0)
                return true;
        }
        return false;
    }

    private Way OpenParent(byte[][] parts, byte[] name) => parts.Length == _base.Length
        ? throw new SandboxException($"its entry '{FileName.Show([name])}' has no name")
        : Open(parts[..^1], name) with { Name = parts[^1] };

    /// <summary>Opens a folder below the sandbox, made where it is missing.</summary>
    private Way Open(byte[][] parts, byte[] name)
    {
        var open = new Stack<FolderHandle>([_root]);
        try
        {
            var left = new Stack<byte[]>(parts.Reverse());
            int links = 0;
            while (left.TryPop(out byte[]? part))
            {
                if (part.AsSpan().SequenceEqual("."u8))
                    continue;
                if (part.AsSpan().SequenceEqual(".."u8))
                {
                    if (open.Count == 1)
                        throw new SandboxException($"its entry '{FileName.Show([name])}' leads outside");
                    open.Pop().Dispose();
                    continue;
                }
                if (Enter(open.Peek(), part, name) is { } folder)
                {
                    open.Push(folder);
                    continue;
                }
                // No folder: a link is followed from the folder that it is in.
                if (AtCalls.ReadLink(open.Peek().Descriptor, part) is not { } target)
                    throw new SandboxException($"its entry '{FileName.Show([name])}' lies in something that is no folder");
                if (target is [(byte)'/', ..] || ++links > MostLinks)
                    throw new SandboxException($"its entry '{FileName.Show([name])}' leads outside");
                foreach (byte[] step in Split(target).Reverse())
                    left.Push(step);
            }
            FolderHandle last = open.Pop();
            return new Way(last, [], last == _root);
        }
        finally
        {
            foreach (FolderHandle folder in open.Where(folder => folder != _root))
                folder.Dispose();
        }
    }

    private static FolderHandle? Enter(FolderHandle parent, byte[] part, byte[] name)
    {
        FolderHandle? folder = parent.TryOpen(part, out int error);
        if (folder is null && error == AtCalls.NoSuchFile && AtCalls.MakeFolder(parent.Descriptor, part, 0x1ed) is 0 or AtCalls.Exists)
            folder = parent.TryOpen(part, out error);
        return folder is not null || error is AtCalls.NotAFolder or AtCalls.TooManyLinks
            ? folder
            : throw new IOException($"its entry '{FileName.Show([name])}': {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>An open folder, and a name in it.</summary>
    private sealed record Way(FolderHandle Folder, byte[] Name, bool IsRoot) : IDisposable
    {
        public void Dispose()
        {
            if (!IsRoot)
                Folder.Dispose();
        }
    }
}
