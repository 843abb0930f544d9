using ActorScheduler.Model;

namespace ActorScheduler.Protocol;

// Operators' decisions and questions; to the allocator. Decisions are durable before they are answered.

/// <summary>Sets guarantees and limits of a top-level role.</summary>
/// <param name="RequestId">Names the request.</param>
/// <param name="Role">Which role.</param>
/// <param name="Guarantees">What it gets before anybody gets more than a guarantee.</param>
/// <param name="Limits">Thousandths by resource name that it may not exceed.</param>
/// <param name="Force">Although the cluster is too small, or the role uses more.</param>
public sealed record SetQuota(
    Guid RequestId, string Role, Quantities Guarantees, IReadOnlyDictionary<string, long> Limits, bool Force = false) : IAllocatorMessage, ICommand;

/// <summary>Takes guarantees and limits off a role.</summary>
public sealed record RemoveQuota(Guid RequestId, string Role) : IAllocatorMessage, ICommand;

/// <summary>Sets how much a role counts among its siblings.</summary>
public sealed record SetWeight(Guid RequestId, string Role, double Weight) : IAllocatorMessage, ICommand;

/// <summary>A role counts 1 again; one that nothing else is known of is forgotten.</summary>
public sealed record RemoveWeight(Guid RequestId, string Role) : IAllocatorMessage, ICommand;

/// <summary>Changes reservations or volumes of an agent's idle resources.</summary>
public sealed record OperateOnAgent(Guid RequestId, AgentId AgentId, Operation Operation) : IAllocatorMessage, ICommand;

/// <summary>Plans when an agent is away, or that it is not after all.</summary>
public sealed record ScheduleMaintenance(Guid RequestId, AgentId AgentId, Unavailability? Unavailability) : IAllocatorMessage, ICommand;

/// <summary>Empties an agent: no new tasks, those there end within a time.</summary>
/// <param name="RequestId">Names the request.</param>
/// <param name="AgentId">Which agent.</param>
/// <param name="MaxGracePeriod">Longest time that a task gets to end; null for its own.</param>
/// <param name="Deadline">Wall clock; tasks get until then, and are then ended. Null: they are ended now.</param>
/// <param name="MarkGone">Whether the agent is declared gone once it is empty.</param>
public sealed record DrainAgent(
    Guid RequestId, AgentId AgentId, TimeSpan? MaxGracePeriod = null, DateTimeOffset? Deadline = null, bool MarkGone = false) : IAllocatorMessage, ICommand;

/// <summary>No new tasks on an agent; those there go on.</summary>
public sealed record DeactivateAgent(Guid RequestId, AgentId AgentId) : IAllocatorMessage, ICommand;

/// <summary>New tasks again, also after draining.</summary>
public sealed record ReactivateAgent(Guid RequestId, AgentId AgentId) : IAllocatorMessage, ICommand;

/// <summary>Declares that an agent is gone for good: its tasks are GONE_BY_OPERATOR, it may never come back under this id.</summary>
public sealed record MarkAgentGone(Guid RequestId, AgentId AgentId) : IAllocatorMessage, ICommand;

/// <summary>Asks for a page of agents in the order of their ids; answered with <see cref="AgentsSnapshot"/>.</summary>
/// <param name="After">The page begins after this id; null for the first.</param>
/// <param name="Count">Most agents of the page, 1 to 1,000; fewer come where they would not fit into one message.</param>
public sealed record GetAgents(AgentId? After = null, int Count = 100) : IAllocatorMessage;

/// <summary>A page of agents.</summary>
/// <param name="Epoch">By which allocator.</param>
/// <param name="Agents">In the order of their ids.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record AgentsSnapshot(Epoch Epoch, IReadOnlyList<AgentSummary> Agents, bool HasMore) : IProtocolMessage;

/// <summary>An agent at a glance.</summary>
/// <param name="Info">What it says of itself.</param>
/// <param name="State">How it stands.</param>
/// <param name="IsActive">Whether it is offered.</param>
/// <param name="IsDraining">Whether it is being emptied.</param>
/// <param name="IsDegraded">Whether it cannot start containers now.</param>
/// <param name="Total">All it has.</param>
/// <param name="Used">What tasks hold.</param>
/// <param name="Offered">What is offered.</param>
/// <param name="Tasks">How many tasks it holds.</param>
/// <param name="Unavailability">When it is to be away, or null.</param>
/// <param name="Node">The cluster member it runs on, or null for a client.</param>
/// <param name="DrainDeadline">Until when its tasks may go on while it is being emptied; null when they may not, or it is not.</param>
/// <param name="Aside">Containers that run there and that nobody answers for, some of them.</param>
/// <param name="Condition">Each of its containerizers, and what is wrong with it; null when the agent is not there or does not tell.</param>
public sealed record AgentSummary(
    AgentInfo Info, AgentState State, bool IsActive, bool IsDraining, bool IsDegraded, Resources Total, Resources Used, Resources Offered,
    int Tasks, Unavailability? Unavailability, string? Node, DateTimeOffset? DrainDeadline = null, IReadOnlyList<AsideContainer>? Aside = null,
    AgentCondition? Condition = null);

/// <summary>Asks how many there are of everything; answered with <see cref="ClusterSummary"/>. Cheap.</summary>
public sealed record GetClusterSummary : IAllocatorMessage;

/// <summary>The cluster in figures.</summary>
/// <param name="Epoch">By which allocator.</param>
/// <param name="RegisteredAgents">Agents that answer.</param>
/// <param name="UnreachableAgents">Agents that do not.</param>
/// <param name="Frameworks">Frameworks that have registered.</param>
/// <param name="ActiveFrameworks">Those of them whose scheduler is there.</param>
/// <param name="Tasks">Tasks that hold resources.</param>
/// <param name="OpenOffers">Offers that are not answered.</param>
public sealed record ClusterSummary(
    Epoch Epoch, int RegisteredAgents, int UnreachableAgents, int Frameworks, int ActiveFrameworks, int Tasks, int OpenOffers) : IProtocolMessage;

/// <summary>Asks for a page of frameworks in the order of their ids; answered with <see cref="FrameworksSnapshot"/>.</summary>
public sealed record GetFrameworks(FrameworkId? After = null, int Count = 100) : IAllocatorMessage;

/// <summary>A page of frameworks.</summary>
public sealed record FrameworksSnapshot(Epoch Epoch, IReadOnlyList<FrameworkSummary> Frameworks, bool HasMore) : IProtocolMessage;

/// <summary>A framework at a glance, as the allocator knows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Info">What it says of itself; null when only agents have spoken of it so far.</param>
/// <param name="IsActive">Whether its scheduler is there.</param>
/// <param name="Used">What its tasks hold.</param>
/// <param name="Offered">What it is offered.</param>
/// <param name="Tasks">How many tasks hold resources.</param>
public sealed record FrameworkSummary(FrameworkId Id, FrameworkInfo? Info, bool IsActive, Resources Used, Resources Offered, int Tasks);

/// <summary>Asks for a page of open offers in the order of their ids; answered with <see cref="OffersSnapshot"/>.</summary>
/// <param name="After">The page begins after this id; null for the first.</param>
/// <param name="Count">Most offers of the page, 1 to 1,000; fewer come where they would not fit into one message.</param>
/// <param name="FrameworkId">Those of one framework; null for all.</param>
public sealed record GetOffers(OfferId? After = null, int Count = 100, FrameworkId? FrameworkId = null) : IAllocatorMessage;

/// <summary>A page of offers that are neither answered nor withdrawn.</summary>
/// <param name="Epoch">By which allocator.</param>
/// <param name="Offers">In the order of their ids.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record OffersSnapshot(Epoch Epoch, IReadOnlyList<Offer> Offers, bool HasMore) : IProtocolMessage;

/// <summary>Asks for a page of roles in the order of their names; answered with <see cref="RolesSnapshot"/>.</summary>
/// <param name="After">The page begins after this name; null for the first.</param>
/// <param name="Count">Most roles of the page, 1 to 1,000; fewer come where they would not fit into one message.</param>
public sealed record GetRoles(string? After = null, int Count = 1000) : IAllocatorMessage;

/// <summary>A page of roles with what they are entitled to.</summary>
/// <param name="Epoch">By which allocator.</param>
/// <param name="Roles">In the order of their names.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record RolesSnapshot(Epoch Epoch, IReadOnlyList<RoleSummary> Roles, bool HasMore = false) : IProtocolMessage;

/// <summary>A role at a glance.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">How much it counts among its siblings.</param>
/// <param name="Share">Its dominant share, 0 to 1, divided by nothing.</param>
/// <param name="Used">What tasks hold in it and below.</param>
/// <param name="Guarantees">By quota.</param>
/// <param name="Limits">By quota, thousandths by name.</param>
/// <param name="Frameworks">Frameworks that want offers in it.</param>
public sealed record RoleSummary(
    string Name, double Weight, double Share, Quantities Used, Quantities Guarantees, IReadOnlyDictionary<string, long> Limits,
    IReadOnlyList<FrameworkId> Frameworks);

/// <summary>Asks why a framework is not offered something; answered with <see cref="OffersExplained"/>.</summary>
/// <param name="FrameworkId">Which framework.</param>
/// <param name="Role">In which role.</param>
/// <param name="Size">What it needs; null for anything.</param>
public sealed record ExplainOffers(FrameworkId FrameworkId, string Role, WantedSize? Size = null) : IAllocatorMessage;

/// <summary>Why a framework is not offered something.</summary>
/// <param name="Problem">Set when the question could not be answered.</param>
/// <param name="Verdict">One sentence.</param>
/// <param name="Obstacles">How many agents fail for which reason.</param>
public sealed record OffersExplained(Problem? Problem, string Verdict, IReadOnlyDictionary<string, int> Obstacles) : IProtocolMessage;

/// <summary>Asks a framework's actor for a page of its tasks in the order of their ids; answered with <see cref="FrameworkSnapshot"/>.</summary>
/// <param name="FrameworkId">Which framework.</param>
/// <param name="After">The page begins after this id; null for the first.</param>
/// <param name="Count">Most tasks of the page, 1 to 1,000; fewer come where they would not fit into one message.</param>
/// <param name="Completed">Tasks that have ended, instead of the others.</param>
/// <param name="Prefix">Only tasks whose ids begin so.</param>
/// <param name="AgentId">Only tasks of this agent.</param>
public sealed record GetFramework(
    FrameworkId FrameworkId, TaskId? After = null, int Count = 100, bool Completed = false, string? Prefix = null, AgentId? AgentId = null) : IFrameworkMessage;

/// <summary>A framework with a page of its tasks.</summary>
/// <param name="FrameworkId">Which framework.</param>
/// <param name="Info">What it says of itself; null when it is not known.</param>
/// <param name="IsConnected">Whether its scheduler is there.</param>
/// <param name="DisconnectedSince">Since when it is not; else null.</param>
/// <param name="Tasks">The page.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="Live">How many tasks have not ended.</param>
/// <param name="Unacknowledged">How many updates its scheduler has not acknowledged.</param>
public sealed record FrameworkSnapshot(
    FrameworkId FrameworkId, FrameworkInfo? Info, bool IsConnected, DateTimeOffset? DisconnectedSince, IReadOnlyList<TaskSummary> Tasks, bool HasMore,
    int Live, int Unacknowledged) : IFrameworkMessage;

/// <summary>
/// Ends a task on an operator's wish, whether its scheduler is there or not; its terminal state comes to the scheduler as an update.
/// </summary>
/// <param name="FrameworkId">Whose task.</param>
/// <param name="RequestId">Names the request.</param>
/// <param name="TaskId">Which task; it has not ended.</param>
/// <param name="GracePeriod">Time it has to end by itself; null for the task's own.</param>
public sealed record StopTask(FrameworkId FrameworkId, Guid RequestId, TaskId TaskId, TimeSpan? GracePeriod = null) : IFrameworkMessage, ICommand;

/// <summary>A task as its framework's actor knows it.</summary>
public sealed record TaskSummary(TaskInfo Task, AgentId AgentId, string Role, TaskUpdate Status);
