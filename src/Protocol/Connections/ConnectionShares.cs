namespace ActorScheduler.Protocol.Connections;

/// <summary>
/// What the ports of a process may take of the files that it may open. Half of them stays for its own work: the journal, outputs of tasks, the
/// connections that it makes itself, and what closes just now. A process that has none left cannot start tasks, and the runtime may end it.
/// </summary>
internal static class ConnectionShares
{
    /// <summary>Largest that is taken without being asked for. A connection to HTTP takes some 30 KB.</summary>
    private const int MostOfHttp = 4096;

    /// <summary>Some ten thousand hosts that are clients.</summary>
    private const int MostOfNodes = 16384;

    private const int Least = 8;

    /// <summary>The limits of HTTP.</summary>
    /// <param name="openFiles">How many files the process may open.</param>
    /// <param name="most">What was asked for; 0 for nothing.</param>
    /// <param name="mostOfOneAddress">The same for one address.</param>
    internal static ConnectionLimits OfHttp(long openFiles, int most = 0, int mostOfOneAddress = 0) => Of(openFiles, MostOfHttp, most, mostOfOneAddress);

    /// <summary>The limits of the port of nodes, as <see cref="OfHttp"/>.</summary>
    internal static ConnectionLimits OfNodes(long openFiles, int most = 0, int mostOfOneAddress = 0) => Of(openFiles, MostOfNodes, most, mostOfOneAddress);

    /// <summary>Most that one port may be given.</summary>
    internal static int Largest(long openFiles) => (int)Math.Clamp(openFiles / 4, Least, int.MaxValue / 4);

    private static ConnectionLimits Of(long openFiles, int usual, int most, int mostOfOneAddress)
    {
        int all = most == 0 ? Math.Min(usual, Largest(openFiles)) : most;
        // No address may have them all, also when nothing is said.
        return new ConnectionLimits(all, Math.Min(all, mostOfOneAddress == 0 ? Math.Max(all / 2, 1) : mostOfOneAddress));
    }
}
