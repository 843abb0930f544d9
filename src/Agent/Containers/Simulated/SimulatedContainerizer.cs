using System.Collections.Concurrent;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Containers.Simulated;

/// <summary>
/// Containers that only pass time: thousands of agents fit in one process. A task's labels say what becomes of it, else the
/// model does. They end with the process.
/// <list type="bullet">
/// <item><c>simulate.start</c>, <c>simulate.run</c>: seconds until it runs, and until it ends by itself</item>
/// <item><c>simulate.exit</c>: its exit code</item>
/// <item><c>simulate.fail</c>: why it does not start</item>
/// <item><c>simulate.hang</c>: it ends only when it is killed</item>
/// </list>
/// </summary>
/// <param name="model">What happens to tasks that do not say.</param>
/// <param name="time">The clock.</param>
public sealed class SimulatedContainerizer(SimulationModel model, TimeProvider time) : IContainerizer
{
    private readonly ConcurrentDictionary<string, Run> _runs = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "simulated";

    /// <inheritdoc/>
    public bool CanRun(TaskInfo task) => true;

    /// <inheritdoc/>
    public async Task<ContainerStatus> Start(ContainerOrder order, CancellationToken cancellation)
    {
        if (_runs.TryGetValue(order.RunId, out Run? known))
            return known.Status;
        var fate = Fate.Of(order.Task, model.Next());
        if (fate.Start > TimeSpan.Zero)
            await Task.Delay(fate.Start, time, cancellation).ConfigureAwait(false);
        if (fate.Failure is { } failure)
            throw new ContainerException(failure);
        var run = new Run(new ContainerStatus(order.RunId, []), fate);
        if (_runs.TryAdd(order.RunId, run) && fate.Run is { } span)
            _ = EndAfter(run, span);
        return run.Status;
    }

    /// <inheritdoc/>
    public Task<ContainerState> Inspect(string runId, CancellationToken cancellation) => Task.FromResult<ContainerState>(
        !_runs.TryGetValue(runId, out Run? run) ? new ContainerState.Absent()
        : run.End is not null ? new ContainerState.Ended(run.End!)
        : new ContainerState.Running(run.Status));

    /// <inheritdoc/>
    public Task<ContainerEnd> WhenEnded(string runId, CancellationToken cancellation) => _runs.TryGetValue(runId, out Run? run)
        ? run.Ended.Task.WaitAsync(cancellation)
        : Task.FromException<ContainerEnd>(new ContainerException($"there is no container {runId}"));

    /// <inheritdoc/>
    public async Task Stop(string runId, TimeSpan grace, CancellationToken cancellation)
    {
        if (!_runs.TryGetValue(runId, out Run? run))
            return;
        if (run.Fate.Hangs && grace > TimeSpan.Zero)
            await Task.Delay(grace, time, cancellation).ConfigureAwait(false);
        run.Finish(new ContainerEnd(run.Fate.Hangs ? 137 : 143));
    }

    /// <inheritdoc/>
    public Task Remove(string runId, CancellationToken cancellation)
    {
        _runs.TryRemove(runId, out _);
        return Task.CompletedTask;
    }

    private async Task EndAfter(Run run, TimeSpan span)
    {
        if (span > TimeSpan.Zero)
            await Task.Delay(span, time).ConfigureAwait(false);
        run.Finish(new ContainerEnd(run.Fate.ExitCode));
    }

    private sealed record Run(ContainerStatus Status, Fate Fate)
    {
        private ContainerEnd? _end;

        public TaskCompletionSource<ContainerEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ContainerEnd? End => Volatile.Read(ref _end);

        public void Finish(ContainerEnd end)
        {
            if (Interlocked.CompareExchange(ref _end, end, null) is null)
                Ended.SetResult(end);
        }
    }
}
