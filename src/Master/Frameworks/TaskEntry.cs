using ActorScheduler.Model;

namespace ActorScheduler.Master.Frameworks;

/// <summary>A task in the framework's book.</summary>
internal sealed class TaskEntry(TaskInfo info, long use, TaskUpdate status)
{
    /// <summary>Its description.</summary>
    public TaskInfo Info { get; } = info;

    /// <summary>The use of offers that launched it; 0 when it was adopted.</summary>
    public long Use { get; } = use;

    /// <summary>Its latest state.</summary>
    public TaskUpdate Status { get; set; } = status;

    /// <summary>Where it is; null until its use is granted.</summary>
    public AgentId? AgentId { get; set; }

    /// <summary>Role of its offers; null until its use is granted.</summary>
    public string? Role { get; set; }

    /// <summary>States that the scheduler has not acknowledged, in order.</summary>
    public Queue<TaskUpdate> Unacknowledged { get; } = new();

    /// <summary>The wish to end it, or null.</summary>
    public KillRequested? Kill { get; set; }

    /// <summary>Whether nothing can happen to it any more but acknowledgement.</summary>
    public bool HasEnded => Status.State.IsTerminal();
}
