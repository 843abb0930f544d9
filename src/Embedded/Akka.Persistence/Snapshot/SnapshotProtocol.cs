namespace Akka.Persistence;

/// <summary>A message from or to a snapshot store.</summary>
public interface ISnapshotMessage : IPersistenceMessage;

/// <summary>What persistent actors ask of a snapshot store.</summary>
public interface ISnapshotRequest : ISnapshotMessage;

/// <summary>What a snapshot store answers.</summary>
public interface ISnapshotResponse : ISnapshotMessage;

/// <summary>Asks for the newest snapshot that fits.</summary>
public sealed class LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) : ISnapshotRequest
{
    public string PersistenceId { get; } = persistenceId;

    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public long ToSequenceNr { get; } = toSequenceNr;

    public override bool Equals(object? obj) =>
        obj is LoadSnapshot other && Equals(other.PersistenceId, PersistenceId) && Equals(other.Criteria, Criteria) && Equals(other.ToSequenceNr, ToSequenceNr);

    public override int GetHashCode() => HashCode.Combine(PersistenceId, Criteria, ToSequenceNr);

    public override string ToString() => $"LoadSnapshot<persistenceId: {PersistenceId}, criteria: {Criteria}, toSequenceNr: {ToSequenceNr}>";
}

/// <summary>Asks to keep a snapshot.</summary>
public sealed class SaveSnapshot(SnapshotMetadata metadata, object snapshot) : ISnapshotRequest
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public object Snapshot { get; } = snapshot;

    public override bool Equals(object? obj) =>
        obj is SaveSnapshot other && Equals(other.Metadata, Metadata) && Equals(other.Snapshot, Snapshot);

    public override int GetHashCode() => HashCode.Combine(Metadata, Snapshot);

    public override string ToString() => $"SaveSnapshot<metadata: {Metadata}, snapshot: {Snapshot}>";
}

/// <summary>Asks to delete one snapshot; without a time in its name, whatever its time.</summary>
public sealed class DeleteSnapshot(SnapshotMetadata metadata) : ISnapshotRequest
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public override bool Equals(object? obj) => obj is DeleteSnapshot other && Equals(other.Metadata, Metadata);

    public override int GetHashCode() => HashCode.Combine(Metadata);

    public override string ToString() => $"DeleteSnapshot<metadata: {Metadata}>";
}

/// <summary>Asks to delete all snapshots that fit.</summary>
public sealed class DeleteSnapshots(string persistenceId, SnapshotSelectionCriteria criteria) : ISnapshotRequest
{
    public string PersistenceId { get; } = persistenceId;

    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public override bool Equals(object? obj) =>
        obj is DeleteSnapshots other && Equals(other.PersistenceId, PersistenceId) && Equals(other.Criteria, Criteria);

    public override int GetHashCode() => HashCode.Combine(PersistenceId, Criteria);

    public override string ToString() => $"DeleteSnapshots<persistenceId: {PersistenceId}, criteria: {Criteria}>";
}

/// <summary>Answers <see cref="LoadSnapshot"/> with what was found, or null.</summary>
public sealed class LoadSnapshotResult(SelectedSnapshot? snapshot, long toSequenceNr) : ISnapshotResponse
{
    public SelectedSnapshot? Snapshot { get; } = snapshot;

    public long ToSequenceNr { get; } = toSequenceNr;

    public override bool Equals(object? obj) =>
        obj is LoadSnapshotResult other && Equals(other.Snapshot, Snapshot) && Equals(other.ToSequenceNr, ToSequenceNr);

    public override int GetHashCode() => HashCode.Combine(Snapshot, ToSequenceNr);

    public override string ToString() => $"LoadSnapshotResult<snapshot: {Snapshot}, toSequenceNr: {ToSequenceNr}>";
}

/// <summary>Answers <see cref="LoadSnapshot"/>: there may be a snapshot, but it cannot be read.</summary>
public sealed class LoadSnapshotFailed(Exception cause) : ISnapshotResponse
{
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public override bool Equals(object? obj) => obj is LoadSnapshotFailed other && Equals(other.Cause, Cause);

    public override int GetHashCode() => HashCode.Combine(Cause);

    public override string ToString() => $"LoadSnapshotFailed<cause: {Cause}>";
}

/// <summary>The snapshot is durable.</summary>
public sealed class SaveSnapshotSuccess(SnapshotMetadata metadata) : ISnapshotResponse
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public override bool Equals(object? obj) => obj is SaveSnapshotSuccess other && Equals(other.Metadata, Metadata);

    public override int GetHashCode() => HashCode.Combine(Metadata);

    public override string ToString() => $"SaveSnapshotSuccess<metadata: {Metadata}>";
}

/// <summary>The snapshot was not kept; the events still are.</summary>
public sealed class SaveSnapshotFailure(SnapshotMetadata metadata, Exception cause) : ISnapshotResponse
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public override bool Equals(object? obj) =>
        obj is SaveSnapshotFailure other && Equals(other.Metadata, Metadata) && Equals(other.Cause, Cause);

    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);

    public override string ToString() => $"SaveSnapshotFailure<metadata: {Metadata}, cause: {Cause}>";
}

/// <summary>The snapshot is gone.</summary>
public sealed class DeleteSnapshotSuccess(SnapshotMetadata metadata) : ISnapshotResponse
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public override bool Equals(object? obj) => obj is DeleteSnapshotSuccess other && Equals(other.Metadata, Metadata);

    public override int GetHashCode() => HashCode.Combine(Metadata);

    public override string ToString() => $"DeleteSnapshotSuccess<metadata: {Metadata}>";
}

/// <summary>The snapshot may still be there.</summary>
public sealed class DeleteSnapshotFailure(SnapshotMetadata metadata, Exception cause) : ISnapshotResponse
{
    public SnapshotMetadata Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));

    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public override bool Equals(object? obj) =>
        obj is DeleteSnapshotFailure other && Equals(other.Metadata, Metadata) && Equals(other.Cause, Cause);

    public override int GetHashCode() => HashCode.Combine(Metadata, Cause);

    public override string ToString() => $"DeleteSnapshotFailure<metadata: {Metadata}, cause: {Cause}>";
}

/// <summary>The snapshots are gone.</summary>
public sealed class DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria) : ISnapshotResponse
{
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public override bool Equals(object? obj) => obj is DeleteSnapshotsSuccess other && Equals(other.Criteria, Criteria);

    public override int GetHashCode() => HashCode.Combine(Criteria);

    public override string ToString() => $"DeleteSnapshotsSuccess<criteria: {Criteria}>";
}

/// <summary>The snapshots may still be there.</summary>
public sealed class DeleteSnapshotsFailure(SnapshotSelectionCriteria criteria, Exception cause) : ISnapshotResponse
{
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public override bool Equals(object? obj) =>
        obj is DeleteSnapshotsFailure other && Equals(other.Criteria, Criteria) && Equals(other.Cause, Cause);

    public override int GetHashCode() => HashCode.Combine(Criteria, Cause);

    public override string ToString() => $"DeleteSnapshotsFailure<criteria: {Criteria}, cause: {Cause}>";
}
