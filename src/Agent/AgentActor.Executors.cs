using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent;

/// <content>Executors: one actor for each task that has not ended.</content>
internal sealed partial class AgentActor
{
    private readonly Dictionary<TaskKey, Assignment> _assignments = [];

    /// <summary>Ended tasks whose ports their group still has published.</summary>
    private readonly List<(KeptTask Task, Action Release)> _lingering = [];

    private void ReceiveExecutors()
    {
        Receive<Progress>(Progressed);
        ReceiveStrangers();
    }

    /// <summary>
    /// An executor that crashes begins anew at once and by itself waits before it looks at its container: what was sent to it
    /// meanwhile is not lost, and there is no end to it while its task has not ended.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(-1, Timeout.Infinite, static _ => Directive.Restart);

    private IContainerizer? ContainerizerFor(TaskInfo task)
    {
        foreach (IContainerizer containers in _options.Containerizers)
        {
            if (containers.CanRun(task))
                return containers;
        }
        return null;
    }

    private void Execute(KeptTask task, bool isNew)
    {
        if (_assignments.ContainsKey(task.Key))
            return;
        TaskInfo info = task.Launch.Task;
        if (HomeOf(task) is not { } containers)
            return;
        string user = info.Command?.User is { Length: > 0 } own ? own : task.Framework.User;
        var order = new ContainerOrder(task.RunId, Id, task.Framework.Id, info, user, task.Launch.Group) { Launch = containers.IsSimulated ? null : LaunchText.Of(task), Members = MembersOf(task) };
        SandboxStore? sandboxes = containers.IsSimulated ? null : _sandboxes;
        if (sandboxes is not null && Place(sandboxes, ref order) is { } problem)
        {
            Self.Tell(new Progress(task.Key, TaskState.Failed, TaskReason.ContainerLaunchFailed, problem));
            return;
        }
        var assignment = new Assignment(order, containers, task.Status, isNew) { Stop = task.End };
        _assignments[task.Key] = assignment;
        assignment.Actor = Context.ActorOf(ExecutorActor.Props(assignment, containers, sandboxes, _settings.Executors, _time));
    }

    private void Progressed(Progress progress)
    {
        if (!_book.Tasks.TryGetValue(progress.Task, out KeptTask? task))
            return;
        var status = new TaskUpdate(
            progress.Task.TaskId, progress.State, TaskSource.Executor, progress.Reason, progress.Message, Id, task.Launch.Task.Executor?.Id, Now, Guid.NewGuid(),
            ExitCode: progress.ExitCode, Container: progress.Container ?? task.Status.Container,
            Healthy: progress.Healthy ?? task.Status.Healthy, Check: progress.Check ?? task.Status.Check);
        (bool isNew, EndedTask? ended, EndedExecutor? executor) = _book.Change(progress.Task, status);
        if (!isNew)
            return;
        if (ended is not null)
        {
            if (_assignments.Remove(progress.Task, out Assignment? assignment))
                assignment.HasEnded = true;
            if (_stranded.Count > 0)
                CountStranded();
            EndSandbox(task.RunId);
            EndGroup(task, progress);
        }
        int generation = _generation;
        FrameworkId framework = progress.Task.FrameworkId;
        Commit(() =>
        {
            if (ended is not null)
            {
                Release(task, ended, executor, generation);
            }
            Report(framework);
        });
    }

    private IReadOnlyList<TaskInfo> MembersOf(KeptTask task) => task.Launch.Group is null
        ? []
        : [.. _book.Tasks.Values.Where(task.IsInGroupOf).Select(static member => member.Launch.Task).OrderBy(static member => member.Id.Value, StringComparer.Ordinal)];

    /// <summary>
    /// What a task held is free when it has ended, but for ports that a group has published: they are taken as long as any of it
    /// lives.
    /// </summary>
    private void Release(KeptTask task, EndedTask ended, EndedExecutor? executor, int generation)
    {
        if (task.HasGroupPorts)
            _lingering.Add((task, () => _releases.Add(generation, ended, executor)));
        else
            _releases.Add(generation, ended, executor);
        foreach ((KeptTask Task, Action Release) over in _lingering.Where(over => !_book.Live.Any(over.Task.IsInGroupOf)).ToArray())
        {
            over.Release();
            _lingering.Remove(over);
        }
        SendReleases();
    }

    /// <summary>
    /// Tasks of a group live and die together: one that fails or is killed takes the others with it, and so does one that
    /// finishes and has published ports, since they cannot be given back before.
    /// </summary>
    private void EndGroup(KeptTask ended, Progress progress)
    {
        if (ended.Launch.Group is { } group && (progress.State != TaskState.Finished || ended.HasGroupPorts))
            EndAll(task => task.Framework.Id == ended.Framework.Id && task.Launch.Group == group, new Stop(null, progress.Reason));
    }

    private void Remove(KeptTask task)
    {
        if (HomeOf(task) is { } containers)
            Remove(containers, task.RunId);
    }

    /// <summary>What cannot be removed now is found at the next start.</summary>
    private static void Remove(IContainerizer containers, string run)
    {
        Task removed = containers.Remove(run, CancellationToken.None);
        if (!removed.IsCompletedSuccessfully)
            removed.ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
    }
}
