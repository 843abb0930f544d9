namespace ActorScheduler.Containers.Processes;

/// <summary>What this process knows of a run. Changed only by who holds the gate.</summary>
/// <param name="id">Which.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing.")]
internal sealed class ProcessRun(string id)
{
    public string Id => id;

    /// <summary>One change at a time, in the order of the calls.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    public RunPhase Phase { get; set; }

    /// <summary>Set while it runs and when it has ended.</summary>
    public RunFacts? Facts { get; set; }

    /// <summary>Number of its supervisor, and of its session.</summary>
    public int Supervisor { get; set; }

    /// <summary>
    /// Whether this process has started its supervisor: until the end of a child is told its number is nobody else's. Its arguments
    /// are not yet there for a moment after it was started, so they do not tell.
    /// </summary>
    public bool IsChild { get; set; }

    /// <summary>Brings its output to its files while there is anything to bring; null before and afterwards.</summary>
    public RunOutput? Output { get; set; }

    /// <summary>Set when its supervisor has ended, while that is watched.</summary>
    public TaskCompletionSource SupervisorEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when it has ended or was removed.</summary>
    public TaskCompletionSource<ContainerEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

