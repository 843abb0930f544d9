using System.Collections.Immutable;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Persisting: what a turn of the actor asked for goes to the journal when the turn ends, and comes back in order.</summary>
public abstract partial class Eventsourced
{
    private readonly Queue<IPendingHandlerInvocation> _pending = new();
    private readonly List<IPersistentEnvelope> _ofThisTurn = [];
    private readonly List<IPersistentEnvelope> _toWrite = [];
    private int _pendingStashing;
    private bool _writeInProgress;
    private int _tasksRunning;
    private int? _maxBatchSize;

    /// <summary>
    /// Writes an event and then runs its handler. Until then commands are held back, and between the two no other
    /// command is handled, so that the handler may rely on the state that the command saw.
    /// </summary>
    /// <exception cref="InvalidOperationException">The actor is recovering.</exception>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        EnsureNotRecovering();
        Expect(@event, handler, stashing: true);
        _ofThisTurn.Add(new AtomicWrite(Represent(@event)));
    }

    /// <summary>Writes events together or not at all, then runs the handler for each; commands are held back meanwhile.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
    {
        EnsureNotRecovering();
        AddAll(events, handler, stashing: true);
    }

    /// <summary>Like <see cref="Persist{TEvent}"/>, but commands go on meanwhile; handlers run in the order of the calls.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        EnsureNotRecovering();
        Expect(@event, handler, stashing: false);
        _ofThisTurn.Add(new AtomicWrite(Represent(@event)));
    }

    /// <summary>Like <see cref="PersistAll{TEvent}"/>, but commands go on meanwhile.</summary>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
    {
        EnsureNotRecovering();
        AddAll(events, handler, stashing: false);
    }

    /// <summary>Runs a handler after all handlers that are waited for now, or at once if there is none. Nothing is written.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        EnsureNotRecovering();
        if (_pending.Count == 0)
        {
            handler(evt);
            return;
        }

        Expect(evt, handler, stashing: false);
        _ofThisTurn.Add(new NonPersistentMessage(evt!, Sender));
    }

    /// <summary>Handles asynchronously: no other message is taken until the task has ended, and what it persists is written then.</summary>
    protected void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(async () =>
    {
        _tasksRunning++;
        var failed = true;
        try
        {
            await action();
            failed = false;
        }
        finally
        {
            _tasksRunning--;
            // A task that did not wait for anything ends inside the turn that began it.
            if (!_inTurn) EndTurn(failed);
        }
    });

    /// <summary>
    /// Called when writing an event failed, so that it is unknown whether it is in the journal; then the actor is stopped
    /// whatever this does. By default logs the error.
    /// </summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Log.Error(
        cause, "Failed to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}].", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>Called when the journal cannot take an event; the actor goes on, and the handler is not called. By default logs the error.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Log.Error(
        cause, "Rejected to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}] due to [{3}].",
        @event.GetType(), sequenceNr, PersistenceId, cause.Message);

    private void EnsureNotRecovering()
    {
        if (IsRecovering)
            throw new InvalidOperationException("Cannot persist during replay. Events can be persisted when receiving RecoveryCompleted or later.");
    }

    private void AddAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, bool stashing)
    {
        var all = ImmutableList.CreateBuilder<IPersistentRepresentation>();
        foreach (var @event in events)
        {
            Expect(@event, handler, stashing);
            all.Add(Represent(@event));
        }

        if (all.Count > 0) _ofThisTurn.Add(new AtomicWrite(all.ToImmutable()));
    }

    private void Expect<TEvent>(TEvent @event, Action<TEvent> handler, bool stashing)
    {
        ArgumentNullException.ThrowIfNull(@event);
        Action<object> invoke = written => handler((TEvent)written);
        if (stashing) _pendingStashing++;
        _pending.Enqueue(stashing ? new StashingHandlerInvocation(@event, invoke) : new AsyncHandlerInvocation(@event, invoke));
    }

    private Persistent Represent(object? @event) => new(
        @event!, persistenceId: PersistenceId, sequenceNr: ++_sequenceNr, writerGuid: _writerGuid, sender: Sender);

    /// <summary>Handles a journal's answer; true if it was one, also if it was meant for an earlier instance.</summary>
    private bool HandleWritten(object message)
    {
        switch (message)
        {
            case WriteMessageSuccess written:
                if (written.ActorInstanceId != _instanceId) return true;
                Advance(written.Persistent.SequenceNr);
                InvokeHandler(written.Persistent.Payload);
                return true;
            case LoopMessageSuccess deferred:
                if (deferred.ActorInstanceId == _instanceId) InvokeHandler(deferred.Message);
                return true;
            case WriteMessageRejected rejected:
                if (rejected.ActorInstanceId != _instanceId) return true;
                Advance(rejected.Persistent.SequenceNr);
                DropHandler();
                HandleRejection(rejected);
                return true;
            case WriteMessageFailure failed:
                if (failed.ActorInstanceId != _instanceId) return true;
                DropHandler();
                try
                {
                    OnPersistFailure(failed.Cause, failed.Persistent.Payload, failed.Persistent.SequenceNr);
                }
                finally
                {
                    // What is in the journal is not known any more, so the state cannot be trusted either.
                    Context.Stop(Self);
                }

                return true;
            case WriteMessagesSuccessful or WriteMessagesFailed:
                // Answers to an earlier instance come before anything this one could have sent.
                _writeInProgress = false;
                if (message is WriteMessagesSuccessful) Flush();
                return true;
            default:
                return false;
        }
    }

    private void HandleRejection(WriteMessageRejected rejected)
    {
        var failed = true;
        try
        {
            OnPersistRejected(rejected.Cause, rejected.Persistent.Payload, rejected.Persistent.SequenceNr);
            failed = false;
        }
        finally
        {
            EndTurn(failed);
        }
    }

    private void InvokeHandler(object payload)
    {
        var failed = true;
        try
        {
            _pending.Peek().Handler(payload);
            failed = false;
        }
        finally
        {
            DropHandler();
            EndTurn(failed);
        }
    }

    private void DropHandler()
    {
        if (_pending.TryDequeue(out var done) && done is StashingHandlerInvocation) _pendingStashing--;
    }

    /// <summary>Sends off what the turn wants to have written, and either holds commands back or lets the next one in.</summary>
    /// <param name="failed">A restart may follow, so everything goes back at once and keeps its order.</param>
    private void EndTurn(bool failed)
    {
        if (_ofThisTurn.Count > 0)
        {
            _toWrite.AddRange(_ofThisTurn);
            _ofThisTurn.Clear();
        }

        Flush();
        if (_tasksRunning > 0) return;
        if (_pendingStashing > 0)
        {
            _phase = Phase.PersistingEvents;
            return;
        }

        _phase = Phase.ProcessingCommands;
        if (failed) _heldBack.UnstashAll();
        else _heldBack.Unstash();
    }

    private void Flush()
    {
        if (_writeInProgress || _toWrite.Count == 0) return;
        _writeInProgress = true;
        var count = Math.Min(_toWrite.Count, _maxBatchSize ??= Extension.MaxBatchSizeOf(JournalPluginId));
        IPersistentEnvelope[] batch = [.. _toWrite.Take(count)];
        _toWrite.RemoveRange(0, count);
        Journal.Tell(new WriteMessages(batch, Self, _instanceId), Self);
    }
}
