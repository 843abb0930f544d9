namespace ActorScheduler.Model;

/// <summary>States of a task; the numbers are Mesos's. Terminal states are final; UNREACHABLE and UNKNOWN are not terminal.</summary>
public enum TaskState
{
    /// <summary>TASK_STARTING: the executor has it and starts it.</summary>
    Starting = 0,

    /// <summary>TASK_RUNNING.</summary>
    Running = 1,

    /// <summary>TASK_FINISHED: ended by itself, successfully. Terminal.</summary>
    Finished = 2,

    /// <summary>TASK_FAILED: ended by itself, with an error. Terminal.</summary>
    Failed = 3,

    /// <summary>TASK_KILLED: ended on request. Terminal.</summary>
    Killed = 4,

    /// <summary>TASK_LOST: for frameworks without PARTITION_AWARE, whatever they cannot be told more exactly. Terminal.</summary>
    Lost = 5,

    /// <summary>TASK_STAGING: accepted, not yet with the executor. The first state.</summary>
    Staging = 6,

    /// <summary>TASK_ERROR: its description is not valid. Terminal.</summary>
    Error = 7,

    /// <summary>TASK_KILLING: being ended on request.</summary>
    Killing = 8,

    /// <summary>TASK_DROPPED: never started, because of something on the way. Terminal.</summary>
    Dropped = 9,

    /// <summary>TASK_UNREACHABLE: its agent cannot be reached; it may still run.</summary>
    Unreachable = 10,

    /// <summary>TASK_GONE: its agent came back without it. Terminal.</summary>
    Gone = 11,

    /// <summary>TASK_GONE_BY_OPERATOR: its agent was declared gone for good. Terminal.</summary>
    GoneByOperator = 12,

    /// <summary>TASK_UNKNOWN: nobody knows it; an answer to reconciliation only.</summary>
    Unknown = 13,
}
