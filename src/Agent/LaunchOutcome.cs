using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent;

/// <summary>What became of a launch.</summary>
internal sealed class LaunchOutcome
{
    /// <summary>Why its conversions could not be made; then nothing of it is started. Null when they were, or there are none.</summary>
    public Problem? Conversion { get; set; }

    /// <summary>Tasks that were taken over.</summary>
    public List<TaskKey> Started { get; } = [];

    /// <summary>Tasks that hold nothing.</summary>
    public List<EndedTask> Refused { get; } = [];

    /// <summary>Executors that hold nothing, since none of their tasks was taken over.</summary>
    public List<EndedExecutor> Executors { get; } = [];

    /// <summary>Why tasks were refused.</summary>
    public List<Problem> Problems { get; } = [];
}
