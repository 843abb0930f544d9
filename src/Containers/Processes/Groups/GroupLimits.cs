using ActorScheduler.Model;

namespace ActorScheduler.Containers.Processes.Groups;

/// <summary>What a run may take.</summary>
/// <param name="Shares">Weight on processors when they are short: 1024 for a cpu.</param>
/// <param name="Quota">Microseconds of processor time in each period; null for no limit.</param>
/// <param name="Memory">Bytes; null for no limit.</param>
/// <param name="IsSwapAllowed">Whether it may have as much swap as memory.</param>
/// <param name="Processes">Most processes and threads; 0 for no limit.</param>
internal sealed record GroupLimits(long Shares, long? Quota, long? Memory, bool IsSwapAllowed, long Processes)
{
    /// <summary>Microseconds.</summary>
    public const long Period = 100_000;

    private const long LeastQuota = 1000;
    private const long LeastMemory = 4 << 20;

    /// <summary>Cpus are a weight, and a limit only where the task or the setting says so; memory is a limit.</summary>
    public static GroupLimits Of(TaskInfo task, ProcessSettings settings)
    {
        Quantities takes = task.Resources.Quantities;
        long cpus = Limit(task, "cpus") ?? (settings.IsCpuQuota && takes.Cpus > 0 ? takes.Cpus : long.MaxValue);
        long mem = Limit(task, "mem") ?? (takes.Mem > 0 ? takes.Mem : long.MaxValue);
        return new GroupLimits(
            Math.Max(2, (long)((Int128)takes.Cpus * 1024 / 1000)),
            cpus == long.MaxValue ? null : Math.Max(LeastQuota, (long)((Int128)cpus * Period / 1000)),
            mem == long.MaxValue ? null : Math.Max(LeastMemory, (long)Int128.Min((Int128)mem * (1 << 20) / 1000, long.MaxValue / 4)),
            settings.IsSwapAllowed,
            settings.PidsLimit);
    }

    private static long? Limit(TaskInfo task, string name) => task.Limits is { } limits && limits.TryGetValue(name, out long limit) ? limit : null;
}
