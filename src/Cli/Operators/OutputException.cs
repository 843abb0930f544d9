namespace ActorScheduler.Cli.Operators;

/// <summary>
/// One of our outputs takes no more. That is nobody's fault whom we read from meanwhile, so it is none of the exceptions that mean that a node does not answer.
/// </summary>
/// <param name="message">What the system says.</param>
/// <param name="isClosed">Whether its reader is gone, as of a pipe to a program that has read enough.</param>
internal sealed class OutputException(string message, bool isClosed) : Exception($"the output cannot be written: {message}")
{
    // SIGPIPE, as a shell reports it.
    private const int Closed = 141;

    /// <summary>Whether its reader is gone. Nobody need be told of that.</summary>
    internal bool IsClosed { get; } = isClosed;

    /// <summary>What the program ends with.</summary>
    internal int ExitCode => IsClosed ? Closed : (int)Node.ExitCode.Failed;
}
