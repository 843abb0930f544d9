using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Requests;

/// <summary>Cuts offers to what a framework said it can use, so that one framework does not hold a machine of which it needs a corner.</summary>
internal static class Slices
{
    /// <summary>
    /// Fills the request's sizes, in order, from what is available and reduces <paramref name="resources"/> to that. What is
    /// reserved or special goes along whole; it is of use to few others.
    /// </summary>
    /// <returns>Instances per size, or null when not even one fits.</returns>
    public static int[]? Cut(OpenRequest request, ref Resources resources)
    {
        // What is shared is never used up: nobody can be promised it as room of his own.
        Quantities idle = resources.NonShared().Quantities;
        Quantities left = idle;
        ulong portsLeft = PortsOf(resources);
        ulong ports = 0;
        int[]? promised = null;
        for (int i = 0; i < request.Sizes.Count; i++)
        {
            int open = request.Wanted[i] - request.Promised[i];
            if (open <= 0)
                continue;
            RequestedSize size = request.Sizes[i];
            int fits = Fits(size, left, portsLeft, open);
            if (fits == 0)
                continue;
            (promised ??= new int[request.Sizes.Count])[i] = fits;
            left = left.Subtract(size.Size.Times(fits));
            ports += (ulong)size.Ports * (ulong)fits;
            portsLeft -= (ulong)size.Ports * (ulong)fits;
        }
        if (promised is not null)
            resources = Take(resources, idle.Subtract(left), ports);
        return promised;
    }

    /// <summary>How many instances fit, up to <paramref name="most"/>.</summary>
    public static int Fits(RequestedSize size, Quantities available, ulong ports, int most)
    {
        long fits = most;
        foreach ((ResourceName name, long milli) in size.Size.NonZero())
            fits = Math.Min(fits, available[name] / milli);
        if (size.Ports > 0)
            fits = Math.Min(fits, (long)Math.Min(int.MaxValue, ports / (ulong)size.Ports));
        return (int)Math.Max(0, fits);
    }

    /// <summary>How many ports there are.</summary>
    public static ulong PortsOf(Resources resources) => resources.ObjectCount == 0
        ? resources.PlainPorts.Count
        : resources.Objects().Where(resource => resource.Key.Name == ResourceName.Ports)
            .Aggregate(0ul, (sum, resource) => sum + (resource.Amount.Ranges?.Count ?? 0));

    private static Resources Take(Resources resources, Quantities needed, ulong ports)
    {
        if (resources.ObjectCount == 0)
            return Resources.OfMilli(needed.Cpus, needed.Mem, needed.Disk, needed.Gpus, resources.PlainPorts.TakeLowest(ports));
        Resources objects = resources.Where(static _ => true, withPlain: false);
        Quantities there = objects.NonShared().Quantities;
        ulong portsThere = PortsOf(objects);
        return objects.Add(Resources.OfMilli(
            Math.Clamp(needed.Cpus - there.Cpus, 0, resources.PlainCpus), Math.Clamp(needed.Mem - there.Mem, 0, resources.PlainMem),
            Math.Clamp(needed.Disk - there.Disk, 0, resources.PlainDisk), Math.Clamp(needed.Gpus - there.Gpus, 0, resources.PlainGpus),
            resources.PlainPorts.TakeLowest(ports > portsThere ? ports - portsThere : 0)));
    }
}
