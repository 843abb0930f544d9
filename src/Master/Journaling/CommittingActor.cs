using Akka.Event;
using Akka.Persistence;

namespace ActorScheduler.Master.Journaling;

/// <summary>
/// An actor whose state is what facts amount to. A fact enters the state at once, so that the next message is decided with it;
/// nobody is told before it is in the journal. A failure in between ends the actor, and the state with it: it begins again
/// with what the journal has. Facts of many messages go to the journal together.
/// </summary>
/// <typeparam name="TFact">Facts of this actor.</typeparam>
internal abstract class CommittingActor<TFact> : ReceivePersistentActor
    where TFact : class, IMasterEvent
{
    private long _factsSinceSnapshot;
    private bool _isSnapshotting;

    protected CommittingActor()
    {
        Recover<TFact>(fact => Apply(fact));
        Recover<SnapshotOffer>(offer => Restore(offer.Snapshot));
        Recover<RecoveryCompleted>(_ => Begin());
        Command<SaveSnapshotSuccess>(saved => Saved(saved.Metadata.SequenceNr));
        Command<SaveSnapshotFailure>(failed => NotSaved(failed.Cause));
        Command<DeleteMessagesSuccess>(static _ => { });
        Command<DeleteMessagesFailure>(failed => Log.Warning(failed.Cause, "Old events of {PersistenceId} could not be deleted", PersistenceId));
        Command<DeleteSnapshotsSuccess>(static _ => { });
        Command<DeleteSnapshotsFailure>(failed => Log.Warning(failed.Cause, "Old snapshots of {PersistenceId} could not be deleted", PersistenceId));
    }

    /// <summary>Facts after which a snapshot is due. A snapshot costs as much as there is state.</summary>
    protected abstract int SnapshotDueAfter { get; }

    /// <summary>A fact that says only that a snapshot follows.</summary>
    protected abstract TFact SnapshotMark { get; }

    /// <summary>Enters a fact.</summary>
    protected abstract void Apply(TFact fact);

    /// <summary>All of the state.</summary>
    protected abstract object TakeSnapshot();

    /// <summary>The state as it was; it is empty before.</summary>
    protected abstract void Restore(object snapshot);

    /// <summary>The state is there: work begins.</summary>
    protected abstract void Begin();

    /// <summary>Enters facts and goes on once they are durable. Without facts it goes on once all earlier ones are.</summary>
    protected void Commit(IReadOnlyList<TFact> facts, Action then)
    {
        if (facts.Count == 0)
        {
            DeferAsync(SnapshotMark, _ => then());
            return;
        }
        foreach (TFact fact in facts)
            Apply(fact);
        int left = facts.Count;
        PersistAllAsync(facts, _ =>
        {
            _factsSinceSnapshot++;
            if (--left > 0)
                return;
            then();
            SnapshotIfDue();
        });
    }

    /// <summary>Enters a fact and goes on once it is durable.</summary>
    protected void Commit(TFact fact, Action then) => Commit([fact], then);

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "{PersistenceId} stops: event {SequenceNr} ({Event}) is not in the journal", PersistenceId, sequenceNr, @event.GetType().Name);

    /// <summary>In one line: while a journal is away each actor says so every second, and all know where it comes from.</summary>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Log.Error(
        "{PersistenceId} cannot begin, and tries again: {Reason}", PersistenceId,
        reason.InnerException is { } cause ? $"{reason.Message}: {cause.Message}" : reason.Message);

    private void SnapshotIfDue()
    {
        if (_isSnapshotting || _factsSinceSnapshot < SnapshotDueAfter)
            return;
        _isSnapshotting = true;
        _factsSinceSnapshot = 0;
        // The state may be ahead of the journal, and a snapshot may not. Other than PersistAllAsync, Persist keeps commands
        // waiting: when it comes back, all that is in the state is in the journal.
        Persist(SnapshotMark, _ => SaveSnapshot(TakeSnapshot()));
    }

    private void Saved(long sequenceNr)
    {
        _isSnapshotting = false;
        DeleteMessages(sequenceNr);
        DeleteSnapshots(new SnapshotSelectionCriteria(sequenceNr - 1));
    }

    private void NotSaved(Exception cause)
    {
        _isSnapshotting = false;
        Log.Warning(cause, "{PersistenceId} goes on without a new snapshot", PersistenceId);
    }
}
