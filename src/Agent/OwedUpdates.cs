using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;

namespace ActorScheduler.Agent;

/// <summary>What one framework is owed, in order; each operation costs the same however much it is.</summary>
internal sealed class OwedUpdates
{
    private readonly LinkedList<KeptUpdate> _updates = new();
    private readonly Dictionary<Guid, LinkedListNode<KeptUpdate>> _byUuid = [];
    private readonly Dictionary<TaskId, int> _tasks = [];

    /// <summary>Whether nothing is owed.</summary>
    public bool IsEmpty => _updates.Count == 0;

    /// <summary>All of them, in order.</summary>
    public IEnumerable<KeptUpdate> All => _updates;

    /// <summary>Owes one more. Numbers grow.</summary>
    public void Add(KeptUpdate update)
    {
        _byUuid.Add(update.Status.Uuid!.Value, _updates.AddLast(update));
        _tasks[update.Status.TaskId] = _tasks.GetValueOrDefault(update.Status.TaskId) + 1;
    }

    /// <summary>Whether an update of a task is owed.</summary>
    public bool Has(TaskId task) => _tasks.ContainsKey(task);

    /// <summary>Takes one out; null when it is not there (any more).</summary>
    public KeptUpdate? Remove(Guid uuid)
    {
        if (!_byUuid.Remove(uuid, out LinkedListNode<KeptUpdate>? node))
            return null;
        _updates.Remove(node);
        TaskId task = node.Value.Status.TaskId;
        if (--_tasks[task] == 0)
            _tasks.Remove(task);
        return node.Value;
    }

    /// <summary>The first ones, up to a number.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="upTo">Number of the last that counts.</param>
    public IReadOnlyList<TaskUpdate> First(int most, long upTo)
    {
        var first = new List<TaskUpdate>(Math.Min(most, _updates.Count));
        for (LinkedListNode<KeptUpdate>? node = _updates.First; node is not null && node.Value.Number <= upTo && first.Count < most; node = node.Next)
            first.Add(node.Value.Status);
        return first;
    }
}
