using System.Runtime.InteropServices;

namespace ActorScheduler.Node.Daemon;

/// <summary>SIGTERM and SIGINT: the first asks the program to end in good order, the second ends it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    // What a shell reports for a program that SIGTERM ended.
    private const int Terminated = 143;

    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;

    internal StopSignals()
    {
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive), PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive)];
    }

    /// <summary>Ends with the name of the first signal.</summary>
    internal Task<string> First => _first.Task;

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_first.TrySetResult(context.Signal.ToString()))
            Environment.Exit(Terminated);
        _stopping.Cancel();
    }
}
