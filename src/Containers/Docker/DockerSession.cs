using System.Threading.Channels;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>A command in a container. Output that nobody reads is kept up to a bound; beyond it the command waits for its reader.</summary>
internal sealed class DockerSession : IContainerSession
{
    private const int KeptPieces = 256;
    private const int PieceBytes = 16 * 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);

    private readonly DockerEngine _engine;
    private readonly string _container;
    private readonly string _id;
    private readonly bool _hasTerminal;
    private readonly bool _hasInput;
    private readonly MultiplexedStream _stream;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Channel<ContainerOutput> _output = Channel.CreateBounded<ContainerOutput>(new BoundedChannelOptions(KeptPieces) { SingleWriter = true });

    public DockerSession(DockerEngine engine, string container, string id, ContainerCommand command, MultiplexedStream stream, TimeProvider time)
    {
        (_engine, _container, _id, _stream, _time) = (engine, container, id, stream, time);
        (_hasTerminal, _hasInput) = (command.HasTerminal, command.HasInput);
        Exited = Task.Run(Run);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ContainerOutput> Output => _output.Reader.ReadAllAsync();

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <inheritdoc/>
    public async ValueTask Write(ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        if (!_hasInput)
            throw new InvalidOperationException("the command was started without input");
        byte[] bytes = input.ToArray();
        await _stream.WriteAsync(bytes, 0, bytes.Length, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask CloseInput()
    {
        if (_hasInput)
            _stream.CloseWrite();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Resize(int columns, int rows, CancellationToken cancellation)
    {
        if (!_hasTerminal || Exited.IsCompleted)
            return;
        await _engine.Ask(
            async (client, limit) =>
            {
                await client.Exec.ResizeContainerExecTtyAsync(_id, new ContainerResizeParameters { Width = columns, Height = rows }, limit);
                return true;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
            await Kill();
        await _disposed.CancelAsync();
        _stream.Dispose();
        await ((Task)Exited).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposed.Dispose();
    }

    private async Task<int> Run()
    {
        try
        {
            await Copy();
            while (true)
            {
                ContainerExecInspectResponse command = await Inspect(_disposed.Token);
                if (!command.Running)
                    return (int)command.ExitCode;
                // The streams are closed a moment before the engine knows the exit code.
                await Task.Delay(RetryAfter, _time, _disposed.Token);
            }
        }
        catch (Exception e) when (e is DockerApiException or ObjectDisposedException || (e is OperationCanceledException && _disposed.IsCancellationRequested))
        {
            throw new ContainerException("the command was ended", e);
        }
        finally
        {
            _output.Writer.TryComplete();
        }
    }

    private async Task Copy()
    {
        byte[] buffer = new byte[PieceBytes];
        try
        {
            while (await _stream.ReadOutputAsync(buffer, 0, buffer.Length, _disposed.Token) is { EOF: false } read)
            {
                var piece = new ContainerOutput(read.Target == MultiplexedStream.TargetStream.StandardError, buffer.AsMemory(0, read.Count).ToArray());
                await _output.Writer.WriteAsync(piece, _disposed.Token);
            }
        }
        catch (IOException)
        {
            // The connection broke, with the container or the engine: the exit code says what became of the command, if anything does.
        }
    }

    private Task<ContainerExecInspectResponse> Inspect(CancellationToken cancellation) =>
        _engine.Ask((client, limit) => client.Exec.InspectContainerExecAsync(_id, limit), cancellation);

    /// <summary>Engines cannot end a command. On the same host its process can be killed, when it is certain that it is the container's.</summary>
    private async Task Kill()
    {
        try
        {
            ContainerExecInspectResponse command = await Inspect(CancellationToken.None);
            if (!command.Running || command.Pid is <= 1 or > int.MaxValue || _engine.Client.Configuration.EndpointBaseUri.Scheme != "unix")
                return;
            string groups = await File.ReadAllTextAsync($"/proc/{command.Pid}/cgroup");
            if (!groups.Contains(_container, StringComparison.Ordinal))
                return;
            using var process = System.Diagnostics.Process.GetProcessById((int)command.Pid);
            process.Kill();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException
            or System.ComponentModel.Win32Exception or ContainerException or DockerApiException)
        {
            // It has ended meanwhile, or lives where it cannot be reached: then it ends with its streams or with its container.
        }
    }
}
