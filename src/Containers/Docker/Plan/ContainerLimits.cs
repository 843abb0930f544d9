using ActorScheduler.Model;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>What a container may take, in the engine's units.</summary>
/// <param name="Shares">Weight on processors when they are short: 1024 for a cpu.</param>
/// <param name="Quota">Microseconds of processor time in each period; -1 for no limit.</param>
/// <param name="Memory">Bytes; -1 for no limit.</param>
/// <param name="Reservation">Bytes that it is left with when memory is short; 0 for none.</param>
/// <param name="MemoryAndSwap">Bytes of memory and swap together; -1 for no limit.</param>
/// <param name="Processes">Most processes and threads; 0 for no limit.</param>
internal sealed record ContainerLimits(long Shares, long Quota, long Memory, long Reservation, long MemoryAndSwap, long Processes)
{
    /// <summary>Microseconds.</summary>
    public const long Period = 100_000;

    /// <summary>Engines refuse less.</summary>
    public const long LeastMemory = 6 << 20;

    private const long LeastQuota = 1000;
    private const long None = -1;

    /// <summary>Cpus are a weight, and a limit only where the task or the setting says so; memory is a limit.</summary>
    public static ContainerLimits Of(TaskInfo task, DockerSettings settings)
    {
        Quantities takes = task.Resources.Quantities;
        long cpus = Limit(task, "cpus") ?? (settings.IsCpuQuota && takes.Cpus > 0 ? takes.Cpus : long.MaxValue);
        long mem = Limit(task, "mem") ?? (takes.Mem > 0 ? takes.Mem : long.MaxValue);
        long memory = mem == long.MaxValue ? None : Math.Max(LeastMemory, Bytes(mem));
        return new ContainerLimits(
            Math.Max(2, (long)((Int128)takes.Cpus * 1024 / 1000)),
            cpus == long.MaxValue ? None : Math.Max(LeastQuota, (long)((Int128)cpus * Period / 1000)),
            memory,
            takes.Mem > 0 && mem > takes.Mem ? Math.Max(LeastMemory, Bytes(takes.Mem)) : 0,
            memory == None ? None : settings.IsSwapAllowed ? memory * 2 : memory,
            settings.PidsLimit);
    }

    /// <summary>For a new container: there zero says that there is no limit.</summary>
    public void Apply(HostConfig host)
    {
        host.CPUShares = Shares;
        if (Quota != None)
            (host.CPUPeriod, host.CPUQuota) = (Period, Quota);
        if (Memory != None)
            (host.Memory, host.MemorySwap) = (Memory, MemoryAndSwap);
        host.MemoryReservation = Reservation;
        host.PidsLimit = Processes > 0 ? Processes : null;
    }

    /// <summary>For a running container: there zero says that a limit stays.</summary>
    public ContainerUpdateParameters ToUpdate() => new()
    {
        CPUShares = Shares,
        CPUPeriod = Period,
        CPUQuota = Quota,
        Memory = Memory,
        MemorySwap = MemoryAndSwap,
        MemoryReservation = Reservation,
    };

    private static long? Limit(TaskInfo task, string name) => task.Limits is { } limits && limits.TryGetValue(name, out long limit) ? limit : null;

    private static long Bytes(long thousandthsOfMebi) => (long)Int128.Min((Int128)thousandthsOfMebi * (1 << 20) / 1000, long.MaxValue / 4);
}
