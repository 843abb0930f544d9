using ActorScheduler.Protocol;
using Akka.Actor;
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
    where TFact : class
{
    private long _factsSinceSnapshot;
    private bool _isSnapshotting;

    /// <summary>Facts that are in the state, and not known to be in the journal.</summary>
    private long _factsAhead;

    /// <summary>The last fact that was recovered, or that the snapshot holds.</summary>
    private long _recovered;

    protected CommittingActor()
    {
        Recover<TFact>(Recovered);
        Recover<SnapshotOffer>(offer =>
        {
            _recovered = offer.Metadata.SequenceNr;
            Restore(offer.Snapshot);
        });
        Recover<RecoveryCompleted>(_ => Complete());
        Command<SnapshotDue>(_ => WriteSnapshot());
        Command<SaveSnapshotSuccess>(saved => Saved(saved.Metadata.SequenceNr));
        Command<SaveSnapshotFailure>(failed => NotSaved(failed.Cause));
        Command<DeleteMessagesSuccess>(static _ => { });
        Command<DeleteMessagesFailure>(failed => Log.Warning("Old journal events of {PersistenceId} could not be deleted: {Problem}", PersistenceId, failed.Cause.Message));
        Command<DeleteSnapshotsSuccess>(static _ => { });
        Command<DeleteSnapshotsFailure>(failed => Log.Warning("Old snapshots of {PersistenceId} could not be deleted: {Problem}", PersistenceId, failed.Cause.Message));
    }

    /// <summary>Facts after which a snapshot is due. A snapshot costs as much as there is state.</summary>
    protected abstract int SnapshotDueAfter { get; }

    /// <summary>A fact that changes nothing: a snapshot follows, or the actor began anew.</summary>
    protected abstract TFact SnapshotMark { get; }

    /// <summary>Enters a fact.</summary>
    protected abstract void Apply(TFact fact);

    /// <summary>A new fact was entered: until <see cref="Kept"/> it is in the state and not known to be in the journal.</summary>
    protected virtual void Entered(TFact fact)
    {
    }

    /// <summary>A fact is in the journal.</summary>
    protected virtual void Kept(TFact fact)
    {
    }

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
        {
            Apply(fact);
            Entered(fact);
        }
        _factsAhead += facts.Count;
        int left = facts.Count;
        PersistAllAsync(facts, fact =>
        {
            _factsAhead--;
            Kept(fact);
            _factsSinceSnapshot++;
            if (--left > 0)
                return;
            then();
            SnapshotIfDue();
        });
    }

    /// <summary>
    /// Writes that this incarnation is there. An earlier one that wakes up on a node which was given up can write no more from then on, and what
    /// it wrote before makes this one begin anew: it never goes on without knowing of it.
    /// </summary>
    protected void Claim() => Commit(SnapshotMark, static () => { });

    /// <summary>Enters a fact and goes on once it is durable.</summary>
    protected void Commit(TFact fact, Action then) => Commit([fact], then);

    /// <summary>What something is wrong with by itself is answered here, and never gets as far as the state.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (message is not IProtocolMessage asked)
            return base.AroundReceive(receive, message);
        if (MessageRules.Check(asked) is { } problem)
        {
            Log.Debug("{PersistenceId} refuses {Message}: {Problem}", PersistenceId, asked.GetType().Name, problem);
            IActorRef asker = asked is Subscribe { Scheduler: { } scheduler } ? scheduler : Sender;
            asker.Tell(MessageRules.Refusal(asked, problem));
            return true;
        }
        if (PeerRules.Check(asked) is { } broken)
        {
            Log.Warning("{PersistenceId} drops {Message} of {Sender}: {Problem}", PersistenceId, asked.GetType().Name, Sender, broken);
            return true;
        }
        return base.AroundReceive(receive, message);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error("{PersistenceId} stops: event {SequenceNr} ({Event}) could not be written to the journal: {Problem}", PersistenceId, sequenceNr, @event.GetType().Name, cause.Message);

    /// <summary>A fact that cannot be written is in the state and never will be in the journal: no more can be built on it.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        OnPersistFailure(cause, @event, sequenceNr);
        Context.Stop(Self);
    }

    /// <summary>In one line: while a journal is away each actor says so every second, and all know where it comes from.</summary>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Log.Error(
        "{PersistenceId} cannot begin, and tries again: {Reason}", PersistenceId,
        reason.InnerException is { } cause ? $"{reason.Message}: {cause.Message}" : reason.Message);

    private void Recovered(TFact fact)
    {
        if (Missing(LastSequenceNr - 1) is { } missing)
            throw new InvalidDataException(missing);
        _recovered = LastSequenceNr;
        Apply(fact);
    }

    /// <summary>
    /// The journal itself does not look for gaps. There is one when another incarnation, which should not be, has written a snapshot and deleted
    /// what it holds after this one read the snapshot before: what is missing is in the new one, and the next attempt finds that.
    /// </summary>
    private void Complete()
    {
        if (Missing(LastSequenceNr) is not { } missing)
        {
            Begin();
            return;
        }
        OnRecoveryFailure(new InvalidDataException(missing));
        Context.Stop(Self);
    }

    private string? Missing(long until) => until == _recovered ? null : $"events {_recovered + 1} to {until} are missing";

    /// <summary>Not here: in the handler of what was persisted asynchronously the actor may not wait, or it waits for ever.</summary>
    private void SnapshotIfDue()
    {
        if (_isSnapshotting || _factsSinceSnapshot < SnapshotDueAfter)
            return;
        _isSnapshotting = true;
        Self.Tell(SnapshotDue.Instance, ActorRefs.NoSender);
    }

    private void WriteSnapshot()
    {
        // The state may be ahead of the journal, and a snapshot may not. Other than PersistAllAsync, Persist keeps commands
        // waiting: when it comes back, all that commands entered before is in the journal.
        Persist(SnapshotMark, _ =>
        {
            // But what went on meanwhile, after earlier facts had become durable, may have entered more.
            if (_factsAhead > 0)
            {
                Self.Tell(SnapshotDue.Instance, ActorRefs.NoSender);
                return;
            }
            _factsSinceSnapshot = 0;
            SaveSnapshot(TakeSnapshot());
        });
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
        Log.Warning("{PersistenceId} could not save a snapshot, and goes on without it: {Problem}", PersistenceId, cause.Message);
    }

    private sealed record SnapshotDue : INotInfluenceReceiveTimeout
    {
        public static readonly SnapshotDue Instance = new();
    }
}
