using System.Globalization;
using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Containers;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Agent.Executors;

/// <summary>
/// Drives one container. When it crashes it is restarted, waits a moment, looks how the container is, and goes on from there;
/// no other task notices.
/// <code>
///   Inspecting -- absent, never ran --> Starting --> Running --> (ended)
///              -- runs ----------------------|-------^  |
///              -- ended, or absent after it ran --------|--> (ended)
///                                            v
///                                     fails: Cleaning --> (ended)
///                             Stop in any state: the container is stopped with grace, then killed
/// </code>
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which disposes of it.")]
internal sealed class ExecutorActor : UntypedActor, IWithTimers
{
    private readonly Assignment _assignment;
    private readonly IContainerizer _containers;
    private readonly ExecutorSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lifetime = new();
    private ContainerStatus? _status;
    private TimeSpan? _grace;

    public ExecutorActor(Assignment assignment, IContainerizer containers, ExecutorSettings settings, TimeProvider time)
    {
        (_assignment, _containers, _settings, _time) = (assignment, containers, settings, time);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ContainerOrder Order => _assignment.Order;

    private TaskInfo Task => Order.Task;

    /// <param name="assignment">What to do.</param>
    /// <param name="containers">By what.</param>
    /// <param name="settings">Times.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(Assignment assignment, IContainerizer containers, ExecutorSettings settings, TimeProvider time) =>
        Akka.Actor.Props.Create<ExecutorActor>(assignment, containers, settings, time);

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
        DateTimeOffset now = _time.GetUtcNow();
        bool isAgain = now - _assignment.Crashes.Last < _settings.RestartMax * 2;
        _assignment.Crashes = (isAgain ? _assignment.Crashes.Count + 1 : 1, now);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }

    /// <summary>Inspecting.</summary>
    protected override void OnReceive(object? message)
    {
        switch (message)
        {
            case LookDue:
                Look();
                break;
            case Answer answer when IsMine(answer):
                Found((ContainerState)Value(answer, "inspected"));
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
            case Answer { Fault: { } fault } answer when IsMine(answer):
                _assignment.Failure = fault is TimeoutException ? $"It did not start within {_settings.StartTimeout}" : fault.Message;
                CleanUp();
                break;
            case Stop:
                _assignment.Failure = "Ended before it started";
                CleanUp();
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
            case Answer answer when IsMine(answer):
                Value(answer, "watched or stopped");
                break;
            case Stop stop:
                StopContainer(stop);
                break;
            case MaxCompletionTimeDue:
                _assignment.IsOverdue = true;
                StopContainer(new Stop(TimeSpan.Zero, null));
                break;
        }
    }

    private void Cleaning(object message)
    {
        if (message is not Answer answer || !IsMine(answer))
            return;
        Value(answer, "removed");
        EndUnstarted();
    }

    private void Look() => Ask(_containers.Inspect(Order.RunId, _lifetime.Token).WaitAsync(_settings.CallTimeout, _lifetime.Token));

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
            return;
        }
        _assignment.IsNew = false;
        Become(Starting);
        Ask(_containers.Start(Order, _lifetime.Token).WaitAsync(_settings.StartTimeout, _lifetime.Token));
    }

    /// <summary>A start that failed may have left something, or go on: its resources are free only when nothing of it can run.</summary>
    private void CleanUp()
    {
        Become(Cleaning);
        Ask(Removed());

        async Task<object> Removed()
        {
            await _containers.Remove(Order.RunId, _lifetime.Token).WaitAsync(_settings.CallTimeout, _lifetime.Token);
            return Akka.Done.Instance;
        }
    }

    private void EndUnstarted()
    {
        if (_assignment.Stop is { } stop)
            End(TaskState.Killed, stop.Reason ?? TaskReason.TaskKilledDuringLaunch, _assignment.Failure);
        else
            End(TaskState.Failed, TaskReason.ContainerLaunchFailed, _assignment.Failure);
    }

    private void Runs(ContainerStatus status)
    {
        _status = status;
        Become(Running);
        if (_assignment.RunsSince is null)
        {
            _assignment.RunsSince = _time.GetUtcNow();
            Tell(TaskState.Running);
        }
        Ask(_containers.WhenEnded(Order.RunId, _lifetime.Token));
        if (Task.MaxCompletionTime is { } most)
        {
            TimeSpan left = most - (_time.GetUtcNow() - _assignment.RunsSince.Value);
            Timers.StartSingleTimer(nameof(MaxCompletionTimeDue), MaxCompletionTimeDue.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
        if (_assignment.Stop is { } stop)
            StopContainer(stop);
    }

    /// <summary>A shorter grace may come later; the same or a longer one changes nothing.</summary>
    private void StopContainer(Stop stop)
    {
        if (!_assignment.IsKillingTold && !_assignment.IsOverdue)
        {
            _assignment.IsKillingTold = true;
            Tell(TaskState.Killing, stop.Reason);
        }
        TimeSpan grace = stop.Grace ?? Task.KillGracePeriod ?? _settings.KillGracePeriod;
        if (_grace <= grace)
            return;
        _grace = grace;
        Ask(Stopped());

        async Task<object> Stopped()
        {
            await _containers.Stop(Order.RunId, grace, _lifetime.Token).WaitAsync(grace + _settings.CallTimeout, _lifetime.Token);
            return Akka.Done.Instance;
        }
    }

    private void Ended(ContainerEnd end)
    {
        if (end.IsOutOfMemory)
            End(TaskState.Failed, TaskReason.ContainerLimitationMemory, end.Message ?? "It took more memory than it may", end.ExitCode);
        else if (_assignment.IsOverdue)
            End(TaskState.Failed, TaskReason.MaxCompletionTimeReached, $"It ran longer than {Task.MaxCompletionTime}", end.ExitCode);
        else if (_assignment.Stop is { } stop)
            End(TaskState.Killed, stop.Reason, end.Message, end.ExitCode);
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

    private void Tell(TaskState state, TaskReason? reason = null, string? message = null, int? exitCode = null) =>
        Context.Parent.Tell(new Progress(new TaskKey(Order.FrameworkId, Task.Id), state, reason, message, exitCode, _status));

    /// <summary>What was asked for in an earlier life of the actor is answered to its successor too, who must not take it for its own.</summary>
    private void Ask<T>(Task<T> call)
        where T : class
    {
        if (call.IsCompletedSuccessfully)
            Self.Tell(new Answer(_lifetime, call.Result, null));
        else
            call.PipeTo(Self, success: value => new Answer(_lifetime, value, null), failure: cause => new Answer(_lifetime, null, cause));
    }

    private bool IsMine(Answer answer) => ReferenceEquals(answer.Life, _lifetime);

    private static object Value(Answer answer, string what) =>
        answer.Value ?? throw new ContainerException($"the container cannot be {what}: {answer.Fault!.Message}", answer.Fault);

    private TimeSpan Pause(int crashes) => crashes > 16 || _settings.RestartMin * Math.Pow(2, crashes - 1) is var pause && pause > _settings.RestartMax
        ? _settings.RestartMax
        : _settings.RestartMin * Math.Pow(2, crashes - 1);

    private sealed record Answer(object Life, object? Value, Exception? Fault);

    private sealed record LookDue
    {
        public static readonly LookDue Instance = new();
    }

    private sealed record MaxCompletionTimeDue
    {
        public static readonly MaxCompletionTimeDue Instance = new();
    }
}
