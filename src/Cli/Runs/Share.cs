using ActorScheduler.Model;

namespace ActorScheduler.Cli.Runs;

/// <summary>Takes what a run needs out of an offer.</summary>
internal static class Share
{
    /// <summary>
    /// What is reserved for the offer's role first, so that others keep what nobody has reserved. Volumes, and what may be taken back at
    /// any time, are left alone.
    /// </summary>
    /// <param name="offered">What there is.</param>
    /// <param name="size">Unreserved amounts that are needed, without ports.</param>
    /// <param name="ports">How many ports.</param>
    /// <returns>Null when there is not enough.</returns>
    internal static Resources? Of(Resources offered, Resources size, int ports)
    {
        Resource[] usable =
        [
            .. offered.Objects().Where(static resource => resource.Key is { IsIndivisible: false, IsRevocable: false, Disk: null })
                .OrderByDescending(static resource => resource.Key.Reservations.Count),
        ];
        var taken = new List<Resource>();
        foreach (Resource wanted in size.Objects())
        {
            long left = wanted.Amount.Number;
            foreach (Resource resource in usable.Where(resource => resource.Key.Name == wanted.Key.Name && resource.Key.Kind == ValueKind.Scalar))
            {
                long part = Math.Min(left, resource.Amount.Number);
                if (part > 0)
                    taken.Add(resource with { Amount = new Amount(part) });
                left -= part;
            }
            if (left > 0)
                return null;
        }
        ulong missing = (ulong)ports;
        foreach (Resource resource in usable.Where(static resource => resource.Key.Name == ResourceName.Ports && resource.Amount.Ranges is not null))
        {
            ValueRanges part = resource.Amount.Ranges!.TakeLowest(Math.Min(missing, resource.Amount.Ranges.Count));
            if (!part.IsEmpty)
                taken.Add(resource with { Amount = new Amount(0, part) });
            missing -= part.Count;
        }
        return missing > 0 ? null : Resources.From(taken);
    }

    /// <summary>All ports in what was taken.</summary>
    internal static ValueRanges PortsOf(Resources taken) => taken.Objects().Where(static resource => resource.Key.Name == ResourceName.Ports)
        .Aggregate(ValueRanges.Empty, static (ports, resource) => ports.Add(resource.Amount.Ranges ?? ValueRanges.Empty));
}
