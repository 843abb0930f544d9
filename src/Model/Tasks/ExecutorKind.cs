namespace ActorScheduler.Model;

/// <summary>Whose an executor is; the numbers are Mesos's.</summary>
public enum ExecutorKind
{
    /// <summary>The agent's own, for groups of tasks.</summary>
    Default = 1,

    /// <summary>A program of the framework, which speaks the executor API.</summary>
    Custom = 2,
}
