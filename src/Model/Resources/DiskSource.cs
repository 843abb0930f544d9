namespace ActorScheduler.Model;

/// <summary>Which disk of the host a disk resource lies on.</summary>
/// <param name="Kind">Directory, mount, block device or raw storage.</param>
/// <param name="Root">Path of the directory or mount point on the host; null where it has none or it is not known.</param>
/// <param name="Id">The storage provider's id of the volume, or null.</param>
/// <param name="Profile">The storage profile it was made by, or null.</param>
/// <param name="Vendor">The storage vendor, or null.</param>
/// <param name="Metadata">The provider's own labels.</param>
public sealed record DiskSource(
    DiskSourceKind Kind, string? Root = null, string? Id = null, string? Profile = null, string? Vendor = null, Labels? Metadata = null)
{
    /// <summary>Mounts and block devices go to one owner as a whole; so does raw storage that has an id.</summary>
    public bool IsExclusive => Kind is DiskSourceKind.Mount or DiskSourceKind.Block || Kind is DiskSourceKind.Raw && Id is not null;

    internal int StableHash() => DeterministicHash.Combine(
        DeterministicHash.Combine((int)Kind, DeterministicHash.Of(Root)),
        DeterministicHash.Combine(DeterministicHash.Of(Id), DeterministicHash.Of(Profile)));
}
