namespace ActorScheduler.Agent.Checkpoints;

/// <summary>Keeps nothing beyond the process: for simulations of many agents.</summary>
internal sealed class MemoryCheckpoint : ICheckpoint
{
    private readonly Dictionary<TaskKey, KeptTask> _tasks = [];
    private readonly SortedDictionary<long, KeptUpdate> _updates = [];
    private AgentIdentity? _identity;

    /// <summary>All that is kept now.</summary>
    internal AgentMemory Memory => new(_identity, [.. _tasks.Values], [.. _updates.Values]);

    public Task<AgentMemory> Load() => Task.FromResult(Memory);

    public Task Save(IReadOnlyList<CheckpointChange> changes)
    {
        foreach (CheckpointChange change in changes)
        {
            switch (change)
            {
                case CheckpointChange.Identify identify:
                    _identity = identify.Identity;
                    break;
                case CheckpointChange.Keep keep:
                    _tasks[keep.Task.Key] = keep.Task;
                    break;
                case CheckpointChange.Forget forget:
                    _tasks.Remove(forget.Task);
                    break;
                case CheckpointChange.Owe owe:
                    _updates[owe.Update.Number] = owe.Update;
                    break;
                case CheckpointChange.Deliver deliver:
                    _updates.Remove(deliver.Number);
                    break;
            }
        }
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
