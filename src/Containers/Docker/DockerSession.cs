using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>A command in a container.</summary>
internal sealed class DockerSession : IContainerSession
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>The first pause before a look whether a command has ended that has left its streams open; it doubles.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks for a command whose streams are closed and that has not begun.</summary>
    private const int MostRetries = 40;

    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(2);

    /// <summary>Longest that a session that is given up waits for its own end.</summary>
    private static readonly TimeSpan MostOfAnEnd = TimeSpan.FromSeconds(10);

    private readonly DockerEngine _engine;
    private readonly ContainerCall _call;
    private readonly string _id;
    private readonly MultiplexedStream _stream;
    private readonly TimeProvider _time;
    private readonly SessionOutput _output;
    private readonly CancellationTokenSource _disposed = new();
    private int? _process;

    /// <summary>What the engine says, in place of a command's output, when it could not start it.</summary>
    private StringBuilder? _refusal;
    private bool _hasBegun;

    /// <summary>A command that was started.</summary>
    /// <param name="engine">By which engine.</param>
    /// <param name="call">What, and in which container.</param>
    /// <param name="id">The engine's name of it.</param>
    /// <param name="stream">Its streams.</param>
    /// <param name="time">The clock.</param>
    public DockerSession(DockerEngine engine, ContainerCall call, string id, MultiplexedStream stream, TimeProvider time)
    {
        (_engine, _call, _id, _stream, _time, _output) = (engine, call, id, stream, time, new SessionOutput(time));
        Exited = Task.Run(Run);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ContainerOutput> Output => _output.All;

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <inheritdoc/>
    public async ValueTask Write(ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        if (!_call.Command.HasInput)
            throw new InvalidOperationException("the command was started without input");
        byte[] bytes = input.ToArray();
        await _stream.WriteAsync(bytes, 0, bytes.Length, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask CloseInput()
    {
        if (_call.Command.HasInput)
            _stream.CloseWrite();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Resize(int columns, int rows, CancellationToken cancellation)
    {
        if (!_call.Command.HasTerminal || Exited.IsCompleted)
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
            await Kill(_engine, _call, _id, _process);
        await _disposed.CancelAsync();
        _stream.Dispose();
        await ((Task)Exited).WaitAsync(MostOfAnEnd, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposed.Dispose();
    }

    /// <summary>
    /// Ends a command. Engines cannot; on the same host its processes can be killed, those that it has started too, when it is certain
    /// that they are the container's.
    /// </summary>
    /// <param name="engine">Which engine.</param>
    /// <param name="call">What runs.</param>
    /// <param name="id">The engine's name of it.</param>
    /// <param name="process">Its process; null when that is not known yet.</param>
    public static async Task Kill(DockerEngine engine, ContainerCall call, string id, int? process)
    {
        try
        {
            process ??= ProcessOf(await engine.Ask((client, limit) => client.Exec.InspectContainerExecAsync(id, limit), CancellationToken.None));
            if (process is { } session)
                call.KillProcesses(session);
        }
        catch (Exception e) when (e is ContainerException or DockerApiException)
        {
            // It has ended meanwhile, or nobody knows: then it ends with its streams or with its container.
        }
    }

    private async Task<int> Run()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        try
        {
            Task copying = _output.Copy(Read, stop.Token);
            ContainerExecInspectResponse end = await WhenEnded(copying);
            if (_call.Command.KillsLeftovers && _process is { } session)
                _call.KillProcesses(session);
            await _output.Drain(copying, stop);
            if (_refusal is null)
                return (int)end.ExitCode;
            string words = _refusal.ToString().Trim();
            (int code, string sentence) = EngineProblems.OfCommand(words) ?? throw new ContainerException($"the command cannot be started: {EngineProblems.Short(words)}");
            await _output.Say(new ContainerOutput(true, Encoding.UTF8.GetBytes($"{sentence}\n")), stop.Token);
            return code;
        }
        catch (Exception e) when (e is DockerApiException or ObjectDisposedException || (e is OperationCanceledException && _disposed.IsCancellationRequested))
        {
            throw new ContainerException("the command was ended", e);
        }
        finally
        {
            _output.Complete();
        }
    }

    /// <summary>
    /// Looks when the streams are closed, which is a moment before the engine knows the exit code, and now and then before that: they
    /// stay open for as long as anything has them that the command has left behind.
    /// </summary>
    private async Task<ContainerExecInspectResponse> WhenEnded(Task copying)
    {
        TimeSpan pause = FirstLook;
        int vain = 0;
        while (true)
        {
            await copying.WaitAsync(pause, _time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _disposed.Token.ThrowIfCancellationRequested();
            ContainerExecInspectResponse command = await Inspect();
            // One that is made and has not begun does not run either; only its number and its exit code tell it from one that has ended.
            bool hasBegun = command is not { Running: false, Pid: 0, ExitCode: 0 };
            if (hasBegun && !command.Running)
                return command;
            // Also of one that the engine takes for running: without a process and without streams there is nothing to wait for.
            if (copying.IsCompleted && command.Pid == 0 && ++vain > MostRetries)
                throw new ContainerException("the command did not begin: the connection to the engine broke");
            if (copying.IsCompleted)
                await Task.Delay(RetryAfter, _time, _disposed.Token);
            else
                pause = pause * 2 < LastLook ? pause * 2 : LastLook;
        }
    }

    private async ValueTask<(int Count, bool IsError)> Read(byte[] into, CancellationToken cancellation)
    {
        while (await _stream.ReadOutputAsync(into, 0, into.Length, cancellation) is { EOF: false } read)
        {
            if (!_hasBegun && _refusal is null && await Inspect() is { Running: false, Pid: 0 })
                _refusal = new StringBuilder();
            _hasBegun = _refusal is null;
            if (_hasBegun)
                return (read.Count, read.Target == MultiplexedStream.TargetStream.StandardError);
            _refusal!.Append(Encoding.UTF8.GetString(into, 0, read.Count));
        }
        return (0, false);
    }

    private async Task<ContainerExecInspectResponse> Inspect()
    {
        ContainerExecInspectResponse command = await _engine.Ask((client, limit) => client.Exec.InspectContainerExecAsync(_id, limit), _disposed.Token);
        _process ??= ProcessOf(command);
        return command;
    }

    private static int? ProcessOf(ContainerExecInspectResponse command) => command.Pid is > 1 and <= int.MaxValue ? (int)command.Pid : null;
}
