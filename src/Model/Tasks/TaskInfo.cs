namespace ActorScheduler.Model;

/// <summary>A task as a framework describes it. Checked by <see cref="TaskRules"/> when it comes from outside.</summary>
public sealed record TaskInfo
{
    /// <summary>Unique within the framework, for as long as the framework lives.</summary>
    public required TaskId Id { get; init; }

    /// <summary>A name for people; need not be unique.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it takes, out of the offers that it is launched on; without the executor.</summary>
    public required Resources Resources { get; init; }

    /// <summary>What to run; null to run what the image says.</summary>
    public CommandInfo? Command { get; init; }

    /// <summary>In what to run it; null for a plain process.</summary>
    public ContainerInfo? Container { get; init; }

    /// <summary>Under which executor it runs; null when the agent brings one for it alone.</summary>
    public ExecutorInfo? Executor { get; init; }

    /// <summary>How to see whether it is well; null for not at all.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>A check whose results are reported and never interpreted; null for none.</summary>
    public HealthCheck? Check { get; init; }

    /// <summary>Time between the request to end and the kill; null for the agent's default.</summary>
    public TimeSpan? KillGracePeriod { get; init; }

    /// <summary>Longest it may run; then it fails with REASON_MAX_COMPLETION_TIME_REACHED. Null for without end.</summary>
    public TimeSpan? MaxCompletionTime { get; init; }

    /// <summary>Hard limits above what it takes, thousandths by name (<c>cpus</c>, <c>mem</c>); <see cref="long.MaxValue"/> for none.</summary>
    public IReadOnlyDictionary<string, long>? Limits { get; init; }

    /// <summary>Matters more when higher; see <see cref="TaskSketch.Priority"/>.</summary>
    public int Priority { get; init; }

    /// <summary>Free labels.</summary>
    public Labels Labels { get; init; } = Labels.Empty;

    /// <summary>How it wants to be found; null for not at all.</summary>
    public DiscoveryInfo? Discovery { get; init; }

    /// <summary>Bytes for the executor, opaque.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The kind of container that it needs.</summary>
    public ContainerKinds Kind => Container?.Image is { Length: > 0 } ? ContainerKinds.Image : ContainerKinds.Process;

    /// <summary>What allocation needs to know of it.</summary>
    public TaskSketch Sketch => new(Id, Resources, Priority, Executor?.Id, Executor?.Resources, Kind);
}
