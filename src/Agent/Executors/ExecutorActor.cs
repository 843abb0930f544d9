using System.Globalization;
using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Agent.Executors;

/// <summary>
/// Drives one container. When it crashes it is restarted, waits a moment, looks how the container is, and goes on from there;
/// no other task notices. When the engine does not answer it does the same without a crash: a task is never judged by an
/// engine's silence.
/// <code>
///   Inspecting -- absent, never ran --> Preparing --> Starting --> Running --> (ended)
///              -- runs ------------------------------------|-------^  |
///              -- ended, or absent after it ran ----------------------|--> (ended)
///                                                          v
///                             fails, and the engine is well: Cleaning --> (ended)
///        no answer in any state --> Inspecting, after a pause or when the engine is back
///        Stop in any state: the container is stopped with grace, then killed
/// </code>
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which disposes of it.")]
internal sealed partial class ExecutorActor : UntypedActor, IWithTimers
{
    private readonly Assignment _assignment;
    private readonly IContainerizer _containers;
    private readonly SandboxStore? _sandboxes;
    private readonly ExecutorSettings _settings;
    private readonly TimeProvider _time;
    private ContainerStatus? _status;
    private TimeSpan? _grace;

    public ExecutorActor(Assignment assignment, IContainerizer containers, SandboxStore? sandboxes, ExecutorSettings settings, TimeProvider time)
    {
        (_assignment, _containers, _sandboxes, _settings, _time) = (assignment, containers, sandboxes, settings, time);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ContainerOrder Order => _assignment.Order;

    private TaskInfo Task => Order.Task;

    /// <param name="assignment">What to do.</param>
    /// <param name="containers">By what.</param>
    /// <param name="sandboxes">Prepares its sandbox; null when it has none.</param>
    /// <param name="settings">Times.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(Assignment assignment, IContainerizer containers, SandboxStore? sandboxes, ExecutorSettings settings, TimeProvider time) =>
        Akka.Actor.Props.CreateBy(new Producer(assignment, containers, sandboxes, settings, time));

    protected override void PreStart()
    {
        if (_assignment.Crashes.Count > 0)
            Timers.StartSingleTimer(nameof(LookDue), LookDue.Instance, Pause(_assignment.Crashes.Count));
        else if (_assignment.IsNew)
            StartOrReport();
        else
            Look();
    }

    protected override void PreRestart(Exception reason, object? message)
    {
        CountCrash();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _life.Cancel();
        _life.Dispose();
    }

    protected override void OnReceive(object? message) => Inspecting(message!);

    private void Inspecting(object message)
    {
        switch (message)
        {
            case LookDue:
                Look();
                break;
            case EngineBack:
                Reinspect();
                break;
            case Answer { Value: ContainerState state } answer when IsMine(answer):
                Found(state);
                break;
            case Answer answer when IsMine(answer):
                Fail(answer, "inspected");
                break;
        }
    }

    private void Preparing(object message)
    {
        switch (message)
        {
            case Answer { Fault: { } fault } answer when IsMine(answer):
                _assignment.Failure = fault is SandboxException ? fault.Message : $"Its sandbox cannot be made: {fault.Message}";
                EndUnstarted();
                break;
            case Answer answer when IsMine(answer):
                _assignment.IsPrepared = true;
                Launch();
                break;
            case Stop:
                _assignment.Failure = "Ended before it started";
                EndUnstarted();
                break;
        }
    }

    private void Starting(object message)
    {
        switch (message)
        {
            case Answer { Value: ContainerStatus status } answer when IsMine(answer):
                Runs(status);
                break;
            case Answer { Value: EngineAnswer { Problem: null } } answer when IsMine(answer):
                _assignment.Failure = _startFault;
                CleanUp();
                break;
            case Answer { Value: EngineAnswer } answer when IsMine(answer):
                Suspend();
                break;
            case Answer { Fault: { } fault } answer when IsMine(answer):
                // An engine that does not answer says nothing about the task.
                _startFault = fault is TimeoutException ? $"It did not start within {_settings.StartTimeout}" : fault.Message;
                _assignment.FailureCode = (fault as ContainerException)?.ExitCode;
                AskEngine();
                break;
            case Stop:
                _assignment.Failure = "Ended before it started";
                CleanUp();
                break;
            case EngineBack:
                Reinspect();
                break;
        }
    }

    private void Running(object message)
    {
        switch (message)
        {
            case Answer { Value: ContainerEnd end } answer when IsMine(answer):
                Ended(end);
                break;
            case Answer { Value: EngineAnswer engine } answer when IsMine(answer):
                Judge(engine);
                break;
            case Answer { Fault: not null } answer when IsMine(answer):
                Fail(answer, "watched or stopped");
                break;
            case Stop stop:
                StopContainer(stop);
                break;
            case MaxCompletionTimeDue:
                _assignment.IsOverdue = true;
                StopContainer(new Stop(TimeSpan.Zero, null));
                break;
            case Health.Probed probed:
                Note(probed);
                break;
            case DiskDue:
                MeasureDisk();
                break;
            case DiskMeasured measured:
                JudgeDisk(measured);
                break;
            case EngineLost:
                StopProbes();
                break;
            case EngineBack:
                Reinspect();
                break;
        }
    }

    private void Cleaning(object message)
    {
        switch (message)
        {
            case Answer { Fault: not null } answer when IsMine(answer):
                Fail(answer, "removed");
                break;
            case Answer answer when IsMine(answer):
                EndUnstarted();
                break;
            case EngineBack:
                Reinspect();
                break;
        }
    }

    private void Look() => Ask(_containers.Inspect(Order.RunId, _life.Token).WaitAsync(_settings.CallTimeout, _life.Token));

    private void Found(ContainerState state)
    {
        switch (state)
        {
            case ContainerState.Absent when _assignment.Failure is not null:
                EndUnstarted();
                break;
            case ContainerState.Absent when _assignment.RunsSince is not null:
                End(TaskState.Failed, TaskReason.ExecutorTerminated, "Its container is gone: it did not outlive the agent's process");
                break;
            case ContainerState.Absent:
                StartOrReport();
                break;
            case var _ when _assignment.Failure is not null:
                CleanUp();
                break;
            case ContainerState.Running running:
                Runs(running.Status);
                break;
            case ContainerState.Ended ended:
                Ended(ended.End);
                break;
        }
    }

    private void StartOrReport()
    {
        if (_assignment.Stop is not null)
        {
            _assignment.Failure = "Ended before it started";
            EndUnstarted();
        }
        else if (_sandboxes is null || _assignment.IsPrepared)
            Launch();
        else
            Prepare(_sandboxes);
    }

    private void Prepare(SandboxStore sandboxes)
    {
        if (!_assignment.IsStartingTold && SandboxStore.ArtifactsOf(Task).Count > 0)
        {
            _assignment.IsStartingTold = true;
            Tell(TaskState.Starting, message: "Its artifacts are being fetched");
        }
        Become(Preparing);
        Ask(Done(sandboxes.Prepare(Order, _life.Token)));
    }

    private void Launch()
    {
        _assignment.IsNew = false;
        Become(Starting);
        Ask(_containers.Start(Order, _life.Token).WaitAsync(_settings.StartTimeout, _life.Token));
    }

    /// <summary>A start that failed may have left something, or go on: its resources are free only when nothing of it can run.</summary>
    private void CleanUp()
    {
        Become(Cleaning);
        Ask(Done(_containers.Remove(Order.RunId, _life.Token).WaitAsync(_settings.CallTimeout, _life.Token)));
    }

    private void EndUnstarted()
    {
        if (_assignment.Stop is { } stop)
            End(TaskState.Killed, stop.Reason ?? TaskReason.TaskKilledDuringLaunch, _assignment.Failure);
        else
            End(TaskState.Failed, TaskReason.ContainerLaunchFailed, _assignment.Failure, _assignment.FailureCode);
    }

    private void Runs(ContainerStatus status)
    {
        _status = status.Sandbox is null ? status with { Sandbox = Order.Sandbox } : status;
        Become(Running);
        if (_assignment.RunsSince is null)
        {
            _assignment.RunsSince = _time.GetUtcNow();
            Tell(TaskState.Running);
        }
        Ask(_containers.WhenEnded(Order.RunId, _life.Token));
        if (Task.MaxCompletionTime is { } most)
        {
            TimeSpan left = most - (_time.GetUtcNow() - _assignment.RunsSince.Value);
            Timers.StartSingleTimer(nameof(MaxCompletionTimeDue), MaxCompletionTimeDue.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
        WatchDisk();
        if (_assignment.Stop is { } stop)
            StopContainer(stop);
        else if (_assignment.Unwell is not null)
            StopContainer(new Stop(null, TaskReason.TaskHealthCheckStatusUpdated));
        else
            StartProbes(status);
    }

    /// <summary>A shorter grace may come later; the same or a longer one changes nothing.</summary>
    private void StopContainer(Stop stop)
    {
        StopProbes();
        if (!_assignment.IsKillingTold && !_assignment.IsOverdue && _assignment.OverDisk is null)
        {
            _assignment.IsKillingTold = true;
            Tell(TaskState.Killing, stop.Reason, _assignment.Unwell);
        }
        TimeSpan grace = TimeRules.ForTimer(stop.Grace ?? Task.KillGracePeriod ?? _settings.KillGracePeriod);
        if (_grace <= grace)
            return;
        _grace = grace;
        Ask(Done(_containers.Stop(Order.RunId, grace, _life.Token).WaitAsync(grace + _settings.CallTimeout, _life.Token)));
    }

    private void Ended(ContainerEnd end)
    {
        if (end.IsOutOfMemory)
            End(TaskState.Failed, TaskReason.ContainerLimitationMemory, end.Message ?? "It took more memory than it may", end.ExitCode);
        else if (_assignment.OverDisk is { } over)
            End(TaskState.Failed, TaskReason.ContainerLimitationDisk, over, end.ExitCode);
        else if (_assignment.IsOverdue)
            End(TaskState.Failed, TaskReason.MaxCompletionTimeReached, $"It ran longer than {Task.MaxCompletionTime}", end.ExitCode);
        else if (_assignment.Stop is { } stop)
            End(TaskState.Killed, stop.Reason, end.Message, end.ExitCode);
        else if (_assignment.Unwell is { } unwell)
            End(TaskState.Killed, TaskReason.TaskHealthCheckStatusUpdated, unwell, end.ExitCode);
        else if (end.ExitCode == 0)
            End(TaskState.Finished, null, end.Message, 0);
        else
            End(TaskState.Failed, TaskReason.CommandExecutorFailed, end.Message ?? $"Command ended with exit code {end.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}", end.ExitCode);
    }

    private void End(TaskState state, TaskReason? reason, string? message, int? exitCode = null)
    {
        Tell(state, reason, message, exitCode);
        Become(static _ => { });
        Context.Stop(Self);
    }

    private void Tell(TaskState state, TaskReason? reason = null, string? message = null, int? exitCode = null) => Context.Parent.Tell(new Progress(
        new TaskKey(Order.FrameworkId, Task.Id), state, reason, message, exitCode, _status, _assignment.Health?.Healthy, _assignment.Checked));

    private sealed record LookDue
    {
        public static readonly LookDue Instance = new();
    }

    private sealed record MaxCompletionTimeDue
    {
        public static readonly MaxCompletionTimeDue Instance = new();
    }

    /// <summary>There is one for each task, and an expression would be read anew for each.</summary>
    private sealed class Producer(Assignment assignment, IContainerizer containers, SandboxStore? sandboxes, ExecutorSettings settings, TimeProvider time)
        : IIndirectActorProducer
    {
        public Type ActorType => typeof(ExecutorActor);

        public ActorBase Produce() => new ExecutorActor(assignment, containers, sandboxes, settings, time);

        public void Release(ActorBase actor)
        {
        }
    }
}
