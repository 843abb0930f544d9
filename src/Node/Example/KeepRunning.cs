using ActorScheduler.Client;
using ActorScheduler.Model;

namespace ActorScheduler.Node.Example;

/// <summary>
/// A framework that keeps a number of instances of one command running, whatever becomes of their hosts: the smallest one that
/// shows how offers, launches and updates play together.
/// </summary>
/// <param name="instances">How many.</param>
/// <param name="template">What each is; its id is made here.</param>
/// <param name="say">Told what happens.</param>
/// <param name="time">The clock.</param>
internal sealed class KeepRunning(int instances, TaskInfo template, Action<string> say, TimeProvider time) : IScheduler
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly HashSet<TaskId> _wanted = [];
    private int _launched;
    private TimeSpan _pause;
    private long _endedAt;

    // With all instances there it wants no offers, so that others get them.
    public bool IsIdle => _wanted.Count >= instances;

    // One instance an offer: what is left is offered again at once, after the other hosts have had their turn.
    public async Task<bool> OfferedAsync(FrameworkSession session, Offer offer)
    {
        if (IsIdle || time.GetElapsedTime(_endedAt) < _pause || !offer.Resources.Contains(template.Resources))
            return false;
        var id = new TaskId($"{template.Name}-{++_launched}");
        CommandResult result = await session.AcceptAsync([offer.Id], [new OfferOperation.Launch([template with { Id = id }])], TimeSpan.Zero);
        if (result.IsDone)
            _wanted.Add(id);
        return result.IsDone;
    }

    public async Task UpdatedAsync(FrameworkSession session, TaskUpdate update)
    {
        say($"{update.TaskId} {update.State.WireName()}{(update.Message is { Length: > 0 } message ? $": {message}" : "")}");
        if (update.State is TaskState.Finished or TaskState.Failed or TaskState.Error or TaskState.Dropped)
            PauseLonger();
        if (update.State.IsTerminal() || update.State == TaskState.Unreachable)
            // It is replaced by the next offer. Nobody knows of an unreachable one whether it runs: it is ended when it is back.
            _wanted.Remove(update.TaskId);
        else if (!_wanted.Contains(update.TaskId))
            await session.KillAsync(update.TaskId);
    }

    // What ends at once, or is refused, would be started again and again: each end soon after a pause doubles the next one.
    private void PauseLonger()
    {
        TimeSpan since = time.GetElapsedTime(_endedAt);
        if (since < _pause)
            return;
        TimeSpan doubled = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        _pause = since > 4 * _pause ? ShortestPause : doubled;
        _endedAt = time.GetTimestamp();
    }
}
