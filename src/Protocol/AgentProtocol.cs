using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol;

// Between agents and the allocator. The agent owns the facts about its host: what there is, what is used, what has ended.

/// <summary>
/// An agent with all it has: sent at its start, when a new allocator begins, and when its resources change. Answered to
/// <paramref name="Agent"/> with <see cref="AgentRegistered"/> or <see cref="AgentRefused"/>.
/// </summary>
/// <param name="AgentId">Its id; it keeps it in its data folder.</param>
/// <param name="Incarnation">Names this run of its process. The latest takes the place of an earlier one.</param>
/// <param name="Agent">Its actor.</param>
/// <param name="Node">Address of the cluster member it runs on, or null when it joined as a client.</param>
/// <param name="Info">What it says of itself.</param>
/// <param name="Total">All its resources: reserved, volumes and in use included.</param>
/// <param name="Tasks">What runs on it or waits to.</param>
/// <param name="Decision">Number of the last operator's decision that it has carried out.</param>
/// <param name="IsDegraded">Whether it cannot start containers now: it keeps what it has and is offered to nobody.</param>
/// <param name="Statement">Counts what this process has said of itself; names the pages that belong to this.</param>
/// <param name="Pages">How many <see cref="AnnounceTasks"/> went before it; its own tasks are the last page.</param>
/// <param name="Aside">Containers that run there and that nobody answers for, some of them; what they take is not in the total.</param>
/// <param name="Condition">How it is; null from a version that does not tell.</param>
public sealed record RegisterAgent(
    AgentId AgentId, Guid Incarnation, IActorRef Agent, string? Node, AgentInfo Info, Resources Total, IReadOnlyList<HeldTask> Tasks,
    long Decision, bool IsDegraded, long Statement = 0, int Pages = 0, IReadOnlyList<AsideContainer>? Aside = null,
    AgentCondition? Condition = null) : IAllocatorMessage;

/// <summary>A container that an agent found and did not know, and that could not be taken over.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="Task">Which task it runs, for people; null when it does not say.</param>
/// <param name="Resources">What it takes, as text; null when it does not say.</param>
/// <param name="Reason">Why it was not taken over.</param>
/// <param name="EndedBy">The command line that ends it, on the agent's host.</param>
public sealed record AsideContainer(string RunId, string? Task, string? Resources, string Reason, string EndedBy);

/// <summary>
/// Tasks of an agent that has too many for one message, ahead of the <see cref="RegisterAgent"/> that they belong to. When one is
/// lost or out of order that registration is refused, and the agent begins anew with the first.
/// </summary>
/// <param name="AgentId">Which agent.</param>
/// <param name="Incarnation">Which run of its process.</param>
/// <param name="Statement">Which registration they belong to.</param>
/// <param name="Page">Counts pages from 0.</param>
/// <param name="Tasks">The tasks.</param>
public sealed record AnnounceTasks(AgentId AgentId, Guid Incarnation, long Statement, int Page, IReadOnlyList<HeldTask> Tasks) : IAllocatorMessage;

/// <summary>A task that an agent holds resources for.</summary>
/// <param name="FrameworkId">Whose.</param>
/// <param name="Role">Role of the offer that it was launched on.</param>
/// <param name="Task">What allocation needs to know of it; a shared executor's resources are counted with the first task it has.</param>
/// <param name="State">Its state.</param>
public sealed record HeldTask(FrameworkId FrameworkId, string Role, TaskSketch Task, TaskState State);

/// <summary>The agent is there. Answered with <see cref="HeartbeatSeen"/>, or <see cref="RegisterAgain"/> when it is not known.</summary>
/// <param name="AgentId">Which.</param>
/// <param name="Incarnation">Which run of its process.</param>
/// <param name="Agent">Its actor.</param>
/// <param name="Epoch">The allocator that it is registered with.</param>
/// <param name="Condition">How it is: what a report that was lost said comes again with each. Null from a version that does not tell.</param>
public sealed record AgentHeartbeat(AgentId AgentId, Guid Incarnation, IActorRef Agent, Epoch Epoch, AgentCondition? Condition = null) : IAllocatorMessage;

/// <summary>Tasks have ended (or never began) and shared executors too: what they held is free. Sent again until <see cref="ReleaseSeen"/>.</summary>
/// <param name="AgentId">Where.</param>
/// <param name="Epoch">Registered with which allocator.</param>
/// <param name="Number">Counts releases of this registration.</param>
/// <param name="Tasks">Which tasks.</param>
/// <param name="Executors">Resources of shared executors that have ended.</param>
public sealed record ReleaseResources(
    AgentId AgentId, Epoch Epoch, long Number, IReadOnlyList<EndedTask> Tasks, IReadOnlyList<EndedExecutor> Executors) : IAllocatorMessage;

/// <summary>A task that holds nothing any more.</summary>
public sealed record EndedTask(FrameworkId FrameworkId, TaskId TaskId);

/// <summary>A shared executor that holds nothing any more.</summary>
public sealed record EndedExecutor(FrameworkId FrameworkId, ExecutorId ExecutorId, string Role, Resources Resources);

/// <summary>The agent is another than it said before: sent at once, and its heartbeats say the same from then on.</summary>
/// <param name="AgentId">Which.</param>
/// <param name="Epoch">The allocator that it is registered with.</param>
/// <param name="IsDegraded">Whether it cannot start any container now.</param>
/// <param name="Reason">What is wrong, or that all is well; for people.</param>
/// <param name="Condition">How it is; null from a version that does not tell.</param>
public sealed record ReportDegraded(AgentId AgentId, Epoch Epoch, bool IsDegraded, string Reason, AgentCondition? Condition = null) : IAllocatorMessage;

/// <summary>The agent leaves in good order; what ran on it has ended or will be told as unreachable.</summary>
public sealed record LeaveCluster(AgentId AgentId, Guid Incarnation) : IAllocatorMessage;

/// <summary>A decision of an operator was carried out, or could not be.</summary>
public sealed record DecisionCarriedOut(AgentId AgentId, Epoch Epoch, long Decision, Problem? Problem) : IAllocatorMessage;

/// <summary>The agent is entered in the books.</summary>
/// <param name="AgentId">Which.</param>
/// <param name="Epoch">By which allocator; commands of earlier ones are to be refused.</param>
/// <param name="Registration">Number of this registration; launches that were granted under another are to be refused.</param>
/// <param name="HeartbeatInterval">How often to show up.</param>
/// <param name="Decisions">Operators' decisions about it that it has not carried out yet, in order.</param>
public sealed record AgentRegistered(
    AgentId AgentId, Epoch Epoch, long Registration, TimeSpan HeartbeatInterval, IReadOnlyList<AgentDecision> Decisions) : IProtocolMessage;

/// <summary>The agent is not entered.</summary>
/// <param name="AgentId">Which.</param>
/// <param name="Epoch">By which allocator.</param>
/// <param name="Problem">Why.</param>
/// <param name="IsFinal">Whether it is no use to try again: it was declared gone, or another process has its id.</param>
public sealed record AgentRefused(AgentId AgentId, Epoch Epoch, Problem Problem, bool IsFinal) : IProtocolMessage;

/// <summary>The allocator hears the agent.</summary>
public sealed record HeartbeatSeen(AgentId AgentId, Epoch Epoch) : IProtocolMessage;

/// <summary>The allocator does not know the agent (any more): it is to register.</summary>
public sealed record RegisterAgain(AgentId AgentId, Epoch Epoch) : IProtocolMessage;

/// <summary>A release is entered in the books.</summary>
public sealed record ReleaseSeen(AgentId AgentId, Epoch Epoch, long Number) : IProtocolMessage;

/// <summary>Something that an operator decided about an agent.</summary>
/// <param name="Number">Counts the decisions about all agents; kept over failovers.</param>
public abstract record AgentDecision(long Number)
{
    /// <summary>Reservations or volumes change.</summary>
    /// <param name="Number">Counts decisions.</param>
    /// <param name="Operation">The change.</param>
    public sealed record Operate(long Number, Operation Operation) : AgentDecision(Number);

    /// <summary>All tasks are to end, with REASON_AGENT_DRAINING.</summary>
    /// <param name="Number">Counts decisions.</param>
    /// <param name="MaxGracePeriod">Longest time that a task gets to end; null for its own.</param>
    public sealed record Drain(long Number, TimeSpan? MaxGracePeriod) : AgentDecision(Number);

    /// <summary>The agent takes tasks again.</summary>
    /// <param name="Number">Counts decisions.</param>
    public sealed record Reactivate(long Number) : AgentDecision(Number);
}

/// <summary>Operators' decisions for a registered agent.</summary>
public sealed record CarryOut(AgentId AgentId, Epoch Epoch, IReadOnlyList<AgentDecision> Decisions) : IProtocolMessage;
