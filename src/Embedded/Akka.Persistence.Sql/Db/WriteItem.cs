namespace Akka.Persistence.Sql.Db;

/// <summary>One thing to write; ends when the transaction it became part of is durable.</summary>
internal abstract class WriteItem
{
    private readonly TaskCompletionSource _done = new();
    private Exception? _failure;

    /// <summary>Ends on a thread of the pool, together with the other items of its flush.</summary>
    internal Task Done => _done.Task;

    /// <summary>How much of a flush it takes.</summary>
    internal virtual int Rows => 1;

    internal bool HasFailed => _failure is not null;

    /// <summary>Fails this item alone; the rest of the flush goes on.</summary>
    internal void Fail(Exception cause) => _failure ??= cause;

    internal void Complete()
    {
        if (_failure is null) _done.TrySetResult();
        else _done.TrySetException(_failure);
    }
}

/// <summary>Events of one atomic write, or of several of one actor: all are written or none.</summary>
internal sealed class InsertEvents(List<EventRow> events) : WriteItem
{
    internal List<EventRow> Events { get; } = events;

    internal override int Rows => Events.Count;

    internal string Describe() => Events.Count == 1
        ? $"sequence number [{Events[0].SequenceNr}] of persistence id [{Events[0].PersistenceId}]"
        : $"sequence numbers [{Events[0].SequenceNr}] to [{Events[^1].SequenceNr}] of persistence id [{Events[0].PersistenceId}]";
}

/// <summary>Deletes events up to a sequence number and keeps the highest one.</summary>
internal sealed class DeleteEvents(string persistenceId, long toSequenceNr) : WriteItem
{
    internal string PersistenceId { get; } = persistenceId;

    internal long ToSequenceNr { get; } = toSequenceNr;
}

/// <summary>Keeps a snapshot.</summary>
internal sealed class SaveSnapshotRow(SnapshotRow row) : WriteItem
{
    internal SnapshotRow Row { get; } = row;
}

/// <summary>Deletes the snapshots whose sequence number and time (ticks) are within bounds.</summary>
internal sealed class DeleteSnapshotRows(string persistenceId, long minSequenceNr, long maxSequenceNr, long minTicks, long maxTicks) : WriteItem
{
    internal string PersistenceId { get; } = persistenceId;

    internal long MinSequenceNr { get; } = minSequenceNr;

    internal long MaxSequenceNr { get; } = maxSequenceNr;

    internal long MinTicks { get; } = minTicks;

    internal long MaxTicks { get; } = maxTicks;
}

/// <summary>Writes nothing; ends when all that was asked for before it has ended.</summary>
internal sealed class Fence : WriteItem
{
    internal override int Rows => 0;
}
