namespace ActorScheduler.Model;

/// <summary>A report on one task.</summary>
/// <param name="TaskId">Which task.</param>
/// <param name="State">Its state.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="Message">For people, or null.</param>
/// <param name="AgentId">Where, or null.</param>
/// <param name="ExecutorId">Under which executor, or null.</param>
/// <param name="Timestamp">When it was made, wall clock.</param>
/// <param name="Uuid">Sixteen bytes when it has to be acknowledged; reports of the control plane have none.</param>
/// <param name="Healthy">Result of the health check, or null when there is none yet.</param>
/// <param name="ExitCode">What its process ended with, 128 and the signal's number for a signal; null while unknown.</param>
/// <param name="Container">The container it runs in, or null.</param>
/// <param name="UnreachableSince">Since when its agent does not answer; set with UNREACHABLE only.</param>
/// <param name="Data">Bytes from the executor, opaque.</param>
/// <param name="Check">Latest result of the check that is only reported, or null when it has none.</param>
public sealed record TaskUpdate(
    TaskId TaskId, TaskState State, TaskSource Source, TaskReason? Reason = null, string? Message = null, AgentId? AgentId = null,
    ExecutorId? ExecutorId = null, DateTimeOffset Timestamp = default, Guid? Uuid = null, bool? Healthy = null,
    int? ExitCode = null, ContainerStatus? Container = null, DateTimeOffset? UnreachableSince = null, ReadOnlyMemory<byte> Data = default,
    CheckStatus? Check = null);
