using ActorScheduler.Agent.Containers;
using ActorScheduler.Model;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent.Executors;

/// <summary>
/// Drives one container. When it crashes it is restarted, looks how the container is, and goes on from there; no other task
/// notices.
/// <code>
///   Inspecting -- absent, never ran --> Starting --> Running --> (ended)
///              -- runs ------------------------------^  |
///              -- ended, or absent after it ran --------|--> (ended)
///                             Stop in any state: the container is stopped with grace, then killed
/// </code>
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which disposes of it.")]
internal sealed class ExecutorActor : ReceiveActor, IWithTimers
{
    private readonly Assignment _assignment;
    private readonly IContainerizer _containers;
    private readonly ExecutorSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _lifetime = new();
    private ContainerStatus? _status;
    private bool _isStopping;
    private TaskReason? _overdue;

    public ExecutorActor(Assignment assignment, IContainerizer containers, ExecutorSettings settings)
    {
        (_assignment, _containers, _settings) = (assignment, containers, settings);
        Inspecting();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ContainerOrder Order => _assignment.Order;

    private TaskInfo Task => Order.Task;

    /// <param name="assignment">What to do.</param>
    /// <param name="containers">By what.</param>
    /// <param name="settings">Times.</param>
    public static Props Props(Assignment assignment, IContainerizer containers, ExecutorSettings settings) =>
        Akka.Actor.Props.Create(() => new ExecutorActor(assignment, containers, settings));

    protected override void PreStart() => Look();

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    private void Inspecting()
    {
        Receive<ContainerState.Absent>(_ => StartOrReport());
        Receive<ContainerState.Running>(running => Runs(running.Status));
        Receive<ContainerState.Ended>(ended => Ended(ended.End));
        Receive<Stop>(stop => _assignment.Stop = stop);
        Receive<Failed>(failed => throw new ContainerException($"the container cannot be inspected: {failed.Cause.Message}", failed.Cause));
    }

    private void Starting()
    {
        Receive<ContainerStatus>(Runs);
        Receive<Stop>(stop => _assignment.Stop = stop);
        Receive<Failed>(failed =>
        {
            if (_assignment.Stop is { } stop)
                End(TaskState.Killed, stop.Reason ?? TaskReason.TaskKilledDuringLaunch, failed.Cause.Message);
            else
                End(TaskState.Failed, TaskReason.ContainerLaunchFailed, failed.Cause.Message);
        });
    }

    private void Running()
    {
        Receive<ContainerEnd>(Ended);
        Receive<Stop>(Stop);
        Receive<Stopped>(static _ => { });
        Receive<Failed>(failed => throw new ContainerException($"the container cannot be watched: {failed.Cause.Message}", failed.Cause));
        Receive<MaxCompletionTimeDue>(_ =>
        {
            _overdue = TaskReason.MaxCompletionTimeReached;
            Stop(new Stop(TimeSpan.Zero, null));
        });
    }

    private void Look() => _containers.Inspect(Order.RunId, _lifetime.Token)
        .WaitAsync(_settings.CallTimeout, _lifetime.Token).PipeTo(Self, failure: static cause => new Failed(cause));

    private void StartOrReport()
    {
        if (_assignment.HasRun)
        {
            End(TaskState.Failed, TaskReason.ExecutorTerminated, "Its container is gone: it did not outlive the agent's process");
            return;
        }
        if (_assignment.Stop is { } stop)
        {
            End(TaskState.Killed, stop.Reason ?? TaskReason.TaskKilledDuringLaunch, "Ended before it started");
            return;
        }
        Become(Starting);
        _containers.Start(Order, _lifetime.Token).WaitAsync(_settings.StartTimeout, _lifetime.Token).PipeTo(Self, failure: static cause => new Failed(cause));
    }

    private void Runs(ContainerStatus status)
    {
        _status = status;
        bool isNew = !_assignment.HasRun;
        _assignment.HasRun = true;
        Become(Running);
        if (isNew)
            Tell(TaskState.Running);
        _containers.WhenEnded(Order.RunId, _lifetime.Token).PipeTo(Self, failure: static cause => new Failed(cause));
        if (Task.MaxCompletionTime is { } most)
            Timers.StartSingleTimer(nameof(MaxCompletionTimeDue), MaxCompletionTimeDue.Instance, most);
        if (_assignment.Stop is { } stop)
            Stop(stop);
    }

    private void Stop(Stop stop)
    {
        // A shorter grace may come later; a longer one changes nothing.
        bool isFirst = !_isStopping;
        _isStopping = true;
        _assignment.Stop ??= stop;
        if (isFirst && _overdue is null)
            Tell(TaskState.Killing, stop.Reason);
        TimeSpan grace = stop.Grace ?? Task.KillGracePeriod ?? _settings.KillGracePeriod;
        _containers.Stop(Order.RunId, grace, _lifetime.Token).PipeTo(Self, success: static () => Stopped.Instance, failure: static cause => new Failed(cause));
    }

    private void Ended(ContainerEnd end)
    {
        if (end.IsOutOfMemory)
            End(TaskState.Failed, TaskReason.ContainerLimitationMemory, end.Message ?? "It took more memory than it may", end.ExitCode);
        else if (_overdue is { } overdue)
            End(TaskState.Failed, overdue, $"It ran longer than {Task.MaxCompletionTime}", end.ExitCode);
        else if (_assignment.Stop is { } stop)
            End(TaskState.Killed, stop.Reason, end.Message, end.ExitCode);
        else if (end.ExitCode == 0)
            End(TaskState.Finished, null, end.Message, 0);
        else
            End(TaskState.Failed, TaskReason.CommandExecutorFailed, end.Message ?? $"Command ended with exit code {end.ExitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}", end.ExitCode);
    }

    private void End(TaskState state, TaskReason? reason, string? message, int? exitCode = null)
    {
        Tell(state, reason, message, exitCode);
        _log.Debug("Task {TaskId} of framework {FrameworkId} is {State}", Task.Id, Order.FrameworkId, state);
        Context.Stop(Self);
    }

    private void Tell(TaskState state, TaskReason? reason = null, string? message = null, int? exitCode = null) =>
        Context.Parent.Tell(new Progress(Order.FrameworkId, Task.Id, state, reason, message, exitCode, _status));

    private sealed record Failed(Exception Cause);

    private sealed record Stopped
    {
        public static readonly Stopped Instance = new();
    }

    private sealed record MaxCompletionTimeDue
    {
        public static readonly MaxCompletionTimeDue Instance = new();
    }
}
