using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol;

// Between frameworks' actors and agents. The framework's actor owns what was asked for and sends it until the agent has it; the
// agent owns what became of it and sends that until the framework's actor has it.

/// <summary>What an agent has to know of a framework.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="User">As whom tasks run that do not say; empty for the agent's own user.</param>
/// <param name="Principal">Who it is, or null.</param>
public sealed record FrameworkBrief(FrameworkId Id, string Name, string User, string? Principal);

/// <summary>
/// Starts tasks, after changing reservations and volumes. The agent checks each against what it holds, keeps it, and answers
/// the sender with <see cref="LaunchKept"/>. What it knows already is only answered.
/// </summary>
/// <param name="Framework">For whom.</param>
/// <param name="AgentId">Where.</param>
/// <param name="Epoch">Epoch of the offers.</param>
/// <param name="Registration">The agent's registration under which resources were granted; under another it refuses.</param>
/// <param name="Number">The framework's number of the use of offers; with the framework's id it names this launch.</param>
/// <param name="Role">Role of the offers.</param>
/// <param name="Conversions">Changes to make first, in order.</param>
/// <param name="Tasks">What to start.</param>
public sealed record LaunchTasks(
    FrameworkBrief Framework, AgentId AgentId, Epoch Epoch, long Registration, long Number, string Role, IReadOnlyList<AppliedOperation> Conversions,
    IReadOnlyList<TaskLaunch> Tasks) : IProtocolMessage;

/// <summary>One task to start.</summary>
/// <param name="Task">The task.</param>
/// <param name="Group">Names the group that starts and ends as one; null for none.</param>
public sealed record TaskLaunch(TaskInfo Task, string? Group = null);

/// <summary>Ends a task on an agent; idempotent.</summary>
/// <param name="FrameworkId">Whose.</param>
/// <param name="AgentId">Where.</param>
/// <param name="TaskId">Which.</param>
/// <param name="GracePeriod">Time to end; null for the task's own.</param>
/// <param name="Reason">What the terminal update is to say, or null.</param>
public sealed record EndTask(FrameworkId FrameworkId, AgentId AgentId, TaskId TaskId, TimeSpan? GracePeriod, TaskReason? Reason) : IProtocolMessage;

/// <summary>Ends an executor with its tasks on an agent; idempotent.</summary>
public sealed record EndExecutor(FrameworkId FrameworkId, AgentId AgentId, ExecutorId ExecutorId) : IProtocolMessage;

/// <summary>Ends everything of a framework on an agent; idempotent.</summary>
public sealed record EndFramework(FrameworkId FrameworkId, AgentId AgentId) : IProtocolMessage;

/// <summary>Updates are durable with the framework's actor: the agent may forget them.</summary>
public sealed record UpdatesKept(FrameworkId FrameworkId, AgentId AgentId, IReadOnlyList<UpdateKey> Updates) : IProtocolMessage;

/// <summary>Bytes for an executor.</summary>
public sealed record DeliverToExecutor(FrameworkId FrameworkId, AgentId AgentId, ExecutorId ExecutorId, ReadOnlyMemory<byte> Data) : IProtocolMessage;

/// <summary>Asks an agent what it holds; answered with pages of <see cref="TasksHeld"/>. What was sent to it before is in the answer.</summary>
/// <param name="FrameworkId">For which framework.</param>
/// <param name="AgentId">Which agent.</param>
/// <param name="Question">Names the question.</param>
public sealed record AskForTasks(FrameworkId FrameworkId, AgentId AgentId, long Question) : IProtocolMessage;

/// <summary>
/// Tasks of a framework that an agent holds, with their last states. What is on no page, from the first to the last, the agent does
/// not have. When a page is lost it is asked anew.
/// </summary>
/// <param name="FrameworkId">Whose.</param>
/// <param name="AgentId">Where.</param>
/// <param name="Agent">The agent's actor.</param>
/// <param name="Question">Which question is answered.</param>
/// <param name="Tasks">Descriptions with the role and last status.</param>
/// <param name="Page">Counts pages from 0.</param>
/// <param name="IsLast">Whether no page follows.</param>
public sealed record TasksHeld(
    FrameworkId FrameworkId, AgentId AgentId, IActorRef Agent, long Question, IReadOnlyList<TaskOnAgent> Tasks, int Page = 0, bool IsLast = true)
    : IFrameworkMessage;

/// <summary>A task on an agent.</summary>
public sealed record TaskOnAgent(TaskInfo Task, string Role, TaskUpdate Status);

/// <summary>A launch is in the agent's checkpoint: what becomes of its tasks comes as updates.</summary>
public sealed record LaunchKept(FrameworkId FrameworkId, AgentId AgentId, long Number) : IFrameworkMessage;

/// <summary>Conversions of a launch were made, or could not be: then none of its tasks starts.</summary>
public sealed record ConversionsMade(FrameworkId FrameworkId, AgentId AgentId, long Number, Problem? Problem) : IFrameworkMessage;

/// <summary>
/// What became of tasks, in order for each. Sent again, with what has come since, until <see cref="UpdatesKept"/> names them.
/// </summary>
/// <param name="FrameworkId">Whose.</param>
/// <param name="AgentId">Where.</param>
/// <param name="Agent">The agent's actor, to whom the answer goes.</param>
/// <param name="Updates">Each has a uuid.</param>
public sealed record ReportUpdates(FrameworkId FrameworkId, AgentId AgentId, IActorRef Agent, IReadOnlyList<TaskUpdate> Updates) : IFrameworkMessage;

/// <summary>Bytes from an executor.</summary>
public sealed record DeliverFromExecutor(FrameworkId FrameworkId, AgentId AgentId, ExecutorId ExecutorId, ReadOnlyMemory<byte> Data) : IFrameworkMessage;

/// <summary>An executor ended.</summary>
public sealed record ExecutorExited(FrameworkId FrameworkId, AgentId AgentId, ExecutorId ExecutorId, int? ExitCode) : IFrameworkMessage;
