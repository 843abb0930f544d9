namespace ActorScheduler.Containers.Docker;

/// <summary>A start under way. All who start the same run share it; only a removal gives it up, between two calls to the engine.</summary>
/// <param name="start">What to do.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Its source has no timer and no wait handle: nothing is left to dispose of.")]
internal sealed class StartAttempt(Func<CancellationToken, Task<ContainerStatus>> start)
{
    private readonly CancellationTokenSource _givenUp = new();
    private readonly Lock _lock = new();
    private Task<ContainerStatus>? _done;

    /// <summary>Begins, once.</summary>
    public Task<ContainerStatus> Run()
    {
        lock (_lock)
        {
            return _done ??= Task.Run(() => start(_givenUp.Token));
        }
    }

    /// <summary>Ends it: when this returns it calls the engine no more.</summary>
    public async Task GiveUp(CancellationToken cancellation)
    {
        await _givenUp.CancelAsync();
        await ((Task)Run()).WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }
}
