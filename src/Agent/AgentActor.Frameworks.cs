using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>Frameworks: launches, kills, questions, and the updates that they are owed.</content>
internal sealed partial class AgentActor
{
    private readonly Dictionary<FrameworkId, TimeSpan> _pauses = [];

    private void ReceiveFrameworks()
    {
        Receive<LaunchTasks>(Launch);
        Receive<EndTask>(end => EndTask(new TaskKey(end.FrameworkId, end.TaskId), new Stop(end.GracePeriod, end.Reason)));
        Receive<EndExecutor>(end => EndAll(task => task.Framework.Id == end.FrameworkId && task.Launch.Task.Executor?.Id == end.ExecutorId, reason: null));
        Receive<EndFramework>(end => EndAll(task => task.Framework.Id == end.FrameworkId, TaskReason.FrameworkRemoved));
        Receive<AskForTasks>(ask =>
        {
            IActorRef sender = Sender;
            // What was launched before the question is in the book already, but perhaps not yet durable.
            Commit(() => Answer(ask, sender));
        });
        Receive<UpdatesKept>(Kept);
        Receive<DeliverToExecutor>(static _ => { });
        Receive<ReportDue>(due => Report(due.FrameworkId));
    }

    private void Launch(LaunchTasks launch)
    {
        IActorRef sender = Sender;
        if (launch.AgentId != Id)
            return;
        TaskLaunch[] strangers = [.. launch.Tasks.Where(task => !_book.Tasks.ContainsKey(new TaskKey(launch.Framework.Id, task.Task.Id)))];
        var released = new List<EndedTask>();
        var started = new List<TaskKey>();
        if (strangers.Length > 0 || launch.Tasks.Count == 0)
            Judge(launch, strangers, sender, released, started);
        Commit(() =>
        {
            _masters.Send(new LaunchKept(launch.Framework.Id, Id, launch.Number), Self);
            foreach (TaskKey key in started)
            {
                if (_book.Tasks.TryGetValue(key, out KeptTask? task))
                    Execute(task);
            }
            Release(released, []);
            Report(launch.Framework.Id);
        });
    }

    private void Judge(LaunchTasks launch, TaskLaunch[] tasks, IActorRef sender, List<EndedTask> released, List<TaskKey> started)
    {
        if (launch.Epoch != _epoch || launch.Registration != _registration)
        {
            // The present allocator never heard of it, so nothing is to be released.
            Drop(launch, tasks, TaskReason.InvalidOffers, $"Its offer was made in epoch {launch.Epoch}, before the agent registered anew");
            return;
        }
        if (launch.Conversions.Count > 0)
        {
            Problem? problem = _book.Convert([.. launch.Conversions.Select(static conversion => (conversion.Consumed, conversion.Converted))]);
            Commit(() => _masters.Send(new ConversionsMade(launch.Framework.Id, Id, launch.Number, problem), Self));
            if (problem is not null)
            {
                Drop(launch, tasks, TaskReason.ResourcesUnknown, problem.ToString());
                released.AddRange(Ended(launch, tasks));
                // The allocator's book has what this agent has not: it is told what there is.
                RegisterAnew();
                return;
            }
        }
        foreach (TaskLaunch[] together in tasks.Where(static task => task.Group is not null).GroupBy(static task => task.Group).Select(static group => group.ToArray())
            .Concat(tasks.Where(static task => task.Group is null).Select(static task => new[] { task })))
        {
            Problem? problem = Array.Find(together, task => ContainerizerFor(task.Task) is null) is { } odd
                ? new Problem("container", $"no containerizer of this agent runs task '{odd.Task.Id}'")
                : _book.Keep(launch, together, static () => Guid.NewGuid().ToString("N"), Now);
            if (problem is null)
            {
                started.AddRange(together.Select(task => new TaskKey(launch.Framework.Id, task.Task.Id)));
                continue;
            }
            _log.Warning("Agent {AgentId} refuses {Tasks} tasks of framework {FrameworkId}: {Problem}", Id, together.Length, launch.Framework.Id, problem);
            Drop(launch, together, TaskReason.ResourcesUnknown, problem.ToString());
            released.AddRange(Ended(launch, together));
        }
    }

    private void Drop(LaunchTasks launch, IEnumerable<TaskLaunch> tasks, TaskReason reason, string message)
    {
        foreach (TaskLaunch task in tasks)
        {
            _book.Owe(launch.Framework.Id, new TaskStatus(
                task.Task.Id, TaskState.Dropped, TaskSource.Agent, reason, message, Id, task.Task.Executor?.Id, Now, Guid.NewGuid()));
        }
    }

    private static IEnumerable<EndedTask> Ended(LaunchTasks launch, IEnumerable<TaskLaunch> tasks) =>
        tasks.Select(task => new EndedTask(launch.Framework.Id, task.Task.Id));

    private void EndTask(TaskKey key, Stop stop)
    {
        if (!_assignments.TryGetValue(key, out Assignment? assignment))
            return;
        // An executor's actor that is just beginning anew finds it there.
        assignment.Stop ??= stop;
        assignment.Actor?.Tell(stop);
    }

    private void EndAll(Func<KeptTask, bool> which, TaskReason? reason, TimeSpan? grace = null)
    {
        foreach (KeptTask task in _book.Live.Where(which).ToArray())
            EndTask(task.Key, new Stop(grace, reason));
    }

    private void Answer(AskForTasks ask, IActorRef sender) => _masters.Send(
        new TasksHeld(ask.FrameworkId, Id, Self, ask.Question,
        [
            .. _book.Tasks.Values.Where(task => task.Framework.Id == ask.FrameworkId).Select(static task => new TaskOnAgent(task.Launch.Task, task.Role, task.Status)),
        ]),
        sender);

    /// <summary>Sends what a framework is owed: one message at a time, again after a pause when it is not answered.</summary>
    private void Report(FrameworkId framework)
    {
        IReadOnlyList<TaskStatus> owed = _book.OwedTo(framework, _settings.UpdatesPerMessage);
        if (owed.Count == 0)
            return;
        _masters.Send(new ReportUpdates(framework, Id, Self, owed), Self);
        TimeSpan pause = _pauses.TryGetValue(framework, out TimeSpan last) ? Shorter(last + last, _settings.UpdateRetryMax) : _settings.UpdateRetryMin;
        _pauses[framework] = pause;
        Timers.StartSingleTimer($"report-{framework}", new ReportDue(framework), pause);
    }

    private void Kept(UpdatesKept kept)
    {
        IReadOnlyList<string> runs = _book.Delivered(kept.FrameworkId, kept.Updates);
        _pauses.Remove(kept.FrameworkId);
        Timers.Cancel($"report-{kept.FrameworkId}");
        // That they were delivered need not be durable before anything else: at worst they are sent again.
        Commit(() => Forget(runs));
        Report(kept.FrameworkId);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed record ReportDue(FrameworkId FrameworkId);
}
