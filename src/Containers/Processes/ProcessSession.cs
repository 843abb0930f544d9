using System.IO.Pipes;
using ActorScheduler.Containers.Processes.Host;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Processes;

/// <summary>A command beside a run's own, in a session of its own.</summary>
internal sealed class ProcessSession : IContainerSession
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionOutput _output;
    private readonly int _process;
    private readonly Place _place;
    private readonly bool _killsLeftovers;
    private readonly Stream? _input;
    private readonly TerminalStream? _terminal;

    private ProcessSession(ContainerCommand command, Place place, int process, Stream? input, TerminalStream? terminal, (Stream Stream, bool IsError)[] outputs)
    {
        (_place, _killsLeftovers, _process, _input, _terminal) = (place, command.KillsLeftovers, process, input, terminal);
        _output = new SessionOutput(place.Time);
        place.Watch.Watch(process, status => _ended.TrySetResult(status is { } ended ? Kernel.ExitCode(ended) : -1));
        Exited = Task.Run(() => Run(outputs));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ContainerOutput> Output => _output.All;

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <summary>Starts it.</summary>
    /// <param name="command">With what streams.</param>
    /// <param name="place">Where.</param>
    /// <exception cref="ContainerException">It cannot be started.</exception>
    public static ProcessSession Start(ContainerCommand command, Place place)
    {
        try
        {
            return command.HasTerminal ? StartInTerminal(command, place) : StartWithPipes(command, place);
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
        {
            Kernel.Kill(-_process, Kernel.SigKill);
            _place.KillSession(_process);
        }
        await _disposed.CancelAsync();
        await ((Task)Exited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _input?.Dispose();
        _disposed.Dispose();
    }

    private static ProcessSession StartInTerminal(ContainerCommand command, Place place)
    {
        (int master, string path) = Kernel.OpenTerminal();
        var terminal = new TerminalStream(master);
        if (command.Size is { } size)
            terminal.Resize(size.Columns, size.Rows);
        try
        {
            int process = place.Start((0, 1, 2), path);
            return new ProcessSession(command, place, process, terminal, terminal, [(terminal, false)]);
        }
        catch (ContainerException)
        {
            terminal.Dispose();
            throw;
        }
    }

    private static ProcessSession StartWithPipes(ContainerCommand command, Place place)
    {
        (int Reading, int Writing) input = command.HasInput ? Kernel.Pipe() : (Kernel.OpenNull(), -1);
        (int Reading, int Writing) output = Kernel.Pipe();
        (int Reading, int Writing) error = Kernel.Pipe();
        var streams = new List<Stream> { Reader(output.Reading), Reader(error.Reading) };
        if (input.Writing >= 0)
            streams.Add(new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(input.Writing, ownsHandle: true)));
        try
        {
            int process = place.Start((input.Reading, output.Writing, error.Writing), null);
            return new ProcessSession(command, place, process, input.Writing >= 0 ? streams[2] : null, null, [(streams[0], false), (streams[1], true)]);
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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        try
        {
            Task copying = Task.WhenAll(outputs.Select(output => _output.Copy(async (into, cancellation) => (await output.Stream.ReadAsync(into, cancellation), output.IsError), stop.Token)));
            int code = await _ended.Task;
            if (_killsLeftovers)
                _place.KillLeftovers(_process);
            await _output.Drain(copying, stop);
            return _disposed.IsCancellationRequested ? throw new ContainerException("the command was ended") : code;
        }
        finally
        {
            _output.Complete();
            foreach ((Stream stream, _) in outputs)
                await stream.DisposeAsync();
        }
    }

    /// <summary>Where commands are run beside a run's own.</summary>
    /// <param name="Watch">Tells when one has ended.</param>
    /// <param name="Start">Starts the process with the streams, or with the terminal of a path; gives its number.</param>
    /// <param name="KillSession">Kills what is in the session of one.</param>
    /// <param name="KillLeftovers">Kills what one that has ended has left behind.</param>
    /// <param name="Time">The clock.</param>
    internal sealed record Place(
        ExitWatch Watch, Func<(int Input, int Output, int Error), string?, int> Start, Action<int> KillSession, Action<int> KillLeftovers, TimeProvider Time);
}
