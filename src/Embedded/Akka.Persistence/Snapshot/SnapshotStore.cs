using Akka.Actor;
using Akka.Pattern;

namespace Akka.Persistence.Snapshot;

/// <summary>
/// Base of snapshot store plugins. A plugin implements loading, saving and deleting; this class speaks with the
/// persistent actors and keeps a circuit breaker in front of the store.
/// </summary>
public abstract class SnapshotStore : ActorBase
{
    private readonly CircuitBreaker _breaker;
    private readonly bool _publish;

    protected SnapshotStore()
    {
        var persistence = Persistence.Instance.Apply(Context.System);
        _publish = persistence.Settings.Internal.PublishPluginCommands;
        var config = persistence.ConfigOf(Self.Path.Name, isJournal: false);
        _breaker = CircuitBreaker.Create(
            Context.System.Scheduler,
            config.GetInt("circuit-breaker.max-failures", 5),
            config.GetTimeSpan("circuit-breaker.call-timeout", TimeSpan.FromSeconds(20)),
            config.GetTimeSpan("circuit-breaker.reset-timeout", TimeSpan.FromSeconds(60)));
    }

    /// <summary>The newest snapshot that fits; null if there is none. One that cannot be read is an error.</summary>
    protected abstract Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Keeps a snapshot; one of the same sequence number is replaced.</summary>
    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>Deletes a snapshot; without a time in its name, whatever its time.</summary>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Handles messages of the plugin's own, and is told of the outcomes of saving and deleting.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case LoadSnapshot load:
                _ = Answer(Sender, () => Load(load), static cause => new LoadSnapshotFailed(cause), message: null);
                return true;
            case SaveSnapshot save:
                var named = new SnapshotMetadata(
                    save.Metadata.PersistenceId,
                    save.Metadata.SequenceNr,
                    save.Metadata.Timestamp == SnapshotMetadata.TimestampNotSpecified ? TimeProvider.System.GetUtcNow().UtcDateTime : save.Metadata.Timestamp);
                _ = Answer(
                    Sender, async () =>
                    {
                        await _breaker.WithCircuitBreaker(() => SaveAsync(named, save.Snapshot)).ConfigureAwait(false);
                        return new SaveSnapshotSuccess(named);
                    },
                    cause => new SaveSnapshotFailure(save.Metadata, cause), message);
                return true;
            case DeleteSnapshot delete:
                _ = Answer(
                    Sender, async () =>
                    {
                        await _breaker.WithCircuitBreaker(() => DeleteAsync(delete.Metadata)).ConfigureAwait(false);
                        return new DeleteSnapshotSuccess(delete.Metadata);
                    },
                    cause => new DeleteSnapshotFailure(delete.Metadata, cause), message);
                return true;
            case DeleteSnapshots delete:
                _ = Answer(
                    Sender, async () =>
                    {
                        await _breaker.WithCircuitBreaker(() => DeleteAsync(delete.PersistenceId, delete.Criteria)).ConfigureAwait(false);
                        return new DeleteSnapshotsSuccess(delete.Criteria);
                    },
                    cause => new DeleteSnapshotsFailure(delete.Criteria, cause), message);
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private async Task<object> Load(LoadSnapshot load)
    {
        if (load.Criteria.Equals(SnapshotSelectionCriteria.None)) return new LoadSnapshotResult(null, load.ToSequenceNr);
        var found = await _breaker.WithCircuitBreaker(() => LoadAsync(load.PersistenceId, load.Criteria.Limit(load.ToSequenceNr))).ConfigureAwait(false);
        return new LoadSnapshotResult(found, load.ToSequenceNr);
    }

    private async Task Answer(IActorRef asker, Func<Task<object>> work, Func<Exception, object> failure, object? message)
    {
        var (self, eventStream) = (Self, Context.System.EventStream);
        object answer;
        try
        {
            answer = await work().ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            answer = failure(thrown is AggregateException { InnerExceptions: [var only] } ? only : thrown);
        }

        asker.Tell(answer, self);
        if (_publish && message is not null) eventStream.Publish(message);
    }
}
