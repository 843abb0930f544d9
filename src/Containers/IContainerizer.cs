using ActorScheduler.Model;

namespace ActorScheduler.Containers;

/// <summary>
/// Runs containers of one kind. A container is named by its run id, which the agent gives it once: starting it again gives the
/// one that there is. Containers outlive the agent's process where they can, and are found again by their run ids. Every call may
/// take long, may be cancelled and may overlap with others; what it throws ends the attempt and not the container.
/// </summary>
public interface IContainerizer
{
    /// <summary>Its name in <c>--containerizers</c>.</summary>
    string Name { get; }

    /// <summary>Whether nothing runs and only time passes: then nobody needs files, and there is no engine to look after.</summary>
    bool IsSimulated => false;

    /// <summary>Kinds of containers that it runs while it works: what agents say of themselves.</summary>
    ContainerKinds Kinds { get; }

    /// <summary>Whether it can run a task.</summary>
    bool CanRun(TaskInfo task);

    /// <summary>Starts a container, or gives the one that was started under the same run id.</summary>
    /// <exception cref="ContainerException">It cannot be started; the message is for people.</exception>
    Task<ContainerStatus> Start(ContainerOrder order, CancellationToken cancellation);

    /// <summary>How a container is now.</summary>
    Task<ContainerState> Inspect(string runId, CancellationToken cancellation);

    /// <summary>Ends when the container has ended.</summary>
    Task<ContainerEnd> WhenEnded(string runId, CancellationToken cancellation);

    /// <summary>Asks a container to end and kills it after a time. Nothing happens to one that has ended.</summary>
    Task Stop(string runId, TimeSpan grace, CancellationToken cancellation);

    /// <summary>
    /// Forgets a container. One that still runs, or is about to start, is killed first: when this returns nothing of it runs or
    /// ever will. Nothing happens when there is none.
    /// </summary>
    Task Remove(string runId, CancellationToken cancellation);

    /// <summary>
    /// All containers of an agent that are here, ended ones included: those that name it, and those that work in its folder,
    /// whichever agent had that before.
    /// </summary>
    /// <param name="agent">The agent.</param>
    /// <param name="sandboxes">Its folder of sandboxes; null when it has none.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyCollection<FoundContainer>> List(AgentId agent, string? sandboxes, CancellationToken cancellation);

    /// <summary>What a running container takes just now.</summary>
    /// <exception cref="ContainerException">There is no such container, or it does not run.</exception>
    Task<ContainerUsage> Usage(string runId, CancellationToken cancellation);

    /// <summary>Changes what a running container may take, without touching what runs in it.</summary>
    /// <exception cref="ContainerException">It cannot be changed; the message says why.</exception>
    Task Resize(string runId, TaskInfo task, CancellationToken cancellation);

    /// <summary>Runs a command in a running container, beside its own.</summary>
    /// <exception cref="ContainerException">It cannot be run; the message says why.</exception>
    Task<IContainerSession> Execute(string runId, ContainerCommand command, CancellationToken cancellation);

    /// <summary>
    /// Whether containers can be started and seen now: null, or why not, in one sentence. While it is not null
    /// its tasks stay as they were last seen, and it gets no new ones; other containerizers of the agent go on.
    /// </summary>
    Task<string?> Probe(CancellationToken cancellation);

    /// <summary>
    /// The engine that answers now. Another engine in its place has none of its containers, which says nothing about them. Null where
    /// there is only one on a host, or where engines have no names that last.
    /// </summary>
    /// <exception cref="ContainerException">It does not answer.</exception>
    Task<EngineName?> Identify(CancellationToken cancellation) => Task.FromResult<EngineName?>(null);

    /// <summary>
    /// From now on only this engine counts: while another one answers in its place, <see cref="Probe"/> says so and other calls fail.
    /// </summary>
    /// <param name="engine">Which; null for whichever answers.</param>
    void Bind(EngineName? engine)
    {
    }

    /// <summary>The engine that was seen to answer in the place of the bound one; null when none does.</summary>
    EngineName? Instead => null;
}

/// <summary>Tells an engine from all others.</summary>
/// <param name="Id">The name that it gave itself for ever, with where it keeps its containers.</param>
/// <param name="Address">Where it was reached, for people.</param>
public sealed record EngineName(string Id, string Address);

/// <summary>What to start.</summary>
/// <param name="RunId">Names the container for ever.</param>
/// <param name="AgentId">On which agent.</param>
/// <param name="FrameworkId">For whom.</param>
/// <param name="Task">What.</param>
/// <param name="User">As whom; empty for the agent's own user.</param>
/// <param name="Group">The group that shares networks and volumes, or null.</param>
public sealed record ContainerOrder(string RunId, AgentId AgentId, FrameworkId FrameworkId, TaskInfo Task, string User, string? Group)
{
    /// <summary>
    /// The run's working folder on the host: it is there, with all artifacts, when the container is started. <c>stdout</c> and
    /// <c>stderr</c> are written there. Null where containers need no files.
    /// </summary>
    public string? Sandbox { get; init; }

    /// <summary>What an agent that has forgotten the run takes it over by; kept with the container as it is. Null for nothing.</summary>
    public string? Launch { get; init; }

    /// <summary>All tasks of the group, this one too; empty without a group.</summary>
    public IReadOnlyList<TaskInfo> Members { get; init; } = [];

    /// <summary>Persistent volumes, made from the task's resources; beside those that the task's container asks for.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];
}

/// <summary>A folder of the host that a container sees.</summary>
/// <param name="HostPath">Absolute path on the host.</param>
/// <param name="ContainerPath">Absolute path in the container, or a path below its working folder.</param>
/// <param name="IsReadOnly">Whether the container may not write there.</param>
public sealed record ContainerMount(string HostPath, string ContainerPath, bool IsReadOnly);

/// <summary>What a container takes; null where its kind cannot tell.</summary>
/// <param name="At">When it was read.</param>
/// <param name="ProcessorTime">Time on processors so far.</param>
/// <param name="Memory">Bytes in memory, without what the kernel would give back (file cache).</param>
/// <param name="MemoryLimit">Bytes that it may take.</param>
/// <param name="Processes">How many processes and threads.</param>
/// <param name="Received">Bytes from the network.</param>
/// <param name="Sent">Bytes to the network.</param>
/// <param name="DiskUsed">Bytes in its sandbox.</param>
public sealed record ContainerUsage(
    DateTimeOffset At, TimeSpan? ProcessorTime = null, long? Memory = null, long? MemoryLimit = null, int? Processes = null, long? Received = null,
    long? Sent = null, long? DiskUsed = null);

/// <summary>How a container is.</summary>
public abstract record ContainerState
{
    /// <summary>There is none of this run id.</summary>
    public sealed record Absent : ContainerState;

    /// <summary>It runs.</summary>
    /// <param name="Status">Where.</param>
    public sealed record Running(ContainerStatus Status) : ContainerState;

    /// <summary>It has ended.</summary>
    /// <param name="End">How.</param>
    public sealed record Ended(ContainerEnd End) : ContainerState;
}

/// <summary>How a container ended.</summary>
/// <param name="ExitCode">Of its first process; null when not known.</param>
/// <param name="IsOutOfMemory">Whether it took more memory than it may.</param>
/// <param name="Message">For people, or null.</param>
public sealed record ContainerEnd(int? ExitCode, bool IsOutOfMemory = false, string? Message = null);

/// <summary>A container could not be started. The message says why in one sentence.</summary>
public sealed class ContainerException : Exception
{
    /// <summary>An error with a message.</summary>
    public ContainerException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    public ContainerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error.</summary>
    public ContainerException()
    {
    }

    /// <summary>The exit code by which shells say the same: 127 when there is no such program, 126 when it may not be executed. Null for anything else.</summary>
    public int? ExitCode { get; init; }
}
