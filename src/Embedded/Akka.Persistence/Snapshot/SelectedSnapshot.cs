namespace Akka.Persistence;

/// <summary>A snapshot as it was found in a store.</summary>
public sealed class SelectedSnapshot(SnapshotMetadata metadata, object snapshot)
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public object Snapshot { get; } = snapshot;

    public override bool Equals(object? obj) => obj is SelectedSnapshot other && Equals(other.Metadata, Metadata) && Equals(other.Snapshot, Snapshot);

    public override int GetHashCode() => HashCode.Combine(Metadata, Snapshot);

    public override string ToString() => $"SelectedSnapshot<metadata: {Metadata}, snapshot: {Snapshot}>";
}

/// <summary>What a recovering actor gets first when there is a snapshot: the state as of its sequence number.</summary>
public sealed class SnapshotOffer(SnapshotMetadata metadata, object snapshot)
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public object Snapshot { get; } = snapshot;

    public override bool Equals(object? obj) => obj is SnapshotOffer other && Equals(other.Metadata, Metadata) && Equals(other.Snapshot, Snapshot);

    public override int GetHashCode() => HashCode.Combine(Metadata, Snapshot);

    public override string ToString() => $"SnapshotOffer<metadata: {Metadata}, snapshot: {Snapshot}>";
}
