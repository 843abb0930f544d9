using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Quota;

/// <summary>How much of an agent's unreserved scalars a role may still be given, in thousandths.</summary>
internal readonly struct Room(long cpus, long mem, long disk, long gpus) : IEquatable<Room>
{
    public readonly long Cpus = cpus;
    public readonly long Mem = mem;
    public readonly long Disk = disk;
    public readonly long Gpus = gpus;

    public static Room Unlimited { get; } = new(long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue);

    public bool IsUnlimited => Cpus == long.MaxValue && Mem == long.MaxValue && Disk == long.MaxValue && Gpus == long.MaxValue;

    public bool Equals(Room other) => Cpus == other.Cpus && Mem == other.Mem && Disk == other.Disk && Gpus == other.Gpus;

    public override bool Equals(object? obj) => obj is Room other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Cpus, Mem, Disk, Gpus);

    public Room AtMost(in Room other) =>
        new(Math.Min(Cpus, other.Cpus), Math.Min(Mem, other.Mem), Math.Min(Disk, other.Disk), Math.Min(Gpus, other.Gpus));

    /// <summary>Whether the plain part of these resources would have to be cut.</summary>
    public bool Cuts(Resources resources) =>
        resources.PlainCpus > Cpus || resources.PlainMem > Mem || resources.PlainDisk > Disk || resources.PlainGpus > Gpus;

    /// <summary>Whether some alternative minimum fits.</summary>
    public bool AllowsAny(IReadOnlyList<Quantities> minimums)
    {
        foreach (Quantities minimum in minimums)
        {
            if (minimum.Cpus <= Cpus && minimum.Mem <= Mem && minimum.Disk <= Disk && minimum.Gpus <= Gpus)
                return true;
        }
        return false;
    }
}
