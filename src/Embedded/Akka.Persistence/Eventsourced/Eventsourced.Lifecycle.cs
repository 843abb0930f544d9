using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Life cycle: how messages reach the phase they are for, and what happens around starts, restarts and stops.</summary>
public abstract partial class Eventsourced
{
    private bool _inTurn;

    public override void AroundPreStart()
    {
        Begin();
        base.AroundPreStart();
    }

    public override void AroundPostRestart(Exception cause, object? message)
    {
        Begin();
        base.AroundPostRestart(cause, message);
    }

    public override void AroundPreRestart(Exception cause, object? message)
    {
        try
        {
            LetGo();
        }
        finally
        {
            Flush();
            object? own = message switch
            {
                WriteMessageSuccess written => written.Persistent,
                LoopMessageSuccess deferred => deferred.Message,
                ReplayedMessage replayed => replayed.Persistent,
                _ => message,
            };
            base.AroundPreRestart(cause, own);
        }
    }

    public override void AroundPostStop()
    {
        try
        {
            LetGo();
        }
        finally
        {
            base.AroundPostStop();
        }
    }

    protected internal override bool AroundReceive(Receive receive, object message)
    {
        _inTurn = true;
        try
        {
            return HandleInPhase(receive, message);
        }
        finally
        {
            _inTurn = false;
        }
    }

    private bool HandleInPhase(Receive receive, object message)
    {
        switch (_phase)
        {
            case Phase.ProcessingCommands when message is not IPersistenceMessage:
                if (message is RecoveryTick or RecoveryPermits) return true;
                return HandleCommand(receive, message);
            case Phase.ProcessingCommands:
                return HandleWritten(message) || HandleCommand(receive, message);
            case Phase.PersistingEvents:
                if (message is not (RecoveryTick or RecoveryPermits) && !HandleWritten(message)) HoldBack(message);
                return true;
            case Phase.WaitingForPermit:
                if (ReferenceEquals(message, RecoveryPermits.Granted)) StartRecovery();
                else if (!IsLeftOver(message)) HoldBack(message);
                return true;
            case Phase.LoadingSnapshot:
                if (!IsLeftOver(message)) WhileLoadingSnapshot(message);
                return true;
            default:
                if (!IsLeftOver(message)) WhileReplaying(message);
                return true;
        }
    }

    /// <summary>Fails at once when the plugins are missing, then waits for its turn to recover.</summary>
    private void Begin()
    {
        if (string.IsNullOrEmpty(PersistenceId))
            throw new ArgumentException($"PersistenceId is [{(PersistenceId is null ? "null" : "empty")}] for actor [{Self.Path}]");
        _ = Journal;
        _ = SnapshotStore;
        Extension.RecoveryPermitter.Tell(RecoveryPermits.Request, Self);
    }

    private bool HandleCommand(Receive receive, object message)
    {
        var failed = true;
        try
        {
            var handled = base.AroundReceive(receive, message);
            failed = false;
            return handled;
        }
        finally
        {
            EndTurn(failed);
        }
    }

    /// <summary>Answers to writes of an instance that failed; this one has not written yet.</summary>
    private static bool IsLeftOver(object message) => message is WriteMessageSuccess or WriteMessageRejected or WriteMessageFailure
        or WriteMessagesSuccessful or WriteMessagesFailed or LoopMessageSuccess;

    private void LetGo()
    {
        _recoveryTimer?.Cancel();
        ReturnPermit();
        _heldBack.UnstashAll();
        _stash.LetGo = true;
        _stash.UnstashAll(UnstashFilterPredicate);
    }
}
