using ActorScheduler.Agent.Checkpoints;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>Saves: one at a time; what comes while one is under way goes into the next.</content>
internal sealed partial class AgentActor
{
    /// <summary>What need not be durable before anything else waits for another save, but not for so many changes.</summary>
    private const int FlushAt = 1000;
    private List<Action> _afterSaving = [];
    private Batch? _saving;
    private TimeSpan _savePause;

    private void ReceiveSaves()
    {
        Receive<SaveDone>(_ =>
        {
            Complete();
            Save();
        });
        Receive<SaveDue>(_ => Write());
        Receive<SaveFailed>(failed =>
        {
            // Nothing of it was told to anybody. It stays here until there is room on the disk again.
            _savePause = _savePause == TimeSpan.Zero ? _settings.Executors.RestartMin : Shorter(_savePause * 2, _settings.Executors.RestartMax);
            _log.Error(failed.Cause, "The checkpoint of agent {AgentId} cannot be written; retrying in {Pause}", Id, _savePause);
            Timers.StartSingleTimer(nameof(SaveDue), SaveDue.Instance, _savePause);
            _saveTrouble = $"its checkpoint cannot be written: {failed.Cause.Message}";
        });
    }

    /// <summary>Goes on once all that the book has changed is durable: perhaps at once, perhaps much later.</summary>
    private void Commit(Action then)
    {
        _afterSaving.Add(then);
        Save();
    }

    /// <summary>Makes durable what nobody waits for.</summary>
    private void Flush()
    {
        if (_book.ChangeCount > 0)
            Commit(static () => { });
    }

    private void Save()
    {
        while (_saving is null && _afterSaving.Count > 0)
        {
            _saving = new Batch(_book.TakeChanges(), _afterSaving, _book.LastUpdate, _time.GetTimestamp());
            _afterSaving = [];
            Write();
        }
    }

    private void Write()
    {
        if (_saving is not { } batch)
            return;
        Task saved = batch.Changes.Count == 0 ? Task.CompletedTask : _checkpoint.Save(batch.Changes);
        if (saved.IsCompletedSuccessfully)
            Complete();
        else
            saved.PipeTo(Self, success: static () => SaveDone.Instance, failure: static cause => new SaveFailed(cause));
    }

    private void Complete()
    {
        _book.Saved(_saving!.LastUpdate);
        foreach (Action then in _saving.Then)
            then();
        _saving = null;
        _savePause = TimeSpan.Zero;
        if (_saveTrouble is null)
            return;
        _saveTrouble = null;
        _log.Info("The checkpoint of agent {AgentId} can be written again", Id);
    }

    private sealed record Batch(IReadOnlyList<CheckpointChange> Changes, IReadOnlyList<Action> Then, long LastUpdate, long Begin);

    private sealed record SaveFailed(Exception Cause);

    private sealed record SaveDone
    {
        public static readonly SaveDone Instance = new();
    }

    private sealed record SaveDue
    {
        public static readonly SaveDue Instance = new();
    }
}
