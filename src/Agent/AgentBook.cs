using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <summary>
/// What an agent has and holds: the last authority on its own resources. Every change is also given as what has to be kept.
/// Pure: no actors, clocks or files.
/// </summary>
internal sealed partial class AgentBook
{
    private readonly Dictionary<TaskKey, KeptTask> _tasks = [];
    private readonly Dictionary<FrameworkId, List<KeptUpdate>> _owed = [];
    private readonly List<CheckpointChange> _changes = [];
    private long _lastUpdate;

    public AgentBook(AgentMemory memory, AgentIdentity identity)
    {
        Identity = identity;
        foreach (KeptTask task in memory.Tasks)
            _tasks[task.Key] = task;
        foreach (KeptUpdate update in memory.Updates)
            Owed(update.FrameworkId).Add(update);
        _lastUpdate = memory.Updates.Count == 0 ? 0 : memory.Updates[^1].Number;
        Used = _tasks.Values.Where(static task => !task.Status.State.IsTerminal()).Aggregate(Resources.Empty, (sum, task) => sum.Add(task.Launch.Task.Resources));
        foreach (ExecutorInfo executor in Executors().Values.DistinctBy(static executor => executor.Key).Select(static executor => executor.Info))
            Used = Used.Add(executor.Resources);
        if (memory.Identity != identity)
            _changes.Add(new CheckpointChange.Identify(identity));
    }

    /// <summary>Who the agent is and what it has.</summary>
    public AgentIdentity Identity { get; private set; }

    /// <summary>What tasks and executors hold.</summary>
    public Resources Used { get; private set; }

    /// <summary>What it holds, ended tasks included whose end is not delivered.</summary>
    public IReadOnlyDictionary<TaskKey, KeptTask> Tasks => _tasks;

    /// <summary>Frameworks that are owed updates.</summary>
    public IReadOnlyCollection<FrameworkId> Owing => _owed.Keys;

    /// <summary>Tasks that have not ended.</summary>
    public IEnumerable<KeptTask> Live => _tasks.Values.Where(static task => !task.Status.State.IsTerminal());

    /// <summary>What has to be kept since the last call.</summary>
    public IReadOnlyList<CheckpointChange> TakeChanges()
    {
        CheckpointChange[] changes = [.. _changes];
        _changes.Clear();
        return changes;
    }

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

    /// <summary>Changes reservations and volumes, or says why not.</summary>
    public Problem? Convert(IReadOnlyList<(Resources Consumed, Resources Converted)> conversions, long? decision = null)
    {
        Resources total = Identity.Total;
        foreach ((Resources consumed, Resources converted) in conversions)
        {
            if (!total.SubtractOrEmpty(Used).Contains(consumed))
                return new Problem("resources", $"{consumed} is not idle on this agent");
            total = total.Subtract(consumed).Add(converted);
        }
        Identify(Identity with { Total = total, Decision = decision ?? Identity.Decision });
        return null;
    }

    /// <summary>An operator's decision was carried out.</summary>
    public void Decided(long decision) => Identify(Identity with { Decision = decision });

    /// <summary>Takes a task over, or says why not: it must fit into what is idle.</summary>
    public Problem? Keep(LaunchTasks launch, IReadOnlyList<TaskLaunch> tasks, Func<string> runId, DateTimeOffset now)
    {
        Resources needed = Resources.Empty;
        var executors = new HashSet<ExecutorId>();
        foreach (TaskLaunch task in tasks)
        {
            needed = needed.Add(task.Task.Resources);
            if (task.Task.Executor is { } executor && !Runs(launch.Framework.Id, executor.Id) && executors.Add(executor.Id))
                needed = needed.Add(executor.Resources);
        }
        Resources idle = Identity.Total.SubtractOrEmpty(Used.NonShared());
        if (!idle.Contains(needed))
            return new Problem("resources", $"the agent has {idle} left, not {needed}");
        Used = Used.Add(needed);
        foreach (TaskLaunch task in tasks)
        {
            var status = new TaskStatus(task.Task.Id, TaskState.Staging, TaskSource.Agent, AgentId: Identity.AgentId, Timestamp: now);
            Set(new KeptTask(launch.Framework, launch.Role, launch.Number, task, runId(), status));
        }
        return null;
    }

    /// <summary>Enters a state of a task, owes it to its framework, and gives what is free by it.</summary>
    public (EndedTask? Task, EndedExecutor? Executor) Change(TaskKey key, TaskStatus status)
    {
        if (!_tasks.TryGetValue(key, out KeptTask? task) || !task.Status.State.CanBecome(status.State))
            return default;
        Set(task with { Status = status });
        Owe(key.FrameworkId, status);
        if (!status.State.IsTerminal())
            return default;
        TaskInfo info = task.Launch.Task;
        Used = Used.SubtractOrEmpty(info.Resources);
        var ended = new EndedTask(key.FrameworkId, key.TaskId);
        if (info.Executor is not { } executor || Runs(key.FrameworkId, executor.Id))
            return (ended, null);
        Used = Used.SubtractOrEmpty(executor.Resources);
        return (ended, new EndedExecutor(key.FrameworkId, executor.Id, task.Role, executor.Resources));
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

    private bool Runs(FrameworkId framework, ExecutorId executor) =>
        Live.Any(task => task.Framework.Id == framework && task.Launch.Task.Executor?.Id == executor);

    private Dictionary<TaskKey, ((FrameworkId, ExecutorId) Key, ExecutorInfo Info)> Executors() => Live
        .Where(static task => task.Launch.Task.Executor is not null)
        .ToDictionary(static task => task.Key, static task => ((task.Framework.Id, task.Launch.Task.Executor!.Id), task.Launch.Task.Executor));
}
