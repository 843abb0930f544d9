namespace ActorScheduler.Protocol;

// Between the session of a command in a task's container, and who asked for it. Both sides number what they send and go on only
// so far ahead of what was acknowledged: neither a fast command nor a fast typist fills the other's memory.

/// <summary>How far each side may be ahead.</summary>
public static class ExecutionLimits
{
    /// <summary>Most pieces that are not acknowledged; the session waits then, and refuses input beyond it.</summary>
    public const int Window = 32;

    /// <summary>Most bytes of one piece, in either direction.</summary>
    public const int PieceBytes = 32 * 1024;
}

/// <summary>A piece of output, to the asker; to be acknowledged with <see cref="AcknowledgeOutput"/>.</summary>
/// <param name="Number">Counts pieces from 1.</param>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Data">The bytes.</param>
public sealed record ExecutionOutput(long Number, bool IsError, ReadOnlyMemory<byte> Data) : IProtocolMessage;

/// <summary>The command has ended, or could not go on, to the asker; after all of its output.</summary>
/// <param name="ExitCode">Its exit code; null when it is not known.</param>
/// <param name="Problem">Why it did not end by itself, or null.</param>
public sealed record ExecutionEnded(int? ExitCode, string? Problem) : IProtocolMessage;

/// <summary>Output was taken, up to a number.</summary>
public sealed record AcknowledgeOutput(long Number) : IProtocolMessage;

/// <summary>A piece of input, to the session; acknowledged with <see cref="InputTaken"/>.</summary>
/// <param name="Number">Counts pieces from 1.</param>
/// <param name="Data">The bytes; none for the end of input.</param>
public sealed record SendInput(long Number, ReadOnlyMemory<byte> Data) : IProtocolMessage;

/// <summary>Input was given to the command, up to a number.</summary>
public sealed record InputTaken(long Number) : IProtocolMessage;

/// <summary>The asker's terminal has another size.</summary>
public sealed record ResizeTerminal(int Columns, int Rows) : IProtocolMessage;

/// <summary>Ends the command.</summary>
public sealed record EndExecution : IProtocolMessage;
