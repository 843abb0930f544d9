using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <content>Updates that are owed to frameworks.</content>
internal sealed partial class AgentBook
{
    private readonly Dictionary<FrameworkId, OwedUpdates> _owed = [];

    /// <summary>Number of the latest update.</summary>
    public long LastUpdate { get; private set; }

    /// <summary>Number of the latest update that is durable: later ones are told to nobody.</summary>
    public long LastSaved { get; private set; }

    /// <summary>Frameworks that are owed updates.</summary>
    public IReadOnlyCollection<FrameworkId> Owing => _owed.Keys;

    /// <summary>All updates up to a number are durable.</summary>
    public void Saved(long update) => LastSaved = update;

    /// <summary>What a framework is owed and is durable, in order, as much as goes into one message.</summary>
    public IReadOnlyList<TaskUpdate> OwedTo(FrameworkId framework, int most) =>
        _owed.TryGetValue(framework, out OwedUpdates? owed) ? owed.First(most, LastSaved) : [];

    /// <summary>The framework has these; tasks whose end was the last that was owed are forgotten and given back.</summary>
    public IReadOnlyList<KeptTask> Delivered(FrameworkId framework, IReadOnlyList<UpdateKey> updates)
    {
        if (!_owed.TryGetValue(framework, out OwedUpdates? owed))
            return [];
        var forgotten = new List<KeptTask>();
        foreach (UpdateKey delivered in updates)
        {
            if (owed.Remove(delivered.Uuid) is not { } update)
                continue;
            _changes.Add(new CheckpointChange.Deliver(update.Number));
            var key = new TaskKey(framework, update.Status.TaskId);
            if (owed.Has(key.TaskId) || !_tasks.TryGetValue(key, out KeptTask? task) || !task.HasEnded)
                continue;
            forgotten.Add(task);
            _tasks.Remove(key);
            _changes.Add(new CheckpointChange.Forget(key));
        }
        if (owed.IsEmpty)
            _owed.Remove(framework);
        return forgotten;
    }

    private void Owe(FrameworkId framework, TaskUpdate status)
    {
        var update = new KeptUpdate(++LastUpdate, framework, status);
        Owed(framework).Add(update);
        _changes.Add(new CheckpointChange.Owe(update));
    }

    private OwedUpdates Owed(FrameworkId framework)
    {
        if (!_owed.TryGetValue(framework, out OwedUpdates? owed))
            _owed[framework] = owed = new OwedUpdates();
        return owed;
    }
}
