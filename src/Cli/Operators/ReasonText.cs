using ActorScheduler.Model;

namespace ActorScheduler.Cli.Operators;

/// <summary>What the reason of a state means, for when nobody wrote a message.</summary>
internal static class ReasonText
{
    /// <summary>A clause that follows a colon.</summary>
    internal static string Of(TaskReason reason) => reason switch
    {
        TaskReason.CommandExecutorFailed => "its command failed",
        TaskReason.ExecutorTerminated => "its executor ended before it",
        TaskReason.ExecutorUnregistered => "its executor had not registered",
        TaskReason.FrameworkRemoved => "its framework was removed",
        TaskReason.GcError => "its sandbox could not be kept from collection",
        TaskReason.InvalidFrameworkId => "the framework's id is not valid",
        TaskReason.InvalidOffers => "it was launched on offers that were no longer valid; its framework has to take a new one",
        TaskReason.MasterDisconnected => "the masters could not be reached",
        TaskReason.ContainerLimitationMemory => "it used more memory than it may",
        TaskReason.Reconciliation => "this answers a question of its framework",
        TaskReason.AgentDisconnected => "its agent was not connected",
        TaskReason.AgentRemoved => "its agent was removed or cannot be reached",
        TaskReason.AgentRestarted => "its agent restarted",
        TaskReason.AgentUnknown => "nobody knows its agent",
        TaskReason.TaskInvalid => "its description is not valid",
        TaskReason.TaskUnauthorized => "its principal may not run it",
        TaskReason.TaskUnknown => "nobody knows it",
        TaskReason.ContainerPreempted => "it had to make room for another task",
        TaskReason.ResourcesUnknown => "its agent lacks the resources that it was to use, such as a volume",
        TaskReason.ContainerLimitation => "it used more of something than it may",
        TaskReason.ContainerLimitationDisk => "it used more disk than it may",
        TaskReason.ContainerLaunchFailed => "its container did not start",
        TaskReason.ContainerUpdateFailed => "its container's limits could not be changed",
        TaskReason.ExecutorRegistrationTimeout => "its executor did not register in time",
        TaskReason.ExecutorReregistrationTimeout => "its executor did not come back in time",
        TaskReason.TaskGroupInvalid => "a task of its group is not valid",
        TaskReason.TaskGroupUnauthorized => "a task of its group may not run",
        TaskReason.IOSwitchboardExited => "its input and output ended unexpectedly",
        TaskReason.TaskCheckStatusUpdated => "its check has a new result",
        TaskReason.TaskHealthCheckStatusUpdated => "its health check has a new result",
        TaskReason.TaskKilledDuringLaunch => "it was killed before it started",
        TaskReason.AgentRemovedByOperator => "an operator declared its agent gone",
        TaskReason.AgentReregistered => "its agent is back",
        TaskReason.MaxCompletionTimeReached => "it ran longer than it may",
        TaskReason.AgentDraining => "its agent is being emptied",
        _ => reason.WireName(),
    };
}
