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

    /// <summary>Whether the checkpoint is being written anew.</summary>
    private bool _isRenewing;

    /// <summary>Whether the next save looks at the file whatever it has to write.</summary>
    private bool _isCheckpointDoubted;

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
            if (failed.Cause is CheckpointReplacedException && !_isRenewing)
            {
                Renew(failed.Cause.Message);
                return;
            }
            _isRenewing = false;
            // Nothing of it was told to anybody. It stays here until there is room on the disk again.
            _savePause = _savePause == TimeSpan.Zero ? _settings.Executors.RestartMin : Shorter(_savePause * 2, _settings.Executors.RestartMax);
            _log.Error(
                "The checkpoint of agent {AgentId} cannot be written, so that nothing new is started: {Problem}. See to it that its data folder can be written; next attempt in {Pause}",
                Id, failed.Cause.Message, _savePause);
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

    /// <summary>
    /// What was kept is gone with its file, and all of it is in memory still: it is written anew before anything else is told.
    /// </summary>
    private void Renew(string problem)
    {
        _log.Warning(
            "Agent {AgentId}: {Problem}. All that was in it is written to a new file now; find out who did that, or it is lost when the agent is not running", Id, problem);
        _isRenewing = true;
        _saveTrouble = $"its checkpoint is gone: {problem}";
        _checkpoint.Renew(_book.Everything()).PipeTo(Self, success: static () => SaveDone.Instance, failure: static cause => new SaveFailed(cause));
    }

    /// <summary>Looks whether what was kept is still there, also when there is nothing to keep.</summary>
    private void LookAtCheckpoint()
    {
        _isCheckpointDoubted = true;
        Commit(static () => { });
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
        Task saved = batch.Changes.Count == 0 && !_isCheckpointDoubted ? Task.CompletedTask : _checkpoint.Save(batch.Changes);
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
        (_isRenewing, _isCheckpointDoubted) = (false, false);
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
