using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Registry;

/// <summary>A fact in the allocator's journal: its epochs, which agents there are, and what operators decided.</summary>
internal abstract record RegistryEvent : IMasterEvent;

/// <summary>An allocator began.</summary>
internal sealed record EpochBegun(Epoch Epoch, DateTimeOffset At) : RegistryEvent;

/// <summary>An agent is known from now on, or is known on another node.</summary>
internal sealed record AgentAdmitted(AgentId AgentId, string Hostname, string? Node) : RegistryEvent;

/// <summary>An agent left in good order with nothing on it.</summary>
internal sealed record AgentForgotten(AgentId AgentId) : RegistryEvent;

/// <summary>An agent does not answer.</summary>
internal sealed record AgentLost(AgentId AgentId, DateTimeOffset At) : RegistryEvent;

/// <summary>An agent answers again.</summary>
internal sealed record AgentFound(AgentId AgentId) : RegistryEvent;

/// <summary>An operator's decision.</summary>
/// <param name="RequestId">By which request; null when it follows from an earlier decision.</param>
internal abstract record OperatorEvent(Guid? RequestId) : RegistryEvent
{
    /// <summary>Of the command, so that another one with the same request is told apart; null when it is not known.</summary>
    public long? Digest { get; init; }
}

/// <summary>An agent is gone for good.</summary>
internal sealed record AgentMarkedGone(Guid? RequestId, AgentId AgentId, DateTimeOffset At) : OperatorEvent(RequestId);

/// <summary>Quota of a role was set.</summary>
internal sealed record QuotaSet(Guid? RequestId, string Role, Quantities Guarantees, IReadOnlyDictionary<string, long> Limits) : OperatorEvent(RequestId);

/// <summary>A role has no quota any more.</summary>
internal sealed record QuotaRemoved(Guid? RequestId, string Role) : OperatorEvent(RequestId);

/// <summary>A role's weight was set.</summary>
internal sealed record WeightSet(Guid? RequestId, string Role, double Weight) : OperatorEvent(RequestId);

/// <summary>A role counts 1 again.</summary>
internal sealed record WeightRemoved(Guid? RequestId, string Role) : OperatorEvent(RequestId);

/// <summary>When an agent is to be away; null: it stays.</summary>
internal sealed record MaintenanceScheduled(Guid? RequestId, AgentId AgentId, Unavailability? Unavailability) : OperatorEvent(RequestId);

/// <summary>No new tasks on an agent.</summary>
internal sealed record AgentDeactivated(Guid? RequestId, AgentId AgentId) : OperatorEvent(RequestId);

/// <summary>An agent is to be emptied.</summary>
internal sealed record DrainBegun(
    Guid? RequestId, AgentId AgentId, TimeSpan? MaxGracePeriod, DateTimeOffset? Deadline, bool MarkGone) : OperatorEvent(RequestId);

/// <summary>An agent takes tasks again.</summary>
internal sealed record AgentReactivated(Guid? RequestId, AgentId AgentId) : OperatorEvent(RequestId);

/// <summary>An agent has something to carry out.</summary>
internal sealed record AgentInstructed(Guid? RequestId, AgentId AgentId, AgentDecision Decision) : OperatorEvent(RequestId);

/// <summary>An agent has carried out all up to a number.</summary>
internal sealed record InstructionSettled(AgentId AgentId, long Number) : RegistryEvent;

/// <summary>A snapshot follows; changes nothing.</summary>
internal sealed record RegistrySnapshotBegun : RegistryEvent;
