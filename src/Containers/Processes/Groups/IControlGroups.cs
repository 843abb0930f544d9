namespace ActorScheduler.Containers.Processes.Groups;

/// <summary>Control groups of the kernel, one for each run, named by its run id.</summary>
internal interface IControlGroups
{
    /// <summary>For people: which kind, and where.</summary>
    string Description { get; }

    /// <summary>Makes a run's group, or changes the limits of the one that there is.</summary>
    /// <exception cref="IOException">The kernel refuses it.</exception>
    void Make(string run, GroupLimits limits);

    /// <summary>Files to which a process writes 0 to join a run's group with all that it will start.</summary>
    IReadOnlyList<string> JoinFiles(string run);

    /// <summary>
    /// Whether nothing runs in an ended run's group, and nothing can any more: told by removing what processes are counted by. False
    /// also where that cannot be told so.
    /// </summary>
    bool IsEmptied(string run);

    /// <summary>Processes of a run; none when there is no group.</summary>
    IReadOnlyList<int> Members(string run);

    /// <summary>Kills all processes that there are, whatever they start meanwhile. They may take a moment to be gone.</summary>
    /// <returns>How many there were.</returns>
    int Kill(string run);

    /// <summary>How often the kernel killed one of its processes because the run took too much memory.</summary>
    long MemoryKills(string run);

    /// <summary>Bytes of memory that a run may take; null for no limit.</summary>
    long? MemoryLimit(string run);

    /// <summary>What a run takes.</summary>
    ContainerUsage Usage(string run, DateTimeOffset now);

    /// <summary>
    /// Removes groups without processes that are older than some time: an agent whose data folder was deleted has left them. Younger
    /// ones may be those of another agent that is about to use them.
    /// </summary>
    void Sweep(DateTime olderThan);

    /// <summary>Removes a run's group. False while processes are in it.</summary>
    bool Remove(string run);
}
