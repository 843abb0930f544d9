namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>How much one archive may become. All that is bounded of archives is bounded here.</summary>
/// <param name="MostBytes">Bytes of all its files, holes included.</param>
/// <param name="MostEntries">Files, folders and links.</param>
/// <param name="MostNameBytes">Bytes of a name with its folders, and of what a link leads to: longer ones cannot be opened.</param>
/// <param name="MostDepth">Folders within each other.</param>
/// <param name="MostExtraBytes">Bytes of what a tar says of one entry beside its header.</param>
/// <param name="MostPieces">Pieces of one file with holes.</param>
/// <param name="MostDirectoryBytes">Bytes of a zip's directory, of which the runtime makes objects, six times as large, before anything is unpacked.</param>
internal sealed record UnpackLimits(
    long MostBytes, int MostEntries = 1_000_000, int MostNameBytes = 4095, int MostDepth = 200, int MostExtraBytes = 1 << 20, int MostPieces = 1_000_000,
    int MostDirectoryBytes = 16 << 20)
{
    private long _bytes;
    private int _entries;

    /// <summary>So many bytes more come out.</summary>
    /// <exception cref="SandboxException">They are too many.</exception>
    public void CountBytes(long bytes)
    {
        if (bytes < 0 || (_bytes += bytes) > MostBytes || _bytes < 0)
            throw new SandboxException($"it becomes more than {MostBytes} bytes (actorscheduler.agent.sandbox.max-unpacked-size)");
    }

    /// <summary>One entry more comes out.</summary>
    /// <exception cref="SandboxException">It is one too many.</exception>
    public void CountEntry()
    {
        if (++_entries > MostEntries)
            throw new SandboxException($"it has more than {MostEntries} entries");
    }
}
