using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Master.Frameworks;

/// <content>What is told until it is answered.</content>
internal sealed partial class FrameworkActor
{
    /// <summary>Updates that the scheduler was told and has not acknowledged: which, when, and how long until it is told again.</summary>
    private readonly Dictionary<TaskId, (Guid Uuid, long At, TimeSpan Pause)> _told = [];
    private readonly HashSet<OperationId> _toldOperations = [];
    private readonly Dictionary<long, (long At, TimeSpan Pause)> _askedAt = [];
    private long _endedAt;

    private void Retry()
    {
        WatchSession();
        if (!_isRegistered)
            Register();
        AskAgain(IsDue);
        AskAgentsAgain();
        foreach (long number in _askedAt.Keys.Where(number => !_book.Uses.ContainsKey(number)).ToArray())
            _askedAt.Remove(number);
        if (_time.GetElapsedTime(_endedAt) >= _settings.RetryMax)
        {
            _endedAt = _time.GetTimestamp();
            EndWhatIsWanted(only: null);
            if (IsRemoved)
                EndEverything();
        }
        else if (IsRemoved && _book.Live == 0 && !_isLeaving)
        {
            EndEverything();
        }
        TellAllUpdates();
    }

    private void AskAgain(Func<long, bool> isDue)
    {
        foreach ((long number, PendingUse use) in _book.Uses.ToArray())
        {
            // What is not in the journal yet is asked once it is.
            if (_undurable.HasUse(number) || !isDue(number))
                continue;
            if (use.Granted is null)
                _allocator.Tell(Acceptance.Ask(_book, use.Accepted));
            else
                Launch(use);
        }
    }

    private bool IsDue(long number)
    {
        if (!_askedAt.TryGetValue(number, out (long At, TimeSpan Pause) asked))
        {
            _askedAt[number] = (_time.GetTimestamp(), _settings.RetryMin);
            return false;
        }
        if (_time.GetElapsedTime(asked.At) < asked.Pause)
            return false;
        _askedAt[number] = (_time.GetTimestamp(), Longer(asked.Pause));
        return true;
    }

    /// <summary>Tells the scheduler the first unacknowledged update of each of these tasks, again when it is due.</summary>
    private void TellUpdates(IEnumerable<TaskId> tasks)
    {
        if (!IsConnected)
            return;
        var due = new List<TaskUpdate>();
        foreach (TaskId id in tasks)
        {
            if (!_book.Tasks.TryGetValue(id, out TaskEntry? task) || !task.Unacknowledged.TryPeek(out TaskUpdate? next) || _undurable.Has(next))
                continue;
            bool wasTold = _told.TryGetValue(id, out (Guid Uuid, long At, TimeSpan Pause) told) && told.Uuid == next.Uuid;
            if (wasTold && _time.GetElapsedTime(told.At) < told.Pause)
                continue;
            _told[id] = (next.Uuid!.Value, _time.GetTimestamp(), wasTold ? Longer(told.Pause) : _settings.RetryMin);
            due.Add(next);
        }
        Tell(due);
    }

    private void TellUpdates(IEnumerable<TaskUpdate> news) => TellUpdates(news.Select(static status => status.TaskId));

    private void TellAllUpdates() => TellUpdates(_book.Unacknowledged);

    private void Tell(IReadOnlyList<TaskUpdate> statuses)
    {
        foreach (TaskUpdate[] page in statuses.Chunk(_settings.UpdatesPerMessage))
            ToScheduler(session => new UpdatesReceived(_id, session, page));
    }

    private void TellOperations()
    {
        OperationStatus[] news = [.. _book.Operations.Values.Where(operation => operation.State != OperationState.Pending && !_toldOperations.Contains(operation.Id))];
        if (news.Length == 0 || !IsConnected)
            return;
        _toldOperations.UnionWith(news.Select(static operation => operation.Id));
        Commit([], () => Tell(news));
    }

    private void Tell(IReadOnlyList<OperationStatus> operations)
    {
        foreach (OperationStatus[] page in operations.Chunk(_settings.UpdatesPerMessage))
            ToScheduler(session => new OperationsReported(_id, session, page));
    }

    /// <summary>Whether the framework is removed for good.</summary>
    private bool IsRemoved => _book.Removed is not null && !_undurable.HasRemoval;

    /// <summary>A removed framework: every agent ends what it has of it; when nothing is left the allocator forgets it.</summary>
    private void EndEverything()
    {
        foreach (AgentId agent in _book.AgentsWithTasks)
            AgentOf(agent)?.Tell(new EndFramework(_id, agent));
        if (_book.Live == 0 && !_isLeaving)
        {
            _isLeaving = true;
            _allocator.Tell(new RemoveFramework(_id));
        }
    }

    private TimeSpan Longer(TimeSpan pause) => pause + pause < _settings.RetryMax ? pause + pause : _settings.RetryMax;
}
