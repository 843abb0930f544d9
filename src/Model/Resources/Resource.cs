namespace ActorScheduler.Model;

/// <summary>One resource object as it goes over the wire: which, and how much.</summary>
/// <param name="Key">Which.</param>
/// <param name="Amount">How much; for indivisible keys the number of copies, each of <see cref="ResourceKey.Size"/>.</param>
public readonly record struct Resource(ResourceKey Key, Amount Amount)
{
    /// <summary>The scalar amount in thousandths: of one copy, when the resource is indivisible.</summary>
    public long ScalarMilli => Key.IsIndivisible ? Key.Size : Amount.Number;

    /// <summary>A scalar resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="units">How much, in units (cores, MiB).</param>
    /// <param name="reservations">Layers of reservation.</param>
    public static Resource Scalar(string name, double units, params IReadOnlyList<Reservation> reservations) =>
        new(new ResourceKey(ResourceName.Of(name), reservations: reservations), new Amount(FixedPoint.FromDouble(units, name).Value));

    /// <summary>A persistent volume on the root disk, or on <paramref name="source"/>.</summary>
    public static Resource PersistentVolume(
        double sizeMiB, string id, IReadOnlyList<Reservation> reservations, bool isShared = false, DiskSource? source = null) =>
        new(
            new ResourceKey(
                ResourceName.Disk, reservations: reservations, disk: new DiskInfo(source, new Persistence(id), new Volume("data")),
                isShared: isShared, size: FixedPoint.FromDouble(sizeMiB, "disk").Value),
            new Amount(1));

    /// <summary>For people: <c>cpus:2</c>.</summary>
    public override string ToString() => Key.Kind switch
    {
        ValueKind.Ranges => $"{Key}:{Amount.Ranges ?? ValueRanges.Empty}",
        ValueKind.Set => $"{Key}:{Amount.Set ?? ValueSet.Empty}",
        _ => $"{Key}:{FixedPoint.Format(ScalarMilli)}",
    };
}
