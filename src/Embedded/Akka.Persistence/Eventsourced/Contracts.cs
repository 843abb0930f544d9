using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Something with events of its own.</summary>
public interface IPersistentIdentity
{
    /// <summary>Names the actor's events in the journal, over restarts and moves; at most one actor of the id lives at a time.</summary>
    string PersistenceId { get; }

    /// <summary>Configuration path of its journal; empty for the default.</summary>
    string JournalPluginId { get; }

    /// <summary>Configuration path of its snapshot store; empty for the default.</summary>
    string SnapshotPluginId { get; }
}

/// <summary>Something that says how it recovers.</summary>
public interface IPersistenceRecovery
{
    Recovery Recovery { get; }
}

/// <summary>Something that holds commands back, and says what becomes of those that do not fit.</summary>
public interface IPersistenceStash : IWithUnboundedStash
{
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}

/// <summary>Something that keeps snapshots of its state.</summary>
public interface ISnapshotter
{
    string SnapshotterId { get; }

    /// <summary>The sequence number that the next snapshot gets.</summary>
    long SnapshotSequenceNr { get; }

    void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr);

    void SaveSnapshot(object snapshot);

    void DeleteSnapshot(long sequenceNr);

    void DeleteSnapshots(SnapshotSelectionCriteria criteria);
}
