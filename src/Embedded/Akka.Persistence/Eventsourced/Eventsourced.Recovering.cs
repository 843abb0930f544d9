using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Recovering: a permit, the snapshot, the events after it, RecoveryCompleted.</summary>
public abstract partial class Eventsourced
{
    private ICancelable? _recoveryTimer;
    private TimeSpan _recoveryTimeout;
    private bool _seenSinceTick;
    private bool _recoveryEnded;
    private bool _hasPermit;

    /// <summary>Called when all events have been replayed, before <see cref="RecoveryCompleted"/>.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    /// <summary>
    /// Called when recovery failed, with the message at which the actor's own code failed if it did; then the actor is
    /// stopped whatever this does. By default logs the error.
    /// </summary>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is not null)
            Log.Error(
                reason, "Exception in ReceiveRecover when replaying event type [{0}] with sequence number [{1}] for persistenceId [{2}]",
                message.GetType(), LastSequenceNr, PersistenceId);
        else
            Log.Error(
                reason, "Persistence failure when replaying events for persistenceId [{0}]. Last known sequence number [{1}]",
                PersistenceId, LastSequenceNr);
    }

    private void StartRecovery()
    {
        _hasPermit = true;
        _phase = Phase.LoadingSnapshot;
        _recoveryTimeout = Extension.RecoveryEventTimeoutOf(JournalPluginId);
        ScheduleTick(snapshot: true);
        var recovery = Recovery;
        LoadSnapshot(SnapshotterId, recovery.FromSnapshot, recovery.ToSequenceNr);
    }

    private void WhileLoadingSnapshot(object message)
    {
        switch (message)
        {
            case LoadSnapshotResult result:
                _recoveryTimer?.Cancel();
                if (result.Snapshot is { } found && !TryRecover(new SnapshotOffer(found.Metadata, found.Snapshot), found.Metadata.SequenceNr)) return;
                _phase = Phase.Replaying;
                ScheduleTick(snapshot: false);
                Journal.Tell(new ReplayMessages(LastSequenceNr + 1, result.ToSequenceNr, Recovery.ReplayMax, PersistenceId, Self), Self);
                break;
            case LoadSnapshotFailed failed:
                FailRecovery(failed.Cause);
                break;
            case RecoveryTick { Snapshot: true }:
                FailRecovery(new RecoveryTimedOutException(
                    $"Recovery timed out, didn't get snapshot for persistenceId [{PersistenceId}] within {_recoveryTimeout.TotalSeconds}s."));
                break;
            case RecoveryTick:
                break;
            default:
                HoldBack(message);
                break;
        }
    }

    private void WhileReplaying(object message)
    {
        switch (message)
        {
            case ReplayedMessage replayed:
                _seenSinceTick = true;
                TryRecover(replayed.Persistent.Payload, replayed.Persistent.SequenceNr);
                break;
            case RecoverySuccess success:
                CompleteRecovery(success.HighestSequenceNr);
                break;
            case ReplayMessagesFailure failure:
                FailRecovery(failure.Cause);
                break;
            case RecoveryTick { Snapshot: false } when _seenSinceTick:
                _seenSinceTick = false;
                ScheduleTick(snapshot: false);
                break;
            case RecoveryTick { Snapshot: false }:
                FailRecovery(new RecoveryTimedOutException(
                    $"Recovery timed out, didn't get event for persistenceId [{PersistenceId}] within {_recoveryTimeout.TotalSeconds}s, " +
                    $"highest sequence number seen {LastSequenceNr}."));
                break;
            case RecoveryTick:
                break;
            default:
                HoldBack(message);
                break;
        }
    }

    private bool TryRecover(object message, long sequenceNr)
    {
        try
        {
            Advance(sequenceNr);
            base.AroundReceive(ReceiveRecover, message);
            return true;
        }
        catch (Exception cause)
        {
            FailRecovery(cause, message);
            return false;
        }
    }

    private void CompleteRecovery(long highestSequenceNr)
    {
        _recoveryTimer?.Cancel();
        OnReplaySuccess();
        Advance(highestSequenceNr);
        _sequenceNr = LastSequenceNr;
        _recoveryEnded = true;
        var failed = true;
        try
        {
            base.AroundReceive(ReceiveRecover, RecoveryCompleted.Instance);
            failed = false;
        }
        finally
        {
            EndTurn(failed);
            ReturnPermit();
        }
    }

    private void FailRecovery(Exception cause, object? message = null)
    {
        _recoveryTimer?.Cancel();
        try
        {
            OnRecoveryFailure(cause, message);
        }
        finally
        {
            Context.Stop(Self);
            ReturnPermit();
        }
    }

    private void ReturnPermit()
    {
        if (!_hasPermit) return;
        _hasPermit = false;
        Extension.RecoveryPermitter.Tell(RecoveryPermits.Return, Self);
    }

    private void ScheduleTick(bool snapshot) => _recoveryTimer =
        Context.System.Scheduler.ScheduleTellOnceCancelable(_recoveryTimeout, Self, new RecoveryTick(snapshot), Self);

    private void HoldBack(object message)
    {
        try
        {
            _heldBack.Stash();
        }
        catch (StashOverflowException overflow)
        {
            switch (InternalStashOverflowStrategy)
            {
                case DiscardToDeadLetterStrategy:
                    Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Self);
                    break;
                case ReplyToStrategy reply:
                    Sender.Tell(reply.Response, Self);
                    break;
                default:
                    Log.Error(overflow, "The internal stash of persistenceId [{0}] is full", PersistenceId);
                    throw;
            }
        }
    }
}
