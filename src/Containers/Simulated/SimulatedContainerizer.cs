using System.Collections.Concurrent;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Simulated;

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
    private readonly ConcurrentDictionary<string, SimulatedContainer> _containers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "simulated";

    /// <inheritdoc/>
    public bool IsSimulated => true;

    /// <inheritdoc/>
    public ContainerKinds Kinds => ContainerKinds.Process | ContainerKinds.Image;

    /// <inheritdoc/>
    public bool CanRun(TaskInfo task) => true;

    /// <inheritdoc/>
    public async Task<ContainerStatus> Start(ContainerOrder order, CancellationToken cancellation)
    {
        if (_containers.TryGetValue(order.RunId, out SimulatedContainer? known))
            return known.Status;
        var fate = Fate.Of(order.Task, model.Next());
        if (fate.Start > TimeSpan.Zero)
            await Task.Delay(fate.Start, time, cancellation).ConfigureAwait(false);
        if (fate.Failure is { } failure)
            throw new ContainerException(failure);
        var container = new SimulatedContainer(order.AgentId, new ContainerStatus(order.RunId, []), fate) { Launch = order.Launch };
        if (_containers.GetOrAdd(order.RunId, container) is var there && !ReferenceEquals(there, container))
            return there.Status;
        if (fate is { Run: { } span, Hangs: false })
            _ = EndAfter(container, span);
        return container.Status;
    }

    /// <inheritdoc/>
    public Task<ContainerState> Inspect(string runId, CancellationToken cancellation) => Task.FromResult<ContainerState>(
        !_containers.TryGetValue(runId, out SimulatedContainer? container) ? new ContainerState.Absent()
        : container.End is { } end ? new ContainerState.Ended(end)
        : new ContainerState.Running(container.Status));

    /// <inheritdoc/>
    public Task<ContainerEnd> WhenEnded(string runId, CancellationToken cancellation) => _containers.TryGetValue(runId, out SimulatedContainer? container)
        ? container.WhenEnded.WaitAsync(cancellation)
        : Task.FromException<ContainerEnd>(new ContainerException($"there is no container {runId}"));

    /// <inheritdoc/>
    public async Task Stop(string runId, TimeSpan grace, CancellationToken cancellation)
    {
        if (!_containers.TryGetValue(runId, out SimulatedContainer? container))
            return;
        if (container.Fate.Hangs && grace > TimeSpan.Zero)
            await Task.Delay(grace, time, cancellation).ConfigureAwait(false);
        container.Finish(new ContainerEnd(container.Fate.Hangs ? 137 : 143));
    }

    /// <inheritdoc/>
    public Task Remove(string runId, CancellationToken cancellation)
    {
        if (_containers.TryRemove(runId, out SimulatedContainer? container))
            container.Finish(new ContainerEnd(137));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<FoundContainer>> List(AgentId agent, string? sandboxes, CancellationToken cancellation) => Task.FromResult<IReadOnlyCollection<FoundContainer>>(
    [
        .. _containers.Where(container => container.Value.AgentId == agent)
            .Select(static container => new FoundContainer(container.Key, container.Value.AgentId, container.Value.End is null) { Launch = container.Value.Launch }),
    ]);

    /// <inheritdoc/>
    public Task<ContainerUsage> Usage(string runId, CancellationToken cancellation) => _containers.ContainsKey(runId)
        ? Task.FromResult(new ContainerUsage(time.GetUtcNow()))
        : Task.FromException<ContainerUsage>(new ContainerException($"there is no container {runId}"));

    /// <inheritdoc/>
    public Task Resize(string runId, TaskInfo task, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IContainerSession> Execute(string runId, ContainerCommand command, CancellationToken cancellation) =>
        Task.FromException<IContainerSession>(new ContainerException("nothing can be run in a simulated container"));

    /// <inheritdoc/>
    public Task<string?> Probe(CancellationToken cancellation) => Task.FromResult<string?>(null);

    private async Task EndAfter(SimulatedContainer container, TimeSpan span)
    {
        if (span > TimeSpan.Zero)
            await Task.Delay(span, time).ConfigureAwait(false);
        container.Finish(new ContainerEnd(container.Fate.ExitCode));
    }
}
