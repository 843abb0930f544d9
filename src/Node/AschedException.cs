namespace ActorScheduler.Node;

/// <summary>An expected end of the program: one sentence for people, and the exit code.</summary>
internal sealed class AschedException(ExitCode exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    internal ExitCode ExitCode { get; } = exitCode;
}
