using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>What a host has to give, as Mesos counts it: the system keeps a part of memory and disk for itself.</summary>
public static class HostResources
{
    private const long Mebi = 1024 * 1024;

    /// <summary>Ports that are given to tasks unless the operator says otherwise.</summary>
    public static ValueRanges DefaultPorts { get; } = ValueRanges.Of(31000, 32000);

    /// <summary>
    /// All cores that this process may use, memory without 1 GiB or half of it, the disk without 5 GiB or half of it, and
    /// ports 31000 to 32000. Limits of control groups are respected: the runtime counts what the process may have. The whole
    /// disk counts, not what is free just now: what an agent has must not shrink by what its tasks write.
    /// </summary>
    /// <param name="folder">Where the agent keeps its data: that disk counts.</param>
    public static Resources Detect(string folder)
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Mebi;
        long disk = new DriveInfo(Path.GetFullPath(folder)).TotalSize / Mebi;
        return Resources.Of(Environment.ProcessorCount, Keep(memory, 1024), Keep(disk, 5 * 1024), ports: DefaultPorts);
    }

    /// <summary>What is left of an amount when the system keeps a part, or half when that part is more than half.</summary>
    internal static long Keep(long amount, long part) => amount > 2 * part ? amount - part : amount / 2;
}
