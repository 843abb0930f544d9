using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace ActorScheduler.Cli.Operators;

/// <summary>SIGINT and SIGTERM for a command that has something to end before it ends itself.</summary>
internal sealed class CommandSignals : IDisposable
{
    /// <summary>So many signals end the process at once, whatever holds the command up.</summary>
    private const int Most = 3;

    private readonly Channel<int> _received = Channel.CreateUnbounded<int>();
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    internal CommandSignals()
    {
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive)];
    }

    /// <summary>The next signal's number; one reader.</summary>
    internal ValueTask<int> Next(CancellationToken cancellation) => _received.Reader.ReadAsync(cancellation);

    /// <summary>What a shell reports for a program that a signal ended.</summary>
    internal static int ExitCodeOf(int signal) => 128 + signal;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = Interlocked.Increment(ref _count) < Most;
        _received.Writer.TryWrite(context.Signal == PosixSignal.SIGINT ? 2 : 15);
    }
}
