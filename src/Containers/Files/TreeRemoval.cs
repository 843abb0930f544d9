using System.Runtime.InteropServices;

namespace ActorScheduler.Containers.Files;

/// <summary>
/// Deletes folders with all that is in them. What cannot be deleted is passed over and told at the end. A folder that lies deep is
/// first moved up to the top, so that few are open at a time, however deep they are made.
/// </summary>
/// <param name="mount">On which mount it stays.</param>
internal sealed class TreeRemoval(ulong mount)
{
    private const int MostOpen = 64;

    /// <summary>How often a folder is looked through in which more is found each time: somebody still writes there.</summary>
    private const int MostLooks = 3;

    private readonly List<byte[]> _way = [];
    private FolderHandle? _top;
    private string? _first;
    private int _left;
    private int _moved;

    /// <summary>Deletes what has a name in a folder.</summary>
    /// <param name="parent">The folder.</param>
    /// <param name="name">The name.</param>
    /// <param name="path">Both, for people.</param>
    /// <exception cref="IOException">Something is left.</exception>
    public void Remove(FolderHandle parent, byte[] name, string path)
    {
        using (FolderHandle? folder = Enter(parent, name, mayBeFolder: true))
        {
            if (folder is not null)
                ClearTop(folder);
        }
        RemoveEmpty(parent, name);
        Tell(path);
    }

    /// <summary>Deletes what is in a folder.</summary>
    /// <exception cref="IOException">Something is left.</exception>
    public void Clear(FolderHandle folder, string path)
    {
        ClearTop(folder);
        Tell(path);
    }

    private void ClearTop(FolderHandle folder)
    {
        _top = folder;
        do
        {
            _moved = 0;
            ClearFolder(folder);
        }
        while (_moved > 0);
    }

    private void ClearFolder(FolderHandle folder)
    {
        // Folders that their owner may not write to, as tools make them whose caches nobody is to change.
        if ((folder.Facts.Mode & 0x1C0) != 0x1C0)
            _ = AtCalls.ChangeMode(folder.Descriptor, 0x1C0);
        int looks = 0;
        for (bool more = true; more && looks < MostLooks; looks++)
        {
            more = false;
            int left = _left;
            foreach ((byte[] name, bool mayBeFolder) in folder.Entries())
            {
                more = true;
                _way.Add(name);
                RemoveEntry(folder, name, mayBeFolder);
                _way.RemoveAt(_way.Count - 1);
            }
            // What cannot be deleted is still there at the next look.
            if (_left > left)
                return;
        }
    }

    private void RemoveEntry(FolderHandle folder, byte[] name, bool mayBeFolder)
    {
        using (FolderHandle? inner = Enter(folder, name, mayBeFolder))
        {
            if (inner is null)
                return;
            if (_way.Count >= MostOpen && MoveUp(folder, name))
                return;
            int left = _left;
            ClearFolder(inner);
            if (_left > left)
                return;
        }
        RemoveEmpty(folder, name);
    }

    /// <summary>Opens a folder to delete what is in it; null when there is nothing more to do with this name.</summary>
    private FolderHandle? Enter(FolderHandle parent, byte[] name, bool mayBeFolder)
    {
        if (!mayBeFolder)
        {
            int error = AtCalls.Remove(parent.Descriptor, name, isFolder: false);
            if (error is not AtCalls.IsAFolder)
            {
                Note(error);
                return null;
            }
        }
        if (parent.TryOpen(name, out int reason) is { } folder)
        {
            if (folder.Mount == mount)
                return folder;
            folder.Dispose();
            Note("something is mounted there, which is not deleted");
            return null;
        }
        switch (reason)
        {
            case AtCalls.NotAFolder or AtCalls.TooManyLinks when mayBeFolder:
                return Enter(parent, name, mayBeFolder: false);
            case AtCalls.NoAccess when AtCalls.ChangeModeAt(parent.Descriptor, name, 0x1C0) == 0 && parent.TryOpen(name, out reason) is { } opened:
                opened.Dispose();
                return Enter(parent, name, mayBeFolder: true);
            default:
                Note(reason);
                return null;
        }
    }

    private bool MoveUp(FolderHandle folder, byte[] name)
    {
        if (_top is null || AtCalls.Rename(folder.Descriptor, name, _top.Descriptor, FileName.Of($".deleted-{Guid.NewGuid():N}")) != 0)
            return false;
        _moved++;
        return true;
    }

    private void RemoveEmpty(FolderHandle parent, byte[] name)
    {
        if (_left == 0 || _way.Count > 0)
            Note(AtCalls.Remove(parent.Descriptor, name, isFolder: true) is var error and not AtCalls.NotAFolder ? error : 0);
    }

    private void Note(int error)
    {
        if (error is 0 or AtCalls.NoSuchFile)
            return;
        Note(error == AtCalls.Busy ? "it is in use, or something is mounted there" : Marshal.GetPInvokeErrorMessage(error));
    }

    private void Note(string reason)
    {
        _left++;
        _first ??= $"{(_way.Count == 0 ? "" : FileName.Show(_way) + ": ")}{reason}";
    }

    private void Tell(string path)
    {
        if (_first is not null)
            throw new IOException($"{path}{(_first.Contains(": ", StringComparison.Ordinal) ? "/" : ": ")}{_first}{(_left > 1 ? $" (and {_left - 1} more)" : "")}");
    }
}
