using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <summary>What became of an acceptance.</summary>
/// <param name="Refusal">Set when the whole call is void: some offer is not valid. Every task of it is lost; valid offers are back in the pool.</param>
/// <param name="AgentId">The agent of the offers; null when void.</param>
/// <param name="Role">The role of the offers; null when void.</param>
/// <param name="Launched">Tasks that now hold their resources.</param>
/// <param name="RefusedTasks">Tasks that do not, with the reason.</param>
/// <param name="Applied">Reservation and volume operations done, with what they turned into what.</param>
/// <param name="RefusedOperations">Reservation and volume operations not done, with the reason.</param>
/// <param name="Declined">What was left and went back to the pool.</param>
public sealed record AcceptOutcome(
    Refusal? Refusal, AgentId? AgentId, string? Role, IReadOnlyList<TaskSketch> Launched,
    IReadOnlyList<(TaskSketch Task, Problem Problem)> RefusedTasks, IReadOnlyList<(Operation Operation, Conversion Conversion)> Applied,
    IReadOnlyList<(Operation Operation, Problem Problem)> RefusedOperations, Resources Declined)
{
    /// <summary>What is at fault when the agent does not run containers of a task's kind.</summary>
    public const string ContainerField = "container";

    internal static AcceptOutcome Void(Refusal refusal) => new(refusal, null, null, [], [], [], [], Resources.Empty);
}
