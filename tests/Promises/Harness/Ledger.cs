using ActorScheduler.Model;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>What a framework was told, outside of the system that told it; and what must be true of it.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<TaskId, TaskRecord> _tasks = [];

    /// <summary>A copy of all records.</summary>
    public IReadOnlyList<TaskRecord> Tasks
    {
        get
        {
            lock (_tasks) return [.. _tasks.Values];
        }
    }

    /// <summary>Tasks that have not ended and were not refused, but for those on an agent that does not answer: who wants work done starts others.</summary>
    public int Live
    {
        get
        {
            lock (_tasks) return _tasks.Values.Count(static task => task.End is null && task.IsAcknowledged != false && task.Updates is not [.., { State: TaskState.Unreachable }]);
        }
    }

    /// <summary>What is between a settled ledger and this one; null for nothing.</summary>
    public string? Unsettled
    {
        get
        {
            TaskRecord[] open = [.. Tasks.Where(static task => task.IsAcknowledged is null || (task.Counts && task.End is null))];
            return open.Length == 0 ? null : $"{open.Length} tasks, such as {string.Join("; ", open.Take(5))}";
        }
    }

    /// <summary>The record of a task; null before its launch is under way.</summary>
    public TaskRecord? Find(TaskId id)
    {
        lock (_tasks) return _tasks.GetValueOrDefault(id);
    }

    /// <summary>A launch is under way.</summary>
    public void Launching(IEnumerable<TaskInfo> tasks)
    {
        lock (_tasks)
        {
            foreach (TaskInfo task in tasks)
                _tasks.Add(task.Id, new TaskRecord(task));
        }
    }

    /// <summary>A launch was answered.</summary>
    public void Launched(IEnumerable<TaskInfo> tasks, bool isDone)
    {
        lock (_tasks)
        {
            foreach (TaskInfo task in tasks)
                _tasks[task.Id].IsAcknowledged = isDone;
        }
    }

    /// <summary>An update came.</summary>
    public void Heard(TaskUpdate update)
    {
        lock (_tasks)
        {
            if (update.Uuid is not null)
                _tasks[update.TaskId].Add(update);
        }
    }

    /// <summary>Each task that counts ended once, and was on one agent only. To be asked when nothing is under way.</summary>
    public void EachTaskEndedOnce()
    {
        foreach (TaskRecord task in Tasks.Where(static task => task.Counts))
        {
            Assert.True(task.Updates.Count(static update => update.State.IsTerminal()) == 1, $"ended not once: {task}");
            Assert.True(task.Updates[^1].State.IsTerminal(), $"something came after the end: {task}");
            Assert.True(task.Updates.Count(static update => update.State == TaskState.Running && update.Source == TaskSource.Executor) <= 1, $"ran twice: {task}");
            Assert.True(
                task.Updates.Where(static update => update.Source != TaskSource.Master).Select(static update => update.AgentId).Distinct().Count() <= 1,
                $"was on several agents: {task}");
        }
    }

    /// <summary>By the agents' own times, what ran at once on one of them never was more than it has.</summary>
    /// <param name="capacity">Thousandths of a core that each agent has.</param>
    public void NoAgentWasOvercommitted(long capacity)
    {
        var changes =
            from task in Tasks
            let began = task.Updates.Find(static update => update is { State: TaskState.Running, Source: TaskSource.Executor })
            let end = task.End
            where began is not null && end is { Source: not TaskSource.Master } && end.Timestamp > began.Timestamp
            from change in new[] { (Agent: began.AgentId, At: began.Timestamp, Cpus: task.Task.Resources.PlainCpus), (Agent: began.AgentId, At: end.Timestamp, Cpus: -task.Task.Resources.PlainCpus) }
            group change by change.Agent;
        foreach (var agent in changes)
        {
            long used = 0;
            foreach (var (_, at, cpus) in agent.OrderBy(static change => change.At).ThenBy(static change => change.Cpus))
            {
                used += cpus;
                Assert.True(used <= capacity, $"agent {agent.Key} ran {used} thousandths of a core at {at:O}, and has {capacity}");
            }
        }
    }
}
