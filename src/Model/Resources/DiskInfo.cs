namespace ActorScheduler.Model;

/// <summary>What is special about a disk resource.</summary>
/// <param name="Source">The disk it lies on; null for the host's root disk.</param>
/// <param name="Persistence">Set for a persistent volume.</param>
/// <param name="Volume">Where the container finds it; not part of the identity.</param>
public sealed record DiskInfo(DiskSource? Source = null, Persistence? Persistence = null, Volume? Volume = null)
{
    /// <summary>Same disk and same persistent volume; as in Mesos neither the mount point nor the creator counts.</summary>
    public bool Equals(DiskInfo? other) =>
        ReferenceEquals(this, other)
        || other is not null && Equals(Source, other.Source) && Persistence?.Id == other.Persistence?.Id;

    /// <inheritdoc/>
    public override int GetHashCode() =>
        DeterministicHash.Combine(Source?.StableHash() ?? 0, DeterministicHash.Of(Persistence?.Id));
}
