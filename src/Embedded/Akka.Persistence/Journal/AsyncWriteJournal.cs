using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Pattern;

namespace Akka.Persistence.Journal;

/// <summary>
/// Base of journal plugins that write asynchronously. A plugin implements writing, deleting and reading; this class
/// speaks with the persistent actors, keeps a circuit breaker in front of the store, and gives answers in the order of
/// the requests of each actor however the writes end.
/// </summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    private readonly CircuitBreaker _breaker;
    private readonly ReplayFilterSettings _replayFilter;
    private readonly AnswersInOrder _answers = new();
    private readonly ILoggingAdapter _log;

    /// <summary>Whether requests are published to the event stream, for tests.</summary>
    protected readonly bool CanPublish;

    protected AsyncWriteJournal()
    {
        var persistence = Persistence.Instance.Apply(Context.System);
        CanPublish = persistence.Settings.Internal.PublishPluginCommands;
        var config = persistence.ConfigOf(Self.Path.Name, isJournal: true);
        _breaker = CircuitBreaker.Create(
            Context.System.Scheduler,
            config.GetInt("circuit-breaker.max-failures", 10),
            config.GetTimeSpan("circuit-breaker.call-timeout", TimeSpan.FromSeconds(10)),
            config.GetTimeSpan("circuit-breaker.reset-timeout", TimeSpan.FromSeconds(30)));
        _replayFilter = ReplayFilterSettings.Read(config);
        _log = Logging.GetLogger(Context.System, this);
    }

    /// <inheritdoc />
    public abstract Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <inheritdoc />
    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Writes. A task that ends without error says that all is durable, but for atomic writes whose element of the
    /// result is an exception: those are rejected, not tried, and nothing of them is in the journal. The result may be
    /// null when none is rejected. A task that fails leaves open what is in the journal, and stops the actors concerned.
    /// </summary>
    protected abstract Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    /// <summary>Deletes events up to a sequence number; the highest sequence number must not be forgotten with them.</summary>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <summary>Handles messages of the plugin's own.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message) => ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    protected bool ReceiveWriteJournal(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                Write(write);
                return true;
            case ReplayMessages replay:
                _ = Replay(replay);
                return true;
            case DeleteMessagesTo delete:
                _ = Delete(delete);
                return true;
            default:
                return false;
        }
    }

    protected static Exception TryUnwrapException(Exception e)
    {
        while (e is AggregateException { InnerExceptions: [var only] }) e = only;
        return e;
    }

    private void Write(WriteMessages request)
    {
        if (CanPublish) Context.System.EventStream.Publish(request);
        IReadOnlyList<IPersistentEnvelope> envelopes = request.Messages as IReadOnlyList<IPersistentEnvelope> ?? [.. request.Messages];
        var answer = _answers.Reserve(request.PersistentActor);
        List<AtomicWrite> batch;
        try
        {
            batch = (List<AtomicWrite>)PreparePersistentBatch(envelopes);
        }
        catch (Exception cause)
        {
            // An adapter that fails has kept anything from being tried.
            var rejected = ImmutableList.CreateRange(envelopes.Where(e => e is AtomicWrite).Select(_ => cause));
            answer.Complete(() => AnswerWritten(request, envelopes, rejected));
            return;
        }

        if (batch.Count == 0) answer.Complete(() => AnswerWritten(request, envelopes, null));
        else
        {
            var writing = _breaker.WithCircuitBreaker((this, batch), static state => state.Item1.WriteMessagesAsync(state.batch));
            _ = Finish(request, envelopes, batch.Count, answer, writing);
        }
    }

    private async Task Finish(
        WriteMessages request, IReadOnlyList<IPersistentEnvelope> envelopes, int writes, AnswersInOrder.Answer answer,
        Task<IImmutableList<Exception>> writing)
    {
        try
        {
            var results = await writing.ConfigureAwait(false);
            if (results is { Count: > 0 } && results.Count != writes)
                throw new IllegalStateException($"AsyncWriteMessages return invalid number or results. Expected [{writes}], but got [{results.Count}].");
            answer.Complete(() => AnswerWritten(request, envelopes, results is { Count: > 0 } ? results : null));
        }
        catch (Exception thrown)
        {
            var cause = TryUnwrapException(thrown);
            answer.Complete(() => AnswerFailed(request, envelopes, writes, cause));
        }
    }

    private static void AnswerWritten(WriteMessages request, IReadOnlyList<IPersistentEnvelope> envelopes, IImmutableList<Exception>? results)
    {
        var actor = request.PersistentActor;
        actor.Tell(WriteMessagesSuccessful.Instance, ActorRefs.NoSender);
        var index = 0;
        foreach (var envelope in envelopes)
        {
            if (envelope is not AtomicWrite write)
            {
                actor.Tell(new LoopMessageSuccess(envelope.Payload, request.ActorInstanceId), envelope.Sender);
                continue;
            }

            var rejection = results?[index++];
            foreach (var persistent in write.Events)
                actor.Tell(
                    rejection is null
                        ? new WriteMessageSuccess(persistent, request.ActorInstanceId)
                        : new WriteMessageRejected(persistent, rejection, request.ActorInstanceId),
                    persistent.Sender);
        }
    }

    private static void AnswerFailed(WriteMessages request, IReadOnlyList<IPersistentEnvelope> envelopes, int writes, Exception cause)
    {
        var actor = request.PersistentActor;
        actor.Tell(new WriteMessagesFailed(cause, writes), ActorRefs.NoSender);
        foreach (var envelope in envelopes)
        {
            if (envelope is not AtomicWrite write)
            {
                actor.Tell(new LoopMessageSuccess(envelope.Payload, request.ActorInstanceId), envelope.Sender);
                continue;
            }

            foreach (var persistent in write.Events)
                actor.Tell(new WriteMessageFailure(persistent, cause, request.ActorInstanceId), persistent.Sender);
        }
    }

    private async Task Replay(ReplayMessages request)
    {
        var (context, eventStream) = (Context, Context.System.EventStream);
        var filter = new ReplayFilterWindow(_replayFilter, request.PersistenceId, request.PersistentActor, _log);
        try
        {
            var from = Math.Max(0, request.FromSequenceNr - 1);
            var highest = await _breaker.WithCircuitBreaker(() => ReadHighestSequenceNrAsync(request.PersistenceId, from)).ConfigureAwait(false);
            var to = Math.Min(request.ToSequenceNr, highest);
            if (to > 0 && request.FromSequenceNr <= to)
                await ReplayMessagesAsync(context, request.PersistenceId, request.FromSequenceNr, to, request.Max, persistent =>
                {
                    if (persistent.IsDeleted) return;
                    foreach (var adapted in AdaptFromJournal(persistent)) filter.Add(adapted);
                }).ConfigureAwait(false);
            filter.Flush();
            request.PersistentActor.Tell(new RecoverySuccess(highest), ActorRefs.NoSender);
        }
        catch (Exception thrown)
        {
            request.PersistentActor.Tell(new ReplayMessagesFailure(TryUnwrapException(thrown)), ActorRefs.NoSender);
        }

        if (CanPublish) eventStream.Publish(request);
    }

    private async Task Delete(DeleteMessagesTo request)
    {
        var (self, eventStream) = (Self, Context.System.EventStream);
        object answer;
        try
        {
            await _breaker.WithCircuitBreaker(() => DeleteMessagesToAsync(request.PersistenceId, request.ToSequenceNr)).ConfigureAwait(false);
            answer = new DeleteMessagesSuccess(request.ToSequenceNr);
        }
        catch (Exception thrown)
        {
            answer = new DeleteMessagesFailure(TryUnwrapException(thrown), request.ToSequenceNr);
        }

        request.PersistentActor.Tell(answer, self);
        if (CanPublish) eventStream.Publish(request);
    }
}
