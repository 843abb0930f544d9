using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Sharing;

/// <summary>A running sum of scalar amounts in thousandths. A mutable struct on purpose: it lies inside the node that it counts for.</summary>
internal struct Tally
{
    public long Cpus;
    public long Mem;
    public long Disk;
    public long Gpus;
    public SortedDictionary<ResourceName, long>? Others;

    public readonly bool IsZero => (Cpus | Mem | Disk | Gpus) == 0 && (Others is null || Others.Count == 0);

    public void Add(Quantities amount)
    {
        Cpus += amount.Cpus;
        Mem += amount.Mem;
        Disk += amount.Disk;
        Gpus += amount.Gpus;
        if (amount.Others.Length > 0)
            AddOthers(amount, 1);
    }

    public void Subtract(Quantities amount)
    {
        Cpus -= amount.Cpus;
        Mem -= amount.Mem;
        Disk -= amount.Disk;
        Gpus -= amount.Gpus;
        if (amount.Others.Length > 0)
            AddOthers(amount, -1);
    }

    public readonly long Of(ResourceName name) =>
        name == ResourceName.Cpus ? Cpus
        : name == ResourceName.Mem ? Mem
        : name == ResourceName.Disk ? Disk
        : name == ResourceName.Gpus ? Gpus
        : Others is null ? 0 : Others.GetValueOrDefault(name);

    public readonly Quantities ToQuantities() => Quantities.OfMilli(Cpus, Mem, Disk, Gpus, Others);

    private void AddOthers(Quantities amount, int sign)
    {
        Others ??= [];
        foreach ((ResourceName name, long milli) in amount.Others)
        {
            long sum = Others.GetValueOrDefault(name) + sign * milli;
            if (sum == 0)
                Others.Remove(name);
            else
                Others[name] = sum;
        }
    }
}
