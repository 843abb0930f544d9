using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <summary>
/// What an agent has and holds: the last authority on its own resources. Every change is also given as what has to be kept.
/// Pure: no actors, clocks or files.
/// </summary>
internal sealed partial class AgentBook
{
    private const int ConversionsRemembered = 64;
    private readonly Dictionary<TaskKey, KeptTask> _tasks = [];

    /// <summary>How many tasks that have not ended each shared executor has.</summary>
    private readonly Dictionary<(FrameworkId, ExecutorId), int> _executors = [];
    private List<CheckpointChange> _changes = [];

    public AgentBook(AgentMemory memory, AgentIdentity identity)
    {
        Identity = identity;
        foreach (KeptTask task in memory.Tasks)
        {
            _tasks[task.Key] = task;
            if (!task.HasEnded)
                Hold(task);
        }
        foreach (KeptUpdate update in memory.Updates)
            Owed(update.FrameworkId).Add(update);
        // Numbers of updates that were delivered and forgotten may come again: they only order what is there at the same time.
        LastUpdate = LastSaved = memory.Updates.Count == 0 ? 0 : memory.Updates[^1].Number;
        if (!ReferenceEquals(memory.Identity, identity))
            _changes.Add(new CheckpointChange.Identify(identity));
    }

    /// <summary>Who the agent is and what it has.</summary>
    public AgentIdentity Identity { get; private set; }

    /// <summary>What tasks and executors hold; a shared volume as many times as tasks have it.</summary>
    public Resources Used { get; private set; } = Resources.Empty;

    /// <summary>What it holds, ended tasks included whose end is not delivered.</summary>
    public IReadOnlyDictionary<TaskKey, KeptTask> Tasks => _tasks;

    /// <summary>Tasks that have not ended.</summary>
    public IEnumerable<KeptTask> Live => _tasks.Values.Where(static task => !task.HasEnded);

    /// <summary>How many changes nobody has taken.</summary>
    public int ChangeCount => _changes.Count;

    /// <summary>What has to be kept since the last call.</summary>
    public IReadOnlyList<CheckpointChange> TakeChanges()
    {
        if (_changes.Count == 0)
            return [];
        List<CheckpointChange> changes = _changes;
        _changes = [];
        return changes;
    }

    /// <summary>All that has to be kept, as if nothing had been kept before.</summary>
    public IReadOnlyList<CheckpointChange> Everything() =>
    [
        new CheckpointChange.Identify(Identity),
        .. _tasks.Values.Select(static task => new CheckpointChange.Keep(task)),
        .. _owed.Values.SelectMany(static owed => owed.All).OrderBy(static update => update.Number).Select(static update => new CheckpointChange.Owe(update)),
    ];

    /// <summary>What the allocator is told of the tasks: an executor's resources go with the first of its tasks.</summary>
    public IReadOnlyList<HeldTask> Held()
    {
        var counted = new HashSet<(FrameworkId, ExecutorId)>();
        return
        [
            .. Live.Select(task => new HeldTask(
                task.Framework.Id, task.Role,
                task.Launch.Task.Executor is { } executor && !counted.Add((task.Framework.Id, executor.Id))
                    ? task.Launch.Task.Sketch with { ExecutorResources = null }
                    : task.Launch.Task.Sketch,
                task.Status.State)),
        ];
    }

    /// <summary>Changes reservations and volumes for an operator, or says why not.</summary>
    public Problem? Convert(Conversion conversion) => Convert([(conversion.Consumed, conversion.Converted)]);

    /// <summary>An operator's decision was carried out.</summary>
    /// <param name="decision">Its number.</param>
    /// <param name="drain">How tasks are ended from now on; null when the agent takes tasks.</param>
    public void Decided(long decision, Stop? drain) => Identify(Identity with { Decision = decision, Drain = drain });

    /// <summary>
    /// Enters the wish to end a task. False when there is nothing to do: it is not here, has ended, or is to end as soon already.
    /// </summary>
    public bool WantEnd(TaskKey key, Stop stop)
    {
        if (!_tasks.TryGetValue(key, out KeptTask? task) || task.HasEnded)
            return false;
        if (task.End is { } before)
        {
            if (stop.Grace is null || before.Grace <= stop.Grace)
                return false;
            stop = before with { Grace = stop.Grace };
        }
        Set(task with { End = stop });
        return true;
    }

    /// <summary>Enters a state of a task, owes it to its framework, and gives what is free by it. Nothing follows an end.</summary>
    public (bool IsNew, EndedTask? Task, EndedExecutor? Executor) Change(TaskKey key, TaskUpdate status)
    {
        if (!_tasks.TryGetValue(key, out KeptTask? task) || !task.Status.State.CanBecome(status.State))
            return default;
        Set(task with { Status = status });
        Owe(key.FrameworkId, status);
        if (!status.State.IsTerminal())
            return (true, null, null);
        TaskInfo info = task.Launch.Task;
        Used = Used.SubtractOrEmpty(info.Resources);
        var ended = new EndedTask(key.FrameworkId, key.TaskId);
        if (info.Executor is not { } executor || --_executors[(key.FrameworkId, executor.Id)] > 0)
            return (true, ended, null);
        _executors.Remove((key.FrameworkId, executor.Id));
        Used = Used.SubtractOrEmpty(executor.Resources);
        return (true, ended, new EndedExecutor(key.FrameworkId, executor.Id, task.Role, executor.Resources));
    }

    /// <summary>Tasks of a containerizer are in this engine from now on.</summary>
    public void Bind(string containerizer, EngineName engine) =>
        Identify(Identity with { Engines = new Dictionary<string, EngineName>(Identity.Engines) { [containerizer] = engine } });

    private Problem? Convert(IReadOnlyList<(Resources Consumed, Resources Converted)> conversions)
    {
        Resources total = Identity.Total;
        foreach ((Resources consumed, Resources converted) in conversions)
        {
            if (!total.SubtractOrEmpty(Used).SubtractOrEmpty(Aside).Contains(consumed))
                return new Problem("resources", $"{consumed} is not idle on this agent");
            total = total.Subtract(consumed).Add(converted);
        }
        Identify(Identity with { Total = total });
        return null;
    }

    private void Identify(AgentIdentity identity)
    {
        Identity = identity;
        _changes.Add(new CheckpointChange.Identify(identity));
    }

    private void Set(KeptTask task)
    {
        _tasks[task.Key] = task;
        _changes.Add(new CheckpointChange.Keep(task));
    }

    private void Hold(KeptTask task)
    {
        Used = Used.Add(task.Launch.Task.Resources);
        if (task.Launch.Task.Executor is not { } executor)
            return;
        var key = (task.Framework.Id, executor.Id);
        int tasks = _executors.GetValueOrDefault(key);
        _executors[key] = tasks + 1;
        if (tasks == 0)
            Used = Used.Add(executor.Resources);
    }
}
