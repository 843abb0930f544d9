using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Sharing;

/// <summary>
/// What the whole cluster has: the denominators of all shares. The version grows with every change, so that an order of shares
/// knows whether it was computed with the present totals.
/// </summary>
internal sealed class ClusterTotals(IReadOnlySet<string> excluded)
{
    private readonly bool _countCpus = !excluded.Contains("cpus");
    private readonly bool _countMem = !excluded.Contains("mem");
    private readonly bool _countDisk = !excluded.Contains("disk");
    private readonly bool _countGpus = !excluded.Contains("gpus");
    private Tally _sum;

    public int Version { get; private set; }

    public Quantities Sum => _sum.ToQuantities();

    public void Add(Quantities amount)
    {
        _sum.Add(amount);
        Version++;
    }

    public void Subtract(Quantities amount)
    {
        _sum.Subtract(amount);
        Version++;
    }

    /// <summary>Dominant share (Ghodsi et al., NSDI 2011, section 4): the largest of allocated / total over all resources.</summary>
    public double DominantShare(in Tally allocated)
    {
        double share = 0;
        if (_countCpus && _sum.Cpus > 0)
            share = Math.Max(share, (double)allocated.Cpus / _sum.Cpus);
        if (_countMem && _sum.Mem > 0)
            share = Math.Max(share, (double)allocated.Mem / _sum.Mem);
        if (_countDisk && _sum.Disk > 0)
            share = Math.Max(share, (double)allocated.Disk / _sum.Disk);
        if (_countGpus && _sum.Gpus > 0)
            share = Math.Max(share, (double)allocated.Gpus / _sum.Gpus);
        if (allocated.Others is { Count: > 0 } others)
        {
            foreach ((ResourceName name, long milli) in others)
            {
                long total = _sum.Of(name);
                if (total > 0 && !excluded.Contains(name.Text))
                    share = Math.Max(share, (double)milli / total);
            }
        }
        return share;
    }
}
