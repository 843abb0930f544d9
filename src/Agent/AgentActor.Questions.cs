using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executions;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Containers.Files;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent;

/// <content>Questions about single tasks: files, usage, commands in their containers. They are answered besides, a bounded number at a time.</content>
internal sealed partial class AgentActor
{
    private const int MostAnswers = 200;
    private const int MostExecutions = 100;
    private static readonly TimeSpan FirstFileLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestFileLook = TimeSpan.FromMilliseconds(100);
    private int _answers;
    private int _executions;

    private void ReceiveQuestions()
    {
        Receive<ListFiles>(list => AnswerLater(list, run => Task.Run(() => List(list, run))));
        Receive<ReadFile>(read => AnswerLater(read, run => Follow(read, run)));
        Receive<GetUsage>(usage => AnswerLater(usage, run => Measure(usage, run)));
        Receive<ExecuteInTask>(Execute);
        Receive<Terminated>(_ => _executions--);
        Receive<Answered>(answered =>
        {
            _answers--;
            answered.Asker.Tell(answered.Answer);
        });
    }

    private static CommandRefused Refused(RefusalKind kind, string field, string reason) => new(Guid.Empty, kind, new Problem(field, reason));

    private void AnswerLater(ITaskQuestion question, Func<Run, Task<object>> answer)
    {
        if (_answers >= MostAnswers)
        {
            Sender.Tell(Refused(RefusalKind.LimitReached, "agent_id", $"the agent answers {MostAnswers} questions already"));
            return;
        }
        _answers++;
        IActorRef asker = Sender;
        Find(question, answer).PipeTo(
            Self, success: found => new Answered(asker, found),
            failure: cause => new Answered(asker, Refused(RefusalKind.Unavailable, "task_id", cause.Message)));
    }

    /// <summary>The run that is asked for: one that the book knows, else one whose sandbox is still there.</summary>
    private Task<object> Find(ITaskQuestion question, Func<Run, Task<object>> answer)
    {
        if (question.RunId is { } named && !SandboxFolders.IsRunId(named))
            return Task.FromResult<object>(Refused(RefusalKind.Invalid, "run_id", $"'{named}' is not the id of a run"));
        SandboxStore? sandboxes = _sandboxes;
        if (_book.Tasks.TryGetValue(new TaskKey(question.FrameworkId, question.TaskId), out KeptTask? task) && (question.RunId ?? task.RunId) == task.RunId)
            return answer(new Run(task.RunId, sandboxes?.Folders.SandboxOf(task.RunId), HomeOf(task), !task.HasEnded, _assignments.GetValueOrDefault(task.Key)) { Trouble = TroubleOf(task) });
        return sandboxes is null ? Task.FromResult<object>(Unknown(question)) : Task.Run(async () =>
        {
            RunRecord? record = RunRecord.Load(sandboxes.Folders)
                .Where(record => record.IsOf(question.FrameworkId, question.TaskId) && (question.RunId ?? record.RunId) == record.RunId)
                .MaxBy(static record => record.StartedAt);
            return record is null ? Unknown(question) : await answer(new Run(record.RunId, sandboxes.Folders.SandboxOf(record.RunId), null, false, null));
        });
    }

    private static CommandRefused Unknown(ITaskQuestion question) => Refused(
        RefusalKind.Unknown, "task_id", $"this agent has no {(question.RunId is { } run ? $"run '{run}' of " : "")}task '{question.TaskId}', and no sandbox of it any more");

    private static object List(ListFiles list, Run run)
    {
        if (run.Sandbox is null || !Directory.Exists(run.Sandbox))
            return NoSandbox(run);
        return SandboxReader.List(run.Sandbox, list.Path, list.After).TryGet(out var found, out Problem? problem)
            ? new FilesListed(list.FrameworkId, run.RunId, list.Path, found.Files, found.IsComplete)
            : new CommandRefused(Guid.Empty, RefusalKind.Invalid, problem);
    }

    private async Task<object> Follow(ReadFile read, Run run)
    {
        if (run.Sandbox is null || !Directory.Exists(run.Sandbox))
            return NoSandbox(run);
        long begin = _time.GetTimestamp();
        TimeSpan wait = read.Wait < FileLimits.LongestWait ? read.Wait : FileLimits.LongestWait;
        for (TimeSpan pause = FirstFileLook; ; pause = pause * 2 < LongestFileLook ? pause * 2 : LongestFileLook)
        {
            // Before the file is read, so that nothing is missed when the run ends in between.
            bool isLive = run.IsLive;
            bool isThere = SandboxReader.Read(run.Sandbox, read.Path, read.Offset, read.Length).TryGet(out var part, out Problem? problem);
            bool mayWait = isLive && _time.GetElapsedTime(begin) < wait;
            if (isThere && (part.Data.Length > 0 || !mayWait))
                return new FileRead(read.FrameworkId, run.RunId, read.Path, part.Offset, part.Data, part.Size, isLive, part.First);
            if (!isThere && !(mayWait && SandboxPath.Below(run.Sandbox, read.Path) is { } path && !Path.Exists(path)))
                return new CommandRefused(Guid.Empty, RefusalKind.Invalid, problem!);
            // Files are written by other processes, which tell nobody.
            await Task.Delay(pause, _time);
        }
    }

    private async Task<object> Measure(GetUsage question, Run run)
    {
        SandboxStore? sandboxes = _sandboxes;
        if (run.Containers is not { } containers || !run.IsLive)
            return Refused(RefusalKind.Conflict, "task_id", run.Trouble is { } stranded && run.IsLive ? Unseen(stranded) : $"task '{question.TaskId}' does not run");
        if (run.Trouble is { } trouble)
            return Refused(RefusalKind.Unavailable, "task_id", Unseen(trouble));
        using var limit = new CancellationTokenSource(FileLimits.LongestWait);
        ContainerUsage usage = await containers.Usage(run.RunId, limit.Token).WaitAsync(limit.Token);
        return new UsageRead(
            question.FrameworkId, run.RunId, usage.At, usage.ProcessorTime, usage.Memory, usage.MemoryLimit, usage.Processes, usage.Received, usage.Sent,
            usage.DiskUsed ?? (sandboxes is null || run.Sandbox is null ? null : await sandboxes.Sizes.Of(run.RunId)));
    }

    private void Execute(ExecuteInTask command)
    {
        bool isKnown = _book.Tasks.TryGetValue(new TaskKey(command.FrameworkId, command.TaskId), out KeptTask? task) && (command.RunId ?? task.RunId) == task.RunId;
        bool isRunning = isKnown && task!.Status.State is (TaskState.Running or TaskState.Killing);
        if (isRunning && TroubleOf(task!) is { } trouble)
            Sender.Tell(Refused(RefusalKind.Unavailable, "task_id", Unseen(trouble)));
        else if (!isRunning || HomeOf(task!) is not { } containers)
            Sender.Tell(Refused(isKnown ? RefusalKind.Conflict : RefusalKind.Unknown, "task_id", $"task '{command.TaskId}' does not run on this agent"));
        else if (command.Arguments.Count == 0 || command.Arguments[0].Length == 0)
            Sender.Tell(Refused(RefusalKind.Invalid, "arguments", "must name a program"));
        else if (_executions >= MostExecutions)
            Sender.Tell(Refused(RefusalKind.LimitReached, "agent_id", $"the agent runs {MostExecutions} commands in tasks already"));
        else
        {
            _executions++;
            Context.Watch(Context.ActorOf(ExecutionActor.Props(command, Sender, task!.RunId, containers, _settings.Executors.CallTimeout)));
        }
    }

    private static string Unseen(string trouble) => $"its agent does not see its container just now: {trouble}";

    private static CommandRefused NoSandbox(Run run) => Refused(RefusalKind.Unknown, "run_id", $"run '{run.RunId}' has no sandbox here (any more)");

    /// <summary>A run that is asked about.</summary>
    private sealed record Run(string RunId, string? Sandbox, IContainerizer? Containers, bool IsKept, Executors.Assignment? Assignment)
    {
        /// <summary>Why its container cannot be seen now, or null.</summary>
        public string? Trouble { get; init; }

        /// <summary>After a restart of the agent a task that has not ended may not be assigned yet.</summary>
        public bool IsLive => IsKept && Assignment is not { HasEnded: true };
    }

    private sealed record Answered(IActorRef Asker, object Answer);
}
