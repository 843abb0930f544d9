namespace ActorScheduler.Model;

/// <summary>One step of an acceptance as frameworks write it; <see cref="Operation"/> is what allocation makes of it.</summary>
/// <param name="Id">Set when the outcome is to be reported until acknowledged; else null.</param>
public abstract record OfferOperation(OperationId? Id = null)
{
    /// <summary>Starts tasks, each on its own merits.</summary>
    /// <param name="Tasks">The tasks.</param>
    public sealed record Launch(IReadOnlyList<TaskInfo> Tasks) : OfferOperation;

    /// <summary>Starts tasks under one executor, all or none; they live and die together.</summary>
    /// <param name="Executor">The executor; running already, or to be started with them.</param>
    /// <param name="Tasks">The tasks.</param>
    public sealed record LaunchGroup(ExecutorInfo Executor, IReadOnlyList<TaskInfo> Tasks) : OfferOperation;

    /// <summary>Changes what resources there are: reservations and volumes.</summary>
    /// <param name="Operation">Which change; not a launch.</param>
    public sealed record Convert(Operation Operation) : OfferOperation(Operation.Id);
}
