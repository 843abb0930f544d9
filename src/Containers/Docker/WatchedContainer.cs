using ActorScheduler.Containers.Docker.Logs;

namespace ActorScheduler.Containers.Docker;

/// <summary>What is known of a container that somebody waits for, or whose output is written.</summary>
/// <param name="runId">Which.</param>
internal sealed class WatchedContainer(string runId)
{
    private readonly TaskCompletionSource<ContainerEnd> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ContainerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private LogPump? _logs;
    private int _looks;
    private bool _isClosed;

    public string RunId => runId;

    /// <summary>It does not run any more.</summary>
    public Task<ContainerEnd> Exited => _exited.Task;

    /// <summary>It does not run any more, and its output is complete.</summary>
    public Task<ContainerEnd> Ended => _ended.Task;

    /// <summary>Whether the engine said that it took too much memory.</summary>
    public bool IsOutOfMemory { get; set; }

    /// <summary>Whether somebody had the engine kill it.</summary>
    public bool WasKilled { get; set; }

    /// <summary>Name of the container that holds its group's network; null when there is none.</summary>
    public string? Holder { get; set; }

    /// <summary>The one that writes its output; null while there is none.</summary>
    public LogPump? Logs => _logs;

    /// <summary>Begins to write its output, once.</summary>
    /// <returns>Whether it was this time.</returns>
    public bool Write(Func<LogPump> pump)
    {
        lock (_lock)
        {
            if (_isClosed || _ended.Task.IsCompleted || _logs is not null)
                return false;
            _logs = pump();
            return true;
        }
    }

    /// <summary>One look at a time; what asks for one meanwhile makes the one that looks look again.</summary>
    public async Task Look(Func<Task> once)
    {
        if (Interlocked.Increment(ref _looks) > 1)
            return;
        int seen;
        do
        {
            seen = Volatile.Read(ref _looks);
            try
            {
                await once();
            }
            catch (Exception)
            {
                Volatile.Write(ref _looks, 0);
                throw;
            }
        }
        while (Interlocked.CompareExchange(ref _looks, 0, seen) != seen);
    }

    /// <summary>It has ended: its output is completed, for as long as more of it comes, and then everybody is told.</summary>
    public async Task End(ContainerEnd end, TimeSpan drain, TimeProvider time)
    {
        if (!_exited.TrySetResult(end))
            return;
        if (_logs is { } logs)
        {
            logs.Finish();
            for (long before = -1; !logs.Done.IsCompleted && logs.Progress != before;)
            {
                before = logs.Progress;
                await logs.Done.WaitAsync(drain, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        _ended.TrySetResult(end);
    }

    /// <summary>It is removed: nothing more comes.</summary>
    public async Task Forget()
    {
        var end = new ContainerEnd(null, Message: "Its container was removed");
        _exited.TrySetResult(end);
        _ended.TrySetResult(end);
        await Close();
    }

    /// <summary>Its output is not written any more; the container goes on, and those who wait for it are told nothing.</summary>
    public async Task Close()
    {
        LogPump? logs;
        lock (_lock)
        {
            _isClosed = true;
            logs = _logs;
        }
        if (logs is not null)
            await logs.DisposeAsync();
    }
}
