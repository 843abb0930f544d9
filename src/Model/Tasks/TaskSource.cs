namespace ActorScheduler.Model;

/// <summary>Who says that a task is in a state; the numbers are Mesos's.</summary>
public enum TaskSource
{
    /// <summary>SOURCE_MASTER: the control plane.</summary>
    Master = 0,

    /// <summary>SOURCE_AGENT (in the first API SOURCE_SLAVE).</summary>
    Agent = 1,

    /// <summary>SOURCE_EXECUTOR.</summary>
    Executor = 2,
}
