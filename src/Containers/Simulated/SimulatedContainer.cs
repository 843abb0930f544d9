using ActorScheduler.Model;

namespace ActorScheduler.Containers.Simulated;

/// <summary>A container that passes time.</summary>
/// <param name="agentId">Whose.</param>
/// <param name="status">What is said of it.</param>
/// <param name="fate">What becomes of it.</param>
internal sealed class SimulatedContainer(AgentId agentId, ContainerStatus status, Fate fate)
{
    private readonly TaskCompletionSource<ContainerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AgentId AgentId { get; } = agentId;

    public ContainerStatus Status { get; } = status;

    public string? Launch { get; init; }

    public Fate Fate { get; } = fate;

    public Task<ContainerEnd> WhenEnded => _ended.Task;

    /// <summary>How it ended; null while it runs.</summary>
    public ContainerEnd? End => _ended.Task.IsCompletedSuccessfully ? _ended.Task.Result : null;

    /// <summary>Ends it, unless it has ended.</summary>
    public void Finish(ContainerEnd end) => _ended.TrySetResult(end);
}
