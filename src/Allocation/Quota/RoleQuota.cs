using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Quota;

/// <summary>Guarantees and limits of one top-level role.</summary>
internal sealed class RoleQuota(Quantities guarantees, IReadOnlyDictionary<ResourceName, long> limits)
{
    public readonly Quantities Guarantees = guarantees;
    public readonly IReadOnlyDictionary<ResourceName, long> Limits = limits;
    public readonly long LimitCpus = limits.GetValueOrDefault(ResourceName.Cpus, long.MaxValue);
    public readonly long LimitMem = limits.GetValueOrDefault(ResourceName.Mem, long.MaxValue);
    public readonly long LimitDisk = limits.GetValueOrDefault(ResourceName.Disk, long.MaxValue);
    public readonly long LimitGpus = limits.GetValueOrDefault(ResourceName.Gpus, long.MaxValue);
    public readonly bool LimitsOthers = limits.Keys.Any(IsOther);

    /// <summary>What is still owed of the guarantees; kept up to date by <see cref="QuotaBook"/>.</summary>
    public Quantities Owed = Quantities.Zero;

    private static bool IsOther(ResourceName name) =>
        name != ResourceName.Cpus && name != ResourceName.Mem && name != ResourceName.Disk && name != ResourceName.Gpus;
}
