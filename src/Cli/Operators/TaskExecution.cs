using System.Runtime.InteropServices;
using System.Threading.Channels;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Cli.Operators;

/// <summary>A command in a task's container, with our input, output and terminal.</summary>
/// <param name="session">The way to the agent.</param>
/// <param name="task">In which task.</param>
/// <param name="output">What it writes to its output.</param>
/// <param name="errors">What it writes to its errors.</param>
internal sealed class TaskExecution(MastersSession session, FoundTask task, RawOutput output, RawOutput errors) : IDisposable
{
    private readonly Channel<IProtocolMessage> _news = Channel.CreateUnbounded<IProtocolMessage>();
    private readonly SemaphoreSlim _room = new(ExecutionLimits.Window);
    private long _taken;

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Program and arguments.</param>
    /// <param name="user">As whom, or null.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="hasTerminal">Whether it gets a terminal; ours is handed over when our input is one.</param>
    /// <returns>Its exit code, or 128 and the number of a signal that we got.</returns>
    /// <exception cref="AschedException">It cannot be run, or it is not known how it ended.</exception>
    internal async Task<int> Run(IReadOnlyList<string> arguments, string? user, Stream? input, bool hasTerminal)
    {
        await session.ConnectScheduler();
        IActorRef asker = session.System.ActorOf(ExecutionNewsActor.Props(_news.Writer));
        var variables = new Dictionary<string, string>();
        if (hasTerminal)
            variables["TERM"] = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } kind ? kind : "xterm";
        (int Columns, int Rows)? size = hasTerminal ? Terminal.Size : null;
        object? answer = await session.AskOnce(
            new ExecuteInTask(
                task.FrameworkId, task.Id, asker, arguments, variables, user, input is not null, hasTerminal, Columns: size?.Columns ?? 0, Rows: size?.Rows ?? 0),
            session.Limit);
        IActorRef remote = answer switch
        {
            ExecutionStarted started => Begin(started, asker),
            CommandRefused refused => throw new AschedException(ExitCode.NotStarted, refused.Problem.ToString()),
            _ => throw session.NoAnswer("agent"),
        };
        using var over = new CancellationTokenSource();
        using var signals = new CommandSignals();
        using Terminal? terminal = hasTerminal && Terminal.IsInput ? Terminal.MakeRaw() : null;
        using PosixSignalRegistration? resized = terminal is null || OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resize(remote));
        if (terminal is not null)
            Resize(remote);
        Task sending = input is null ? Task.CompletedTask : Send(input, remote, over.Token);
        Task<int> ended = Listen(remote, over.Token), signalled = signals.Next(over.Token).AsTask();
        try
        {
            if (await Task.WhenAny(ended, signalled) == ended)
                return await ended;
            remote.Tell(new EndExecution());
            return CommandSignals.ExitCodeOf(await signalled);
        }
        catch (OutputException)
        {
            remote.Tell(new EndExecution());
            throw;
        }
        finally
        {
            await over.CancelAsync();
            // A read of our input may not come back before the process ends; nothing depends on it.
            _ = sending.ContinueWith(static failed => _ = failed.Exception, TaskScheduler.Default);
        }
    }

    public void Dispose() => _room.Dispose();

    private static IActorRef Begin(ExecutionStarted started, IActorRef asker)
    {
        asker.Tell(started);
        return started.Session;
    }

    private static void Resize(IActorRef remote)
    {
        if (Terminal.Size is { } size)
            remote.Tell(new ResizeTerminal(size.Columns, size.Rows));
    }

    private async Task<int> Listen(IActorRef remote, CancellationToken over)
    {
        await foreach (IProtocolMessage news in _news.Reader.ReadAllAsync(over))
        {
            switch (news)
            {
                case ExecutionOutput piece:
                    (piece.IsError ? errors : output).Write(piece.Data.Span);
                    remote.Tell(new AcknowledgeOutput(piece.Number));
                    break;
                case InputTaken taken when taken.Number > _taken:
                    _room.Release((int)(taken.Number - _taken));
                    _taken = taken.Number;
                    break;
                case ExecutionEnded { ExitCode: { } code }:
                    return code;
                case ExecutionEnded ended:
                    throw new AschedException(ExitCode.NotStarted, $"it is not known how the command ended: {ended.Problem ?? "no exit code"}");
            }
        }
        throw new OperationCanceledException(over);
    }

    private async Task Send(Stream input, IActorRef remote, CancellationToken over)
    {
        byte[] buffer = new byte[ExecutionLimits.PieceBytes];
        for (long number = 1; ; number++)
        {
            // A console's read does not end by a token; off the caller's thread it holds up nobody.
            int count = await Task.Run(() => input.Read(buffer), over);
            await _room.WaitAsync(over);
            remote.Tell(new SendInput(number, buffer.AsMemory(0, count).ToArray()));
            if (count == 0)
                return;
        }
    }
}
