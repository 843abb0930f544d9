using ActorScheduler.Model;

namespace ActorScheduler.Cli.Runs;

/// <summary>What <c>asched run</c> ends with.</summary>
internal static class RunOutcome
{
    // SIGKILL as a shell reports it.
    private const int Killed = 137;

    /// <summary>The exit code for a task's last state.</summary>
    /// <param name="status">The state.</param>
    /// <param name="isTimedOut">Whether it was ended since it took too long.</param>
    /// <param name="signal">The signal that we were sent, or null.</param>
    internal static int Of(TaskUpdate status, bool isTimedOut, int? signal) => status.State switch
    {
        TaskState.Finished => status.ExitCode ?? 0,
        _ when isTimedOut || status.Reason == TaskReason.MaxCompletionTimeReached => (int)ExitCode.TimedOut,
        TaskState.Failed => status.ExitCode is { } code and not 0 ? code : (int)ExitCode.NotStarted,
        TaskState.Killed => status.ExitCode is { } code and not 0 ? code : signal is { } number ? 128 + number : Killed,
        TaskState.Error or TaskState.Dropped => (int)ExitCode.NotStarted,
        _ => (int)ExitCode.Lost,
    };
}
