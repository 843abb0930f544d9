namespace Akka.Persistence.Sql.Db;

/// <summary>A connection to a database, used by one thread at a time. Synchronous, as it has threads of its own.</summary>
internal interface ISqlSession : IDisposable
{
    /// <summary>Whether the server has gone away: then whatever failed has had no effect on what was read so far.</summary>
    bool IsBroken { get; }

    /// <summary>Makes the connection, and tables that are missing when it is to.</summary>
    void Open(bool makeTables);

    /// <summary>
    /// Writes items in order, together when possible, and returns when they are durable. What is wrong with one item
    /// fails that item; when anything else goes wrong this throws, nothing is known about the others, and the session is
    /// to be thrown away.
    /// </summary>
    void Write(IReadOnlyList<WriteItem> items);

    /// <summary>0 when there never was an event.</summary>
    long HighestSequenceNr(string persistenceId);

    /// <summary>The next events in order, at most as many as given.</summary>
    List<EventRow> ReadEvents(string persistenceId, long fromSequenceNr, long toSequenceNr, int max);

    /// <summary>
    /// Called when sequence numbers are missing between two events. Rejected and deleted events leave gaps, so a gap is no
    /// error by itself, but it has to be one of those and not a damaged index.
    /// </summary>
    /// <exception cref="SqlStoreException">The database is damaged.</exception>
    void VerifyGap(string persistenceId, long expected, long found);

    /// <summary>The newest snapshot within bounds, or null.</summary>
    SnapshotRow? ReadSnapshot(string persistenceId, long minSequenceNr, long maxSequenceNr, long minTicks, long maxTicks);
}
