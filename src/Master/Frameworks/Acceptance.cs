using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Frameworks;

/// <summary>What becomes of accepted offers, as pure decisions: checks, what the allocator is asked, what its answer means.</summary>
internal static class Acceptance
{
    /// <summary>Most offers of one call.</summary>
    public const int MaxOffers = 1000;

    /// <summary>Most tasks of one call.</summary>
    public const int MaxTasks = 10_000;

    /// <summary>All tasks of a call, in order.</summary>
    public static IEnumerable<TaskInfo> TasksOf(IReadOnlyList<OfferOperation> operations) => operations.SelectMany(Tasks);

    /// <summary>Checks a call by itself and against the book. Nothing of a call with a fault is done.</summary>
    public static Result<OffersAccepted> Check(FrameworkBook book, AcceptOffers call, DateTimeOffset now, int mostTasks)
    {
        if (call.OfferIds.Count is 0 or > MaxOffers)
            return new Problem("offer_ids", $"must name 1 to {MaxOffers} offers, names {call.OfferIds.Count}");
        var ids = new HashSet<TaskId>();
        for (int i = 0; i < call.Operations.Count; i++)
        {
            if (CheckOperation(book, call.Operations[i], ids) is { } problem)
                return problem.Under($"operations[{i}]");
        }
        if (ids.Count > MaxTasks)
            return new Problem("operations", $"must launch at most {MaxTasks} tasks in one call, launches {ids.Count}");
        if (book.Live + ids.Count > mostTasks)
            return new Problem("operations", $"a framework may have {mostTasks} tasks, and would have {book.Live + ids.Count}");
        return new OffersAccepted(call.RequestId, book.LastUse + 1, call.OfferIds, call.Operations, call.RefuseFor ?? RefuseFilters.Default, now);
    }

    /// <summary>What the allocator is asked.</summary>
    public static UseOffers Ask(FrameworkBook book, OffersAccepted accepted) => new(
        book.Id, accepted.Number, book.Uses.Keys.First(), accepted.OfferIds, [.. accepted.Operations.Select(Sketch)], accepted.RefuseFor);

    /// <summary>What the allocator's answer means for the tasks and operations of the use.</summary>
    public static FrameworkEvent Answer(FrameworkBook book, PendingUse use, OffersUsed answer, DateTimeOffset now)
    {
        OffersAccepted accepted = use.Accepted;
        if (answer.Problem is { } problem)
        {
            string message = $"Task launched with invalid offers: {problem.Reason}";
            return new UseVoided(
                accepted.Number,
                [.. Entries(book, TasksOf(accepted.Operations)).Select(task => book.Make(task, TaskState.Dropped, TaskReason.InvalidOffers, message, now))],
                [.. Named(accepted).Select(operation => new OperationStatus(operation, OperationState.Error, problem.ToString()))]);
        }
        AgentStanding agent = answer.Agent!;
        var refused = answer.RefusedOperations.ToDictionary(static operation => operation.Index, static operation => operation.Problem);
        var statuses = answer.RefusedTasks.SelectMany(task => Entries(book, task.TaskId).Select(entry =>
            book.Make(
                entry, task.IsPassing ? TaskState.Dropped : TaskState.Error, task.IsPassing ? TaskReason.ContainerLaunchFailed : TaskReason.TaskInvalid,
                task.Problem.ToString(), now) with { AgentId = agent.AgentId })).ToList();
        var operations = new List<OperationStatus>();
        foreach ((int index, Problem reason) in refused)
        {
            if (accepted.Operations[index].Id is { } id)
                operations.Add(new OperationStatus(id, OperationState.Error, reason.ToString(), agent.AgentId));
        }
        return new UseGranted(
            accepted.Number, answer.Epoch, agent.AgentId, agent.Registration, answer.Role!, answer.Conversions, statuses, operations);
    }

    /// <summary>What the agent is sent for a granted use: whatever of it has not ended, and the conversions. Null when nothing is left to send.</summary>
    public static LaunchTasks? Launch(FrameworkBook book, PendingUse use)
    {
        UseGranted granted = use.Granted!;
        var tasks = new List<TaskLaunch>();
        for (int i = 0; i < use.Accepted.Operations.Count; i++)
        {
            OfferOperation operation = use.Accepted.Operations[i];
            string? group = operation is OfferOperation.LaunchGroup ? $"{granted.Number}-{i}" : null;
            tasks.AddRange(Entries(book, Tasks(operation)).Where(static task => !task.HasEnded).Select(task => new TaskLaunch(task.Info, group)));
        }
        var framework = new FrameworkBrief(book.Id, book.Info!.Name, book.Info.User, book.Info.Principal);
        return tasks.Count == 0 && granted.Conversions.Count == 0
            ? null
            : new LaunchTasks(framework, granted.AgentId, granted.Epoch, granted.Registration, granted.Number, granted.Role, granted.Conversions, tasks);
    }

    /// <summary>What the agent's word on the conversions means for operations that have an id.</summary>
    public static IReadOnlyList<OperationStatus> Converted(PendingUse use, Problem? problem) =>
    [
        .. use.Granted!.Conversions.Where(applied => use.Accepted.Operations[applied.Index].Id is not null).Select(applied => new OperationStatus(
            use.Accepted.Operations[applied.Index].Id!.Value, problem is null ? OperationState.Finished : OperationState.Failed, problem?.ToString(),
            use.Granted.AgentId, problem is null ? applied.Converted : null)),
    ];

    private static Problem? CheckOperation(FrameworkBook book, OfferOperation operation, HashSet<TaskId> ids)
    {
        if (operation.Id is { } id && (IdRules.Check("id", id.Value) ?? (book.Operations.ContainsKey(id) ? new Problem("id", $"'{id}' was used before") : null)) is { } badId)
            return badId;
        switch (operation)
        {
            case OfferOperation.Convert { Operation: Operation.Launch or Operation.LaunchGroup }:
                return new Problem("type", "a launch needs whole tasks");
            case OfferOperation.Convert convert:
                return Conversions.Of(convert.Operation, role: null).Problem;
            case OfferOperation.LaunchGroup group when TaskRules.CheckExecutor(group.Executor) is { } badExecutor:
                return badExecutor.Under("launch_group.executor");
            case OfferOperation.LaunchGroup { Tasks: var tasks } when tasks.Any(static task => task.Executor is not null):
                return new Problem("launch_group.tasks", "tasks of a group run under the group's executor, and name none");
        }
        if (operation is OfferOperation.Launch { Tasks.Count: 0 } or OfferOperation.LaunchGroup { Tasks.Count: 0 })
            return new Problem("tasks", "must not be empty");
        int index = 0;
        foreach (TaskInfo task in Tasks(operation))
        {
            if ((TaskRules.Check(task) ?? CheckId(book, task.Id, ids)) is { } problem)
                return problem.Under($"tasks[{index}]");
            index++;
        }
        return null;
    }

    private static Problem? CheckId(FrameworkBook book, TaskId id, HashSet<TaskId> ids) =>
        !ids.Add(id) ? new Problem("task_id", $"'{id}' is named twice")
        : book.Find(id) is { } known ? new Problem("task_id", $"'{id}' was used before; it is {known.Status.State.WireName()}")
        : null;

    private static IEnumerable<TaskInfo> Tasks(OfferOperation operation) => operation switch
    {
        OfferOperation.Launch launch => launch.Tasks,
        OfferOperation.LaunchGroup group => group.Tasks.Select(task => task.Executor is null ? task with { Executor = group.Executor } : task),
        _ => [],
    };

    private static Operation Sketch(OfferOperation operation) => operation switch
    {
        OfferOperation.Launch launch => new Operation.Launch([.. launch.Tasks.Select(static task => task.Sketch)]),
        OfferOperation.LaunchGroup group => new Operation.LaunchGroup(
            [.. Tasks(group).Select(static task => task.Sketch with { ExecutorResources = null })], group.Executor.Resources),
        OfferOperation.Convert convert => convert.Operation,
        _ => throw new InvalidOperationException($"no sketch of {operation.GetType().Name}"),
    };

    private static IEnumerable<TaskEntry> Entries(FrameworkBook book, IEnumerable<TaskInfo> tasks) => tasks.SelectMany(task => Entries(book, task.Id));

    private static IEnumerable<TaskEntry> Entries(FrameworkBook book, TaskId id) => book.Tasks.TryGetValue(id, out TaskEntry? task) ? [task] : [];

    private static IEnumerable<OperationId> Named(OffersAccepted accepted) =>
        accepted.Operations.Where(static operation => operation.Id is not null).Select(static operation => operation.Id!.Value);
}
