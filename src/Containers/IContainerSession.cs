namespace ActorScheduler.Containers;

/// <summary>A command that runs in a container beside its own: a health check, or somebody's shell. Disposing of it ends it.</summary>
public interface IContainerSession : IAsyncDisposable
{
    /// <summary>
    /// What it writes, as it comes; ends when it has ended, also when a process that it left behind still holds its streams. To be read
    /// by one reader, once.
    /// </summary>
    IAsyncEnumerable<ContainerOutput> Output { get; }

    /// <summary>
    /// Its exit code, when it has ended. As in shells it is 127 when there is no such program and 126 when it may not be executed; what
    /// the matter was stands in its errors then.
    /// </summary>
    Task<int> Exited { get; }

    /// <summary>Gives it input.</summary>
    /// <exception cref="InvalidOperationException">It was started without input.</exception>
    ValueTask Write(ReadOnlyMemory<byte> input, CancellationToken cancellation);

    /// <summary>There is no more input.</summary>
    ValueTask CloseInput();

    /// <summary>Its terminal has another size now; nothing happens without a terminal.</summary>
    Task Resize(int columns, int rows, CancellationToken cancellation);
}

/// <summary>A command for a running container.</summary>
/// <param name="Arguments">The program and its arguments.</param>
/// <param name="Environment">Variables beside the container's own, by name.</param>
/// <param name="User">As whom; null for the container's user.</param>
/// <param name="HasInput">Whether it will be given input.</param>
/// <param name="HasTerminal">Whether it gets a terminal; its errors then come with its output.</param>
/// <param name="Size">The terminal's size from the first; null for the host's default.</param>
/// <param name="KillsLeftovers">Whether processes that it has started and left behind are killed at its end; else they run on with the container.</param>
public sealed record ContainerCommand(
    IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string>? Environment = null, string? User = null, bool HasInput = false,
    bool HasTerminal = false, TerminalSize? Size = null, bool KillsLeftovers = false)
{
    /// <summary>A variable by which what a command has started is told from everything else in its container, whatever has become of it.</summary>
    internal const string Marker = "ACTORSCHEDULER_COMMAND_ID";
}

/// <summary>A piece of output.</summary>
/// <param name="IsError">Whether it was written to standard error.</param>
/// <param name="Data">The bytes.</param>
public readonly record struct ContainerOutput(bool IsError, ReadOnlyMemory<byte> Data);
