using System.Collections.Concurrent;
using ActorScheduler.Containers;
using ActorScheduler.Containers.Simulated;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs;

/// <summary>Simulated containers whose calls fail or hang on demand, and that are counted.</summary>
internal sealed class FaultyContainerizer : IContainerizer
{
    private readonly SimulatedContainerizer _inner = new(SimulationModel.Still, TimeProvider.System);

    public ConcurrentQueue<string> Starts { get; } = new();

    public ConcurrentQueue<string> Removed { get; } = new();

    public ConcurrentQueue<TimeSpan> Graces { get; } = new();

    /// <summary>How many of the next calls of a name fail.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new();

    /// <summary>How each start fails; null for not at all.</summary>
    public ContainerException? StartFailure { get; set; }

    /// <summary>Whether the next start only ends when it is cancelled.</summary>
    public bool HangsAtStart { get; set; }

    /// <summary>Whether it lists nothing.</summary>
    public bool HidesContainers { get; set; }

    /// <summary>Whether the engine is gone: every call but CanRun fails, or hangs until it is cancelled.</summary>
    public EngineMood Mood { get; set; }

    /// <summary>The engine that answers; null for one without a name.</summary>
    public EngineName? Engine { get; set; }

    private EngineName? _bound;

    /// <summary>The command that runs in a container; null for none can be run.</summary>
    public Func<ContainerCommand, Task<IContainerSession>>? Executes { get; set; }

    /// <summary>Until this is over nobody is told that a container has ended, though it has.</summary>
    public Task HoldsEnds { get; set; } = Task.CompletedTask;

    public ConcurrentQueue<ContainerOrder> Orders { get; } = new();

    public string Name { get; init; } = "faulty";

    public ContainerKinds Kinds { get; init; } = ContainerKinds.Process;

    public bool CanRun(TaskInfo task) => (Kinds & task.Kind) != 0;

    public async Task<ContainerStatus> Start(ContainerOrder order, CancellationToken cancellation)
    {
        await Fail(nameof(Start), cancellation);
        if (StartFailure is { } failure)
            throw failure;
        Starts.Enqueue(order.RunId);
        Orders.Enqueue(order);
        if (HangsAtStart)
            await Task.Delay(Timeout.Infinite, cancellation);
        return await _inner.Start(order, cancellation);
    }

    public async Task<ContainerState> Inspect(string runId, CancellationToken cancellation)
    {
        await Fail(nameof(Inspect), cancellation);
        return await _inner.Inspect(runId, cancellation);
    }

    public async Task<ContainerEnd> WhenEnded(string runId, CancellationToken cancellation)
    {
        await Fail(nameof(WhenEnded), cancellation);
        ContainerEnd end = await _inner.WhenEnded(runId, cancellation);
        await HoldsEnds.WaitAsync(cancellation);
        return end;
    }

    /// <summary>The end of the container that was started first, as it happens.</summary>
    public Task<ContainerEnd> Over() => Starts.TryPeek(out string? run) ? _inner.WhenEnded(run, CancellationToken.None) : throw new InvalidOperationException("nothing was started");

    public async Task Stop(string runId, TimeSpan grace, CancellationToken cancellation)
    {
        Graces.Enqueue(grace);
        await Fail(nameof(Stop), cancellation);
        await _inner.Stop(runId, grace, cancellation);
    }

    public async Task Remove(string runId, CancellationToken cancellation)
    {
        await Fail(nameof(Remove), cancellation);
        Removed.Enqueue(runId);
        await _inner.Remove(runId, cancellation);
    }

    public Task<IReadOnlyCollection<FoundContainer>> List(AgentId agent, string? sandboxes, CancellationToken cancellation) =>
        HidesContainers ? Task.FromResult<IReadOnlyCollection<FoundContainer>>([]) : _inner.List(agent, sandboxes, cancellation);

    public Task<ContainerUsage> Usage(string runId, CancellationToken cancellation) => _inner.Usage(runId, cancellation);

    public Task Resize(string runId, TaskInfo task, CancellationToken cancellation) => _inner.Resize(runId, task, cancellation);

    public Task<IContainerSession> Execute(string runId, ContainerCommand command, CancellationToken cancellation) =>
        Executes is { } execute ? execute(command) : _inner.Execute(runId, command, cancellation);

    public Task<EngineName?> Identify(CancellationToken cancellation) => Task.FromResult(Engine);

    public void Bind(EngineName? engine) => _bound = engine;

    public EngineName? Instead => _bound is not null && Engine != _bound ? Engine : null;

    public async Task<string?> Probe(CancellationToken cancellation)
    {
        await Fail(nameof(Probe), cancellation);
        return await _inner.Probe(cancellation);
    }

    private async Task Fail(string call, CancellationToken cancellation)
    {
        if (Mood == EngineMood.Hangs)
            await Task.Delay(Timeout.Infinite, cancellation);
        if (Mood == EngineMood.Refuses)
            throw new ContainerException("the engine is not there");
        if (Instead is not null)
            throw new ContainerException("another engine answers");
        if (Faults.TryGetValue(call, out int left) && left > 0)
        {
            Faults[call] = left - 1;
            throw new ContainerException($"{call} fails");
        }
    }
}

/// <summary>How an engine as a whole is.</summary>
internal enum EngineMood
{
    Well,
    Refuses,
    Hangs,
}
