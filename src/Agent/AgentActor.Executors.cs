using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Containers;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent;

/// <content>Executors: one actor for each task.</content>
internal sealed partial class AgentActor
{
    private readonly Dictionary<TaskKey, Assignment> _assignments = [];
    private readonly Dictionary<string, (IContainerizer Containers, string RunId)> _ended = [];
    private readonly Dictionary<FrameworkId, bool> _reporting = [];

    private void ReceiveExecutors() => Receive<Progress>(Progressed);

    private void Execute(KeptTask task)
    {
        if (_assignments.ContainsKey(task.Key))
            return;
        if (ContainerizerFor(task.Launch.Task) is not { } containers)
        {
            // After a restart with fewer containerizers than before.
            Self.Tell(new Progress(task.Framework.Id, task.Launch.Task.Id, TaskState.Failed, TaskReason.ContainerLaunchFailed, "No containerizer of this agent runs it any more"));
            return;
        }
        TaskInfo info = task.Launch.Task;
        string user = info.Command?.User ?? task.Framework.User;
        var order = new ContainerOrder(task.RunId, Id, task.Framework.Id, info, user, task.Launch.Group);
        var assignment = new Assignment(order, task.Status.State);
        _assignments[task.Key] = assignment;
        _ended[task.RunId] = (containers, task.RunId);
        assignment.Actor = Context.ActorOf(ExecutorSupervision.Props(assignment, containers, _settings.Executors));
    }

    private void Progressed(Progress progress)
    {
        var key = new TaskKey(progress.FrameworkId, progress.TaskId);
        if (!_book.Tasks.TryGetValue(key, out KeptTask? task))
            return;
        var status = new TaskStatus(
            progress.TaskId, progress.State, TaskSource.Executor, progress.Reason, progress.Message, Id, task.Launch.Task.Executor?.Id, Now, Guid.NewGuid(),
            ExitCode: progress.ExitCode, Container: progress.Container);
        (EndedTask? ended, EndedExecutor? executor) = _book.Change(key, status);
        if (progress.State.IsTerminal())
        {
            _assignments.Remove(key);
            EndGroup(task, progress);
        }
        // Updates that come while one save is under way are reported together.
        bool isFirst = _reporting.TryAdd(progress.FrameworkId, true);
        Commit(() =>
        {
            Release(ended is null ? [] : [ended], executor is null ? [] : [executor]);
            if (!isFirst)
                return;
            _reporting.Remove(progress.FrameworkId);
            if (!_pauses.ContainsKey(progress.FrameworkId))
                Report(progress.FrameworkId);
        });
    }

    /// <summary>Tasks of a group live and die together: one that fails or is killed takes the others with it.</summary>
    private void EndGroup(KeptTask ended, Progress progress)
    {
        if (ended.Launch.Group is not { } group || progress.State == TaskState.Finished)
            return;
        EndAll(task => task.Framework.Id == ended.Framework.Id && task.Launch.Group == group, progress.Reason);
    }

    private void Forget(IReadOnlyList<string> runs)
    {
        foreach (string run in runs)
        {
            if (_ended.Remove(run, out (IContainerizer Containers, string RunId) container))
                container.Containers.Remove(container.RunId, CancellationToken.None).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }
}
