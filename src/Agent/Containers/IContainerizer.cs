using ActorScheduler.Model;

namespace ActorScheduler.Agent.Containers;

/// <summary>
/// Runs containers of one kind. A container is named by its run id, which the agent gives it once: starting it again gives the
/// one that there is. Containers outlive the agent's process where they can, and are found again by their run ids. Every call may
/// take long, may be cancelled and may overlap with others; what it throws ends the attempt and not the container.
/// </summary>
public interface IContainerizer
{
    /// <summary>Its name in <c>--containerizers</c>.</summary>
    string Name { get; }

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

    /// <summary>Run ids of all containers of an agent that are here, ended ones included.</summary>
    Task<IReadOnlyCollection<string>> List(AgentId agent, CancellationToken cancellation);
}

/// <summary>What to start.</summary>
/// <param name="RunId">Names the container for ever.</param>
/// <param name="AgentId">On which agent.</param>
/// <param name="FrameworkId">For whom.</param>
/// <param name="Task">What.</param>
/// <param name="User">As whom; empty for the agent's own user.</param>
/// <param name="Group">The group that shares networks and volumes, or null.</param>
public sealed record ContainerOrder(string RunId, AgentId AgentId, FrameworkId FrameworkId, TaskInfo Task, string User, string? Group);

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
}
