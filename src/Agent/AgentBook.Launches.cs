using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <content>Launches: what is taken over and what is refused.</content>
internal sealed partial class AgentBook
{
    /// <summary>Whether the conversions of a launch were made, now or in an earlier life of the process.</summary>
    public bool HasConverted(UseKey use) => Identity.Converted.Contains(use);

    /// <summary>
    /// Makes the conversions of a launch and takes over its tasks, each that fits into what is idle; a group as a whole or not
    /// at all. What is refused is owed to the framework as dropped.
    /// </summary>
    /// <param name="launch">Granted under the present registration. Tasks that are held already are left alone.</param>
    /// <param name="whyNot">Why no container of a task can be started; null when one can.</param>
    /// <param name="runId">Makes names of containers.</param>
    /// <param name="now">The time.</param>
    /// <param name="runBy">Names what runs a task.</param>
    public LaunchOutcome Launch(LaunchTasks launch, Func<TaskInfo, Problem?> whyNot, Func<string> runId, DateTimeOffset now, Func<TaskInfo, string?>? runBy = null)
    {
        var outcome = new LaunchOutcome();
        TaskLaunch[] tasks = Strangers(launch);
        if (launch.Conversions.Count > 0 && !HasConverted(new UseKey(launch.Framework.Id, launch.Number)))
        {
            outcome.Conversion = Convert([.. launch.Conversions.Select(static conversion => (conversion.Consumed, conversion.Converted))]);
            if (outcome.Conversion is { } problem)
            {
                Refuse(launch, tasks, problem, TaskReason.ResourcesUnknown, outcome, now);
                return outcome;
            }
            Identify(Identity with
            {
                Converted = [.. Identity.Converted.TakeLast(ConversionsRemembered - 1), new UseKey(launch.Framework.Id, launch.Number)],
            });
        }
        if (Identity.Drain is not null)
        {
            Refuse(launch, tasks, new Problem("agent_id", "the agent is being emptied"), TaskReason.AgentDraining, outcome, now);
            return outcome;
        }
        foreach (IReadOnlyList<TaskLaunch> together in Together(tasks))
        {
            if (Check(launch.Framework.Id, together, whyNot, out Resources needed) is { } problem)
            {
                Refuse(launch, together, problem, TaskReason.ResourcesUnknown, outcome, now);
                continue;
            }
            foreach (TaskLaunch task in together)
            {
                var status = new TaskUpdate(task.Task.Id, TaskState.Staging, TaskSource.Agent, AgentId: Identity.AgentId, Timestamp: now);
                var kept = new KeptTask(launch.Framework, launch.Role, launch.Number, task, runId(), status, Containerizer: runBy?.Invoke(task.Task));
                Set(kept);
                Hold(kept);
                outcome.Started.Add(kept.Key);
            }
        }
        return outcome;
    }

    /// <summary>Owes the news that tasks of a launch which the agent does not hold never start. Nothing is freed by it.</summary>
    public void Drop(LaunchTasks launch, TaskReason reason, string message, DateTimeOffset now) => Drop(launch, Strangers(launch), reason, message, now);

    private void Drop(LaunchTasks launch, IReadOnlyList<TaskLaunch> tasks, TaskReason reason, string message, DateTimeOffset now)
    {
        foreach (TaskLaunch task in tasks)
        {
            Owe(launch.Framework.Id, new TaskUpdate(
                task.Task.Id, TaskState.Dropped, TaskSource.Agent, reason, message, Identity.AgentId, task.Task.Executor?.Id, now, Guid.NewGuid()));
        }
    }

    private void Refuse(
        LaunchTasks launch, IReadOnlyList<TaskLaunch> tasks, Problem problem, TaskReason reason, LaunchOutcome outcome, DateTimeOffset now)
    {
        Drop(launch, tasks, reason, problem.ToString(), now);
        FrameworkId framework = launch.Framework.Id;
        outcome.Problems.Add(problem);
        outcome.Refused.AddRange(tasks.Select(task => new EndedTask(framework, task.Task.Id)));
        // The allocator counted an executor with the first of its tasks; when none is here it holds nothing.
        foreach (ExecutorInfo executor in tasks.Select(static task => task.Task.Executor).OfType<ExecutorInfo>().DistinctBy(static executor => executor.Id))
        {
            if (!_executors.ContainsKey((framework, executor.Id)) && !executor.Resources.IsEmpty)
                outcome.Executors.Add(new EndedExecutor(framework, executor.Id, launch.Role, executor.Resources));
        }
    }

    /// <summary>Tasks that are not here, and whose end is not owed already: what was dropped before a crash is not dropped twice.</summary>
    private TaskLaunch[] Strangers(LaunchTasks launch)
    {
        FrameworkId framework = launch.Framework.Id;
        OwedUpdates? owed = _owed.GetValueOrDefault(framework);
        return
        [
            .. launch.Tasks.Where(task => !_tasks.ContainsKey(new TaskKey(framework, task.Task.Id)) && owed?.Has(task.Task.Id) != true)
                .DistinctBy(static task => task.Task.Id),
        ];
    }

    private static IEnumerable<IReadOnlyList<TaskLaunch>> Together(TaskLaunch[] tasks) => Array.Exists(tasks, static task => task.Group is not null)
        ? tasks.GroupBy(static task => task.Group ?? $"\n{task.Task.Id}").Select(static group => group.ToArray())
        : tasks.Select(static task => new[] { task });

    private Problem? Check(FrameworkId framework, IReadOnlyList<TaskLaunch> tasks, Func<TaskInfo, Problem?> whyNot, out Resources needed)
    {
        needed = Resources.Empty;
        var executors = new HashSet<ExecutorId>();
        foreach (TaskLaunch task in tasks)
        {
            if (whyNot(task.Task) is { } problem)
                return problem;
            needed = needed.Add(task.Task.Resources);
            if (task.Task.Executor is { } executor && !_executors.ContainsKey((framework, executor.Id)) && executors.Add(executor.Id))
                needed = needed.Add(executor.Resources);
        }
        // Shared volumes are there or not, however many tasks have them.
        Resources total = Usable;
        Resources idle = total.NonShared().SubtractOrEmpty(Used.NonShared());
        return idle.Contains(needed.NonShared()) && needed.Shared().Objects().All(shared => total[shared.Key].Number > 0)
            ? null
            : new Problem("resources", $"the agent has {idle.Add(total.Shared())} left, not {needed}");
    }
}
