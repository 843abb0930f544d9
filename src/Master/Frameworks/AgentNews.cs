using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Frameworks;

/// <summary>What news of agents means for a framework's tasks, as pure decisions.</summary>
internal static class AgentNews
{
    /// <summary>What reports of an agent amount to.</summary>
    /// <param name="News">States that are new here.</param>
    /// <param name="Kept">What the agent may forget once the news is durable.</param>
    /// <param name="ToEnd">Tasks that run there although they have ended here, or run elsewhere.</param>
    /// <param name="HasStrangers">Whether it speaks of tasks that nobody here knows: ask it for all it has.</param>
    public sealed record Reports(IReadOnlyList<TaskUpdate> News, IReadOnlyList<UpdateKey> Kept, IReadOnlyList<TaskId> ToEnd, bool HasStrangers);

    /// <summary>What an agent's answer to a question amounts to.</summary>
    /// <param name="Facts">What is new here.</param>
    /// <param name="ToEnd">Tasks that run there although they have ended here, or run elsewhere.</param>
    public sealed record Held(IReadOnlyList<FrameworkEvent> Facts, IReadOnlyList<TaskId> ToEnd);

    /// <summary>Judges reports: in order for each task, each once, nothing after the end.</summary>
    public static Reports Judge(FrameworkBook book, ReportUpdates reports)
    {
        var news = new List<TaskUpdate>();
        var kept = new List<UpdateKey>();
        var toEnd = new List<TaskId>();
        var latest = new Dictionary<TaskId, TaskUpdate>();
        bool strangers = false;
        // What the agent repeats because its first word was lost begins before the end, which is here already.
        HashSet<TaskId> ended = [.. reports.Updates.Where(static status => status.State.IsTerminal()).Select(static status => status.TaskId)];
        foreach (TaskUpdate status in reports.Updates)
        {
            TaskEntry? task = book.Find(status.TaskId);
            if (task is null && !status.State.IsTerminal())
            {
                strangers = true;
                continue;
            }
            kept.Add(new UpdateKey(status.TaskId, status.Uuid!.Value));
            if (task is null)
                continue;
            if (!task.HasEnded && task.AgentId != reports.AgentId)
            {
                // Another run of the same id: one that was lost and came back, perhaps. What it does says nothing of this one.
                if (!ended.Contains(status.TaskId))
                    toEnd.Add(status.TaskId);
                continue;
            }
            TaskUpdate before = latest.GetValueOrDefault(status.TaskId) ?? task.Status;
            if (before.State.IsTerminal() && !ended.Contains(status.TaskId))
                toEnd.Add(status.TaskId);
            bool isKnown = before.Uuid == status.Uuid || task.Unacknowledged.Any(known => known.Uuid == status.Uuid);
            if (isKnown || !before.State.CanBecome(status.State) || !IsWanted(book, status.State))
                continue;
            TaskUpdate shown = status with { State = book.Shown(status.State) };
            news.Add(shown);
            latest[status.TaskId] = shown;
        }
        return new Reports(news, kept, toEnd, strangers);
    }

    /// <summary>Compares a page of what an agent has with what was expected there when it was asked.</summary>
    /// <param name="book">What is known.</param>
    /// <param name="held">The page. What the agent has not is clear with the last one.</param>
    /// <param name="expected">What was expected and was on no page so far.</param>
    /// <param name="now">Wall clock.</param>
    public static Held Compare(FrameworkBook book, TasksHeld held, IReadOnlySet<TaskId> expected, DateTimeOffset now)
    {
        var facts = new List<FrameworkEvent>();
        var statuses = new List<TaskUpdate>();
        var toEnd = new List<TaskId>();
        foreach (TaskOnAgent found in held.Tasks)
        {
            bool hasEnded = found.Status.State.IsTerminal();
            if (book.Find(found.Task.Id) is not { } task)
            {
                if (!hasEnded)
                    facts.Add(new TaskAdopted(found.Task, found.Role, Back(found.Status, held.AgentId, now, "Adopted: its agent runs it and nobody knew it")));
            }
            else if (task.HasEnded || task.AgentId != held.AgentId)
            {
                if (!hasEnded)
                    toEnd.Add(found.Task.Id);
            }
            else if (task.Status.State == TaskState.Unreachable && !hasEnded)
            {
                statuses.Add(Back(found.Status, held.AgentId, now, "Its agent is back"));
            }
        }
        foreach (TaskId id in expected.Where(_ => held.IsLast))
        {
            if (!book.Tasks.TryGetValue(id, out TaskEntry? task) || task.HasEnded || task.AgentId != held.AgentId)
                continue;
            statuses.Add(task.Status.State == TaskState.Staging
                ? book.Make(task, TaskState.Dropped, TaskReason.AgentRestarted, "Its agent never got it", now)
                : book.Make(task, TaskState.Gone, TaskReason.AgentRestarted, "Its agent is back without it", now));
        }
        if (statuses.Count > 0)
            facts.Add(new StatusesChanged(statuses));
        return new Held(facts, toEnd);
    }

    /// <summary>What the standing of an agent means for the tasks there.</summary>
    public static IReadOnlyList<TaskUpdate> Stand(FrameworkBook book, AgentStanding standing, DateTimeOffset now)
    {
        IReadOnlyCollection<TaskEntry> tasks = book.OnAgent(standing.AgentId);
        return standing.State switch
        {
            AgentState.Unreachable =>
            [
                .. tasks.Where(static task => task.Status.State != TaskState.Unreachable).Select(task => book.Make(
                    task, TaskState.Unreachable, TaskReason.AgentRemoved, "Its agent does not answer", now, standing.Since ?? now)),
            ],
            AgentState.Gone => [.. tasks.Select(task => book.Make(
                task, TaskState.GoneByOperator, TaskReason.AgentRemovedByOperator, "Its agent was declared gone", now))],
            AgentState.Unknown => [.. tasks.Select(task => book.Make(task, TaskState.Gone, TaskReason.AgentUnknown, "Nobody knows its agent", now))],
            _ => [],
        };
    }

    /// <summary>TASK_KILLING is for those who asked for it.</summary>
    private static bool IsWanted(FrameworkBook book, TaskState state) =>
        state != TaskState.Killing || book.Info?.Capabilities.HasFlag(FrameworkCapabilities.TaskKillingState) != false;

    private static TaskUpdate Back(TaskUpdate status, AgentId agent, DateTimeOffset now, string message) => status with
    {
        Source = TaskSource.Master, Reason = TaskReason.AgentReregistered, Message = message, AgentId = agent, Timestamp = now, Uuid = Guid.NewGuid(),
    };
}
