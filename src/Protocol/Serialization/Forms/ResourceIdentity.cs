using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>The fields of a resource object, but for runs of numbers, which are field <see cref="Ranges"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Scalar, ranges or set.</param>
/// <param name="Reservations">Layers of reservation, outermost first.</param>
/// <param name="Disk">What is special about the disk.</param>
/// <param name="IsRevocable">Whether it may be taken back.</param>
/// <param name="IsShared">Whether several tasks may use it.</param>
/// <param name="ProviderId">The resource provider.</param>
/// <param name="Size">Thousandths of an indivisible resource.</param>
/// <param name="Number">Thousandths of a divisible one, copies of an indivisible one.</param>
/// <param name="Set">Items of a set.</param>
internal sealed record ResourceIdentity(
    string Name, ValueKind Kind, IReadOnlyList<Reservation> Reservations, DiskInfo? Disk, bool IsRevocable, bool IsShared, string? ProviderId, long Size,
    long Number, IReadOnlyList<string>? Set)
{
    public const int Ranges = 32;

    /// <summary>The object. Only what belongs to its kind is taken over.</summary>
    public Resource Make(ValueRanges? ranges)
    {
        if (Size is < 0 or > FixedPoint.Max || Number is < 0 or > FixedPoint.Max)
            throw new WireException($"resource {Name}: an amount must lie between 0 and {FixedPoint.Max}");
        var key = new ResourceKey(ResourceName.Of(Name), Kind, Reservations, Disk, IsRevocable, IsShared, ProviderId, Size);
        return new Resource(key, Kind switch
        {
            ValueKind.Scalar => new Amount(Number),
            ValueKind.Ranges => new Amount(0, ranges),
            ValueKind.Set => new Amount(0, null, ValueSet.Of(Set ?? throw WireReader.Missing("Resource.Set"))),
            _ => throw new WireException($"resource {Name}: there is none of kind {Kind}"),
        });
    }
}
