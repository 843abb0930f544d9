namespace ActorScheduler.Model;

/// <summary>What a framework (or an operator) does with offered resources. Operations of one acceptance apply in order.</summary>
/// <param name="Id">Set when the outcome is to be reported until acknowledged; else null.</param>
public abstract record Operation(OperationId? Id = null)
{
    /// <summary>Starts tasks, each on its own merits.</summary>
    /// <param name="Tasks">The tasks.</param>
    public sealed record Launch(IReadOnlyList<TaskSketch> Tasks) : Operation;

    /// <summary>Starts tasks under one executor, all or none.</summary>
    /// <param name="Tasks">The tasks.</param>
    /// <param name="ExecutorResources">What the executor takes, when it is not running yet; else null.</param>
    public sealed record LaunchGroup(IReadOnlyList<TaskSketch> Tasks, Resources? ExecutorResources) : Operation;

    /// <summary>Sets resources aside.</summary>
    /// <param name="Resources">As they will be: each with the reservation to make as its innermost layer.</param>
    /// <param name="Source">As they are now, when they move between reservations; null when a layer is added to what is there.</param>
    public sealed record Reserve(Resources Resources, Resources? Source = null) : Operation;

    /// <summary>Takes the innermost layer of reservation off.</summary>
    /// <param name="Resources">As they are now.</param>
    public sealed record Unreserve(Resources Resources) : Operation;

    /// <summary>Makes persistent volumes of reserved disk.</summary>
    /// <param name="Volumes">The volumes as they will be.</param>
    public sealed record Create(Resources Volumes) : Operation;

    /// <summary>Deletes persistent volumes and their data.</summary>
    /// <param name="Volumes">The volumes as they are.</param>
    public sealed record Destroy(Resources Volumes) : Operation;

    /// <summary>Makes a persistent volume larger.</summary>
    /// <param name="Volume">The volume as it is.</param>
    /// <param name="Addition">Disk of the same kind and reservation to add.</param>
    public sealed record GrowVolume(Resource Volume, Resource Addition) : Operation;

    /// <summary>Makes a persistent volume smaller.</summary>
    /// <param name="Volume">The volume as it is.</param>
    /// <param name="SubtractMilli">Thousandths of MiB to take off; less than its size.</param>
    public sealed record ShrinkVolume(Resource Volume, long SubtractMilli) : Operation;
}
