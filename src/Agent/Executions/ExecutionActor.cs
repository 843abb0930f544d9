using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent.Executions;

/// <summary>
/// A command that somebody runs in a task's container. It ends with the command, when it is told to, and when the asker is gone.
/// <code>
///   Opening -> ExecutionStarted -> output while it is acknowledged, input while there is room -> ExecutionEnded
///           -> CommandRefused
/// </code>
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which disposes of it.")]
internal sealed class ExecutionActor : ReceiveActor
{
    private readonly ExecuteInTask _command;
    private readonly IActorRef _sender;
    private readonly string _runId;
    private readonly IContainerizer _containers;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly SemaphoreSlim _room = new(ExecutionLimits.Window);
    private readonly Queue<SendInput> _input = new();
    private IContainerSession? _session;
    private long _acknowledged;
    private bool _isWriting;

    public ExecutionActor(ExecuteInTask command, IActorRef sender, string runId, IContainerizer containers, TimeSpan timeout)
    {
        (_command, _sender, _runId, _containers, _timeout) = (command, sender, runId, containers, timeout);
        Receive<Opened>(Begin);
        Receive<Status.Failure>(failure =>
        {
            _sender.Tell(new CommandRefused(Guid.Empty, RefusalKind.Conflict, new Problem("arguments", failure.Cause is TimeoutException ? "the command did not start in time" : failure.Cause.Message)));
            Context.Stop(Self);
        });
        Receive<AcknowledgeOutput>(Acknowledge);
        Receive<SendInput>(Take);
        Receive<Written>(written =>
        {
            _isWriting = false;
            if (written.Problem is { } problem)
            {
                End(new ExecutionEnded(null, $"its input cannot be written: {problem}"));
                return;
            }
            _command.Asker.Tell(new InputTaken(written.Number));
            Write();
        });
        Receive<ResizeTerminal>(size => _session?.Resize(size.Columns, size.Rows, _lifetime.Token).ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default));
        Receive<ExecutionEnded>(End);
        Receive<EndExecution>(_ => End(new ExecutionEnded(null, "it was told to end")));
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    /// <param name="command">What to run, for whom.</param>
    /// <param name="sender">Who hears that it runs, or why not.</param>
    /// <param name="runId">In which container.</param>
    /// <param name="containers">What runs it.</param>
    /// <param name="timeout">Longest that it may take to begin.</param>
    public static Props Props(ExecuteInTask command, IActorRef sender, string runId, IContainerizer containers, TimeSpan timeout) =>
        Akka.Actor.Props.Create(() => new ExecutionActor(command, sender, runId, containers, timeout));

    protected override void PreStart()
    {
        Context.Watch(_command.Asker);
        Open().WaitAsync(_timeout).PipeTo(Self);

        async Task<Opened> Open()
        {
            CancellationToken life = _lifetime.Token;
            IContainerSession session = await _containers.Execute(
                _runId,
                new ContainerCommand(
                    _command.Arguments, _command.Environment, _command.User, _command.HasInput, _command.HasTerminal,
                    _command is { Columns: > 0, Rows: > 0 } ? new TerminalSize(_command.Columns, _command.Rows) : null),
                life);
            // Nobody waits any more for one that comes late.
            if (life.IsCancellationRequested)
                await session.DisposeAsync();
            return new Opened(session);
        }
    }

    /// <summary>What was begun is not begun again: the asker is told, and may ask anew.</summary>
    protected override void PreRestart(Exception reason, object? message)
    {
        _command.Asker.Tell(new ExecutionEnded(null, $"the agent had a fault: {reason.Message}"));
        Context.Stop(Self);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _lifetime.Cancel();
        if (_session is { } session)
            session.DisposeAsync().AsTask().ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
    }

    private void Begin(Opened opened)
    {
        _session = opened.Session;
        _sender.Tell(new ExecutionStarted(_command.FrameworkId, _runId, Self));
        Pump(opened.Session, _command.Asker, _lifetime.Token).PipeTo(Self, failure: static cause => new ExecutionEnded(null, cause.Message));
        Write();
    }

    private async Task<ExecutionEnded> Pump(IContainerSession session, IActorRef asker, CancellationToken life)
    {
        long number = 0;
        IActorRef self = Self;
        await foreach (ContainerOutput piece in session.Output.WithCancellation(life))
        {
            for (int at = 0; at < piece.Data.Length; at += ExecutionLimits.PieceBytes)
            {
                await _room.WaitAsync(life);
                ReadOnlyMemory<byte> part = piece.Data.Slice(at, Math.Min(ExecutionLimits.PieceBytes, piece.Data.Length - at)).ToArray();
                asker.Tell(new ExecutionOutput(++number, piece.IsError, part), self);
            }
        }
        return new ExecutionEnded(await session.Exited.WaitAsync(life), null);
    }

    private void Acknowledge(AcknowledgeOutput taken)
    {
        if (taken.Number <= _acknowledged)
            return;
        int more = (int)Math.Min(taken.Number - _acknowledged, ExecutionLimits.Window - _room.CurrentCount);
        _acknowledged = taken.Number;
        if (more > 0)
            _room.Release(more);
    }

    private void Take(SendInput input)
    {
        if (!_command.HasInput)
            End(new ExecutionEnded(null, "it was started without input"));
        else if (input.Data.Length > ExecutionLimits.PieceBytes || _input.Count >= ExecutionLimits.Window)
            End(new ExecutionEnded(null, $"more input came than {ExecutionLimits.Window} pieces of {ExecutionLimits.PieceBytes} bytes ahead of what was taken"));
        else
        {
            _input.Enqueue(input);
            Write();
        }
    }

    private void Write()
    {
        if (_isWriting || _session is not { } session || !_input.TryDequeue(out SendInput? input))
            return;
        _isWriting = true;
        Written().PipeTo(Self, failure: static cause => new Written(0, cause.Message));

        async Task<Written> Written()
        {
            if (input.Data.Length == 0)
                await session.CloseInput();
            else
                await session.Write(input.Data, _lifetime.Token);
            return new Written(input.Number, null);
        }
    }

    private void End(ExecutionEnded end)
    {
        _command.Asker.Tell(end);
        Context.Stop(Self);
    }

    private sealed record Opened(IContainerSession Session);

    private sealed record Written(long Number, string? Problem);
}
