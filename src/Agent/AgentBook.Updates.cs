using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <content>Updates that are owed to frameworks.</content>
internal sealed partial class AgentBook
{
    /// <summary>What a framework is owed, in order, as much as goes into one message.</summary>
    public IReadOnlyList<TaskStatus> OwedTo(FrameworkId framework, int most) => _owed.TryGetValue(framework, out List<KeptUpdate>? owed)
        ? [.. owed.Take(most).Select(static update => update.Status)]
        : [];

    /// <summary>Owes an update about a task that the agent does not hold, such as a refused launch.</summary>
    public void Owe(FrameworkId framework, TaskStatus status)
    {
        var update = new KeptUpdate(++_lastUpdate, framework, status);
        Owed(framework).Add(update);
        _changes.Add(new CheckpointChange.Owe(update));
    }

    /// <summary>The framework has these; tasks whose end was the last that was owed are forgotten. Gives their run ids.</summary>
    public IReadOnlyList<string> Delivered(FrameworkId framework, IReadOnlyList<UpdateKey> updates)
    {
        if (!_owed.TryGetValue(framework, out List<KeptUpdate>? owed))
            return [];
        HashSet<Guid> uuids = [.. updates.Select(static update => update.Uuid)];
        foreach (KeptUpdate update in owed.Where(update => uuids.Contains(update.Status.Uuid!.Value)))
            _changes.Add(new CheckpointChange.Deliver(update.Number));
        owed.RemoveAll(update => uuids.Contains(update.Status.Uuid!.Value));
        var runs = new List<string>();
        foreach (TaskId id in updates.Select(static update => update.TaskId).Distinct())
        {
            var key = new TaskKey(framework, id);
            if (_tasks.TryGetValue(key, out KeptTask? task) && task.Status.State.IsTerminal() && !owed.Exists(update => update.Status.TaskId == id))
            {
                runs.Add(task.RunId);
                _tasks.Remove(key);
                _changes.Add(new CheckpointChange.Forget(key));
            }
        }
        if (owed.Count == 0)
            _owed.Remove(framework);
        return runs;
    }

    private List<KeptUpdate> Owed(FrameworkId framework)
    {
        if (!_owed.TryGetValue(framework, out List<KeptUpdate>? owed))
            _owed[framework] = owed = [];
        return owed;
    }
}
