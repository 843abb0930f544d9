namespace ActorScheduler.Model;

/// <summary>Why a task is in a state, beside the state itself; the numbers are Mesos's. On the wire REASON_ and the name in capitals.</summary>
public enum TaskReason
{
    /// <summary>The executor of a command task failed.</summary>
    CommandExecutorFailed = 0,

    /// <summary>The executor ended before the task.</summary>
    ExecutorTerminated = 1,

    /// <summary>The executor had not registered.</summary>
    ExecutorUnregistered = 2,

    /// <summary>The framework was removed.</summary>
    FrameworkRemoved = 3,

    /// <summary>A sandbox could not be kept from collection.</summary>
    GcError = 4,

    /// <summary>The framework's id is not valid.</summary>
    InvalidFrameworkId = 5,

    /// <summary>Launched on offers that are no longer valid.</summary>
    InvalidOffers = 6,

    /// <summary>The control plane could not be reached.</summary>
    MasterDisconnected = 7,

    /// <summary>More memory than allowed.</summary>
    ContainerLimitationMemory = 8,

    /// <summary>An answer to reconciliation.</summary>
    Reconciliation = 9,

    /// <summary>The agent was not connected.</summary>
    AgentDisconnected = 10,

    /// <summary>The agent was removed or is unreachable.</summary>
    AgentRemoved = 11,

    /// <summary>The agent restarted.</summary>
    AgentRestarted = 12,

    /// <summary>Nobody knows the agent.</summary>
    AgentUnknown = 13,

    /// <summary>The description is not valid.</summary>
    TaskInvalid = 14,

    /// <summary>The principal may not run it.</summary>
    TaskUnauthorized = 15,

    /// <summary>Nobody knows the task.</summary>
    TaskUnknown = 16,

    /// <summary>It had to make room.</summary>
    ContainerPreempted = 17,

    /// <summary>The agent lacks the resources, such as a volume.</summary>
    ResourcesUnknown = 18,

    /// <summary>More of something than allowed.</summary>
    ContainerLimitation = 19,

    /// <summary>More disk than allowed.</summary>
    ContainerLimitationDisk = 20,

    /// <summary>The container did not start.</summary>
    ContainerLaunchFailed = 21,

    /// <summary>The container's limits could not be changed.</summary>
    ContainerUpdateFailed = 22,

    /// <summary>The executor did not register in time.</summary>
    ExecutorRegistrationTimeout = 23,

    /// <summary>The executor did not come back in time.</summary>
    ExecutorReregistrationTimeout = 24,

    /// <summary>A task of the group is not valid.</summary>
    TaskGroupInvalid = 25,

    /// <summary>A task of the group may not run.</summary>
    TaskGroupUnauthorized = 26,

    /// <summary>The attached input and output ended unexpectedly.</summary>
    IOSwitchboardExited = 27,

    /// <summary>A check has a new result.</summary>
    TaskCheckStatusUpdated = 28,

    /// <summary>A health check has a new result.</summary>
    TaskHealthCheckStatusUpdated = 29,

    /// <summary>Killed before it started.</summary>
    TaskKilledDuringLaunch = 30,

    /// <summary>An operator declared the agent gone.</summary>
    AgentRemovedByOperator = 31,

    /// <summary>The agent is back.</summary>
    AgentReregistered = 32,

    /// <summary>It ran longer than allowed.</summary>
    MaxCompletionTimeReached = 33,

    /// <summary>Its agent is being emptied.</summary>
    AgentDraining = 34,
}
