using ActorScheduler.Agent.Containers;
using Akka.Actor;
using Akka.Pattern;

namespace ActorScheduler.Agent.Executors;

/// <summary>
/// Lets an executor's actor crash: it begins anew after a pause that doubles, for as long as its task has not ended. Ends with
/// the executor's own end.
/// </summary>
internal static class ExecutorSupervision
{
    private const double Jitter = 0.2;

    public static Props Props(Assignment assignment, IContainerizer containers, ExecutorSettings settings) => BackoffSupervisor.Props(
        Backoff.OnFailure(ExecutorActor.Props(assignment, containers, settings), "executor", settings.RestartMin, settings.RestartMax, Jitter, maxNrOfRetries: -1));
}
