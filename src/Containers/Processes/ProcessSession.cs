using System.IO.Pipes;
using System.Threading.Channels;
using ActorScheduler.Containers.Processes.Host;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// A command beside a run's own, in a session of its own. Output that nobody reads is kept up to a bound; beyond it the command
/// waits for its reader.
/// </summary>
internal sealed class ProcessSession : IContainerSession
{
    private const int KeptPieces = 256;
    private const int PieceBytes = 16 * 1024;

    /// <summary>Output that is left when the command has ended is there at once; what it left behind may hold the pipes for ever.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _disposed = new();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ContainerOutput> _output = Channel.CreateBounded<ContainerOutput>(new BoundedChannelOptions(KeptPieces));
    private readonly int _process;
    private readonly Stream? _input;
    private readonly TerminalStream? _terminal;

    private ProcessSession(int process, Stream? input, TerminalStream? terminal, (Stream Stream, bool IsError)[] outputs, ExitWatch watch)
    {
        (_process, _input, _terminal) = (process, input, terminal);
        watch.Watch(process, status => _ended.TrySetResult(status is { } ended ? Kernel.ExitCode(ended) : -1));
        Exited = Task.Run(() => Run(outputs));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ContainerOutput> Output => _output.Reader.ReadAllAsync();

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <summary>Starts it.</summary>
    /// <param name="command">With what streams.</param>
    /// <param name="watch">Tells when it has ended.</param>
    /// <param name="start">Starts the process with the streams, or with the terminal of a path.</param>
    /// <exception cref="ContainerException">It cannot be started.</exception>
    public static ProcessSession Start(ContainerCommand command, ExitWatch watch, Func<(int Input, int Output, int Error), string?, int> start)
    {
        try
        {
            return command.HasTerminal ? StartInTerminal(watch, start) : StartWithPipes(command, watch, start);
        }
        catch (IOException e)
        {
            throw new ContainerException($"the command cannot be started: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask Write(ReadOnlyMemory<byte> input, CancellationToken cancellation) =>
        await (_input ?? throw new InvalidOperationException("the command was started without input")).WriteAsync(input, cancellation);

    /// <inheritdoc/>
    public ValueTask CloseInput()
    {
        if (_terminal is not null)
            _terminal.EndInput();
        else
            _input?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Resize(int columns, int rows, CancellationToken cancellation)
    {
        if (!_ended.Task.IsCompleted)
            _terminal?.Resize(columns, rows);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Until it is taken away its number is nobody else's.
        if (!_ended.Task.IsCompleted)
            Kernel.Kill(-_process, Kernel.SigKill);
        await _disposed.CancelAsync();
        await ((Task)Exited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _input?.Dispose();
        _disposed.Dispose();
    }

    private static ProcessSession StartInTerminal(ExitWatch watch, Func<(int, int, int), string?, int> start)
    {
        (int master, string path) = Kernel.OpenTerminal();
        var terminal = new TerminalStream(master);
        try
        {
            int process = start((0, 1, 2), path);
            return new ProcessSession(process, terminal, terminal, [(terminal, false)], watch);
        }
        catch (ContainerException)
        {
            terminal.Dispose();
            throw;
        }
    }

    private static ProcessSession StartWithPipes(ContainerCommand command, ExitWatch watch, Func<(int, int, int), string?, int> start)
    {
        (int Reading, int Writing) input = command.HasInput ? Kernel.Pipe() : (Kernel.OpenNull(), -1);
        (int Reading, int Writing) output = Kernel.Pipe();
        (int Reading, int Writing) error = Kernel.Pipe();
        var streams = new List<Stream> { Reader(output.Reading), Reader(error.Reading) };
        if (input.Writing >= 0)
            streams.Add(new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(input.Writing, ownsHandle: true)));
        try
        {
            int process = start((input.Reading, output.Writing, error.Writing), null);
            return new ProcessSession(process, input.Writing >= 0 ? streams[2] : null, null, [(streams[0], false), (streams[1], true)], watch);
        }
        catch (ContainerException)
        {
            foreach (Stream stream in streams)
                stream.Dispose();
            throw;
        }
        finally
        {
            Kernel.Close(input.Reading);
            Kernel.Close(output.Writing);
            Kernel.Close(error.Writing);
        }
    }

    private static AnonymousPipeClientStream Reader(int descriptor) => new(PipeDirection.In, new SafePipeHandle(descriptor, ownsHandle: true));

    private async Task<int> Run((Stream Stream, bool IsError)[] outputs)
    {
        using var drained = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        try
        {
            Task copying = Task.WhenAll(outputs.Select(output => Copy(output.Stream, output.IsError, drained.Token)));
            int code = await _ended.Task;
            await copying.WaitAsync(Drain).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Somebody reads slowly: that is waited for. Nobody writes any more: that is not.
            if (_output.Reader.CanCount && _output.Reader.Count < KeptPieces)
                await drained.CancelAsync();
            await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return _disposed.IsCancellationRequested ? throw new ContainerException("the command was ended") : code;
        }
        finally
        {
            _output.Writer.TryComplete();
            foreach ((Stream stream, _) in outputs)
                await stream.DisposeAsync();
        }
    }

    private async Task Copy(Stream stream, bool isError, CancellationToken cancellation)
    {
        byte[] buffer = new byte[PieceBytes];
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is var read and > 0)
                await _output.Writer.WriteAsync(new ContainerOutput(isError, buffer.AsMemory(0, read).ToArray()), cancellation);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It was ended, or its terminal was closed.
        }
    }
}
