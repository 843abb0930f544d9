using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// An actor whose state is the sum of its events. Commands lead to events, events are written to the journal, and only
/// then their handlers change the state; at a start the events are replayed.
/// <code>
///   WaitingForPermit -> LoadingSnapshot -> Replaying -> ProcessingCommands &lt;-> PersistingEvents
/// </code>
/// </summary>
/// <remarks>While it recovers or waits for events of Persist or PersistAll to be written, commands are held back.</remarks>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    private static int _instanceCounter;

    private readonly ActorCell _cell;
    private readonly int _instanceId = Interlocked.Increment(ref _instanceCounter);
    private readonly string _writerGuid = Guid.NewGuid().ToString();
    private readonly InternalStash _heldBack;
    private StashOfUser _stash;
    private IActorRef? _journal;
    private IActorRef? _snapshotStore;
    private ILoggingAdapter? _log;
    private Phase _phase = Phase.WaitingForPermit;
    private long _sequenceNr;

    /// <summary>Messages of this kind are not kept over a restart: they were meant for the instance that failed.</summary>
    protected readonly Func<Envelope, bool> UnstashFilterPredicate = static envelope => envelope.Message is not (WriteMessageSuccess or ReplayedMessage);

    protected Eventsourced()
    {
        _cell = (ActorCell)Context;
        Extension = Persistence.Instance.Apply(Context.System);
        _heldBack = new InternalStash(_cell);
        _stash = new StashOfUser(_cell, _heldBack, capacity: -1);
    }

    private enum Phase
    {
        WaitingForPermit,
        LoadingSnapshot,
        Replaying,
        ProcessingCommands,
        PersistingEvents,
    }

    public PersistenceExtension Extension { get; }

    public abstract string PersistenceId { get; }

    public virtual Recovery Recovery => Recovery.Default;

    public virtual IStashOverflowStrategy InternalStashOverflowStrategy => Extension.DefaultInternalStashOverflowStrategy;

    public string JournalPluginId { get; protected set; } = string.Empty;

    public string SnapshotPluginId { get; protected set; } = string.Empty;

    public IActorRef Journal => _journal ??= Extension.JournalFor(JournalPluginId);

    public IActorRef SnapshotStore => _snapshotStore ??= Extension.SnapshotStoreFor(SnapshotPluginId);

    /// <summary>The actor's own name for its snapshots.</summary>
    public string SnapshotterId => PersistenceId;

    /// <summary>From the start until <see cref="RecoveryCompleted"/>.</summary>
    public bool IsRecovering => _phase < Phase.ProcessingCommands && !_recoveryEnded;

    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>The sequence number of the last event that was replayed or written and handled.</summary>
    public long LastSequenceNr { get; private set; }

    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>The stash of the actor's own code; apart from the commands that are held back while it persists.</summary>
    public IStash Stash
    {
        get => _stash;
        set => _stash = value as StashOfUser ?? new StashOfUser(_cell, _heldBack, value.Capacity);
    }

    protected virtual ILoggingAdapter Log => _log ??= Context.GetLogger();

    /// <summary>Asks for a snapshot; the answer goes to the actor as a message.</summary>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr), Self);

    /// <summary>Saves the state as of the last event; answered by SaveSnapshotSuccess or SaveSnapshotFailure.</summary>
    public void SaveSnapshot(object snapshot) =>
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr), snapshot), Self);

    /// <summary>Deletes the snapshot of a sequence number; answered by DeleteSnapshotSuccess or DeleteSnapshotFailure.</summary>
    public void DeleteSnapshot(long sequenceNr) =>
        SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr)), Self);

    /// <summary>Deletes the snapshots that fit; answered by DeleteSnapshotsSuccess or DeleteSnapshotsFailure.</summary>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) =>
        SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria), Self);

    /// <summary>
    /// Deletes the events up to a sequence number, or all there are for <see cref="long.MaxValue"/>; answered by
    /// DeleteMessagesSuccess or DeleteMessagesFailure. Sequence numbers go on from where they were.
    /// </summary>
    public void DeleteMessages(long toSequenceNr)
    {
        if (toSequenceNr == long.MaxValue || toSequenceNr <= LastSequenceNr)
            Journal.Tell(new DeleteMessagesTo(PersistenceId, toSequenceNr, Self), Self);
        else
            Self.Tell(
                new DeleteMessagesFailure(
                    new InvalidOperationException($"toSequenceNr [{toSequenceNr}] must be less than or equal to LastSequenceNr [{LastSequenceNr}]"),
                    toSequenceNr),
                Self);
    }

    /// <summary>Handles a snapshot, a replayed event or <see cref="RecoveryCompleted"/>.</summary>
    protected abstract bool ReceiveRecover(object message);

    protected abstract bool ReceiveCommand(object message);

    protected override bool Receive(object message) => ReceiveCommand(message);

    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                break;
            case SaveSnapshotFailure failure:
                Log.Warning("Failed to SaveSnapshot given metadata [{0}] due to: [{1}]", failure.Metadata, failure.Cause);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning("Failed to DeleteSnapshot given metadata [{0}] due to: [{1}]", failure.Metadata, failure.Cause);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning("Failed to DeleteSnapshots given criteria [{0}] due to: [{1}]", failure.Criteria, failure.Cause);
                break;
            case DeleteMessagesFailure failure:
                Log.Warning("Failed to DeleteMessages ToSequenceNr [{0}] for PersistenceId [{1}] due to: [{2}]", failure.ToSequenceNr, PersistenceId, failure.Cause);
                break;
            default:
                base.Unhandled(message);
                break;
        }
    }

    private void Advance(long sequenceNr)
    {
        if (sequenceNr > LastSequenceNr) LastSequenceNr = sequenceNr;
    }
}
