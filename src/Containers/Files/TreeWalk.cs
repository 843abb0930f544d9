namespace ActorScheduler.Containers.Files;

/// <summary>
/// Looks at all that is in a folder, links themselves and mounts not entered. What is more than <see cref="MostDepth"/> folders deep
/// is left out: each level holds one open.
/// </summary>
/// <param name="mount">On which mount it stays.</param>
/// <param name="seen">Told of each: where it is, its name, and what the kernel says of it.</param>
internal sealed class TreeWalk(ulong mount, Action<FolderHandle, byte[], FileFacts> seen)
{
    /// <summary>Most folders within each other.</summary>
    public const int MostDepth = 512;

    private int _depth;

    /// <summary>Looks at what is in a folder, not at the folder itself.</summary>
    public void Visit(FolderHandle folder)
    {
        foreach ((byte[] name, _) in folder.Entries())
        {
            // What is gone meanwhile was not worth looking at.
            if (AtCalls.Stat(folder.Descriptor, name, out FileFacts facts) != 0)
                continue;
            if (!facts.IsFolder)
            {
                seen(folder, name, facts);
                continue;
            }
            using FolderHandle? inner = folder.TryOpen(name, out _);
            if (inner is null || inner.Mount != mount)
                continue;
            seen(folder, name, facts);
            if (_depth >= MostDepth)
                continue;
            _depth++;
            Visit(inner);
            _depth--;
        }
    }
}
