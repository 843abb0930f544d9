using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Checkpoints;

/// <summary>What never changes of a kept task.</summary>
internal sealed record KeptLaunch(FrameworkBrief Framework, string Role, long Use, TaskLaunch Launch, string RunId, string? Containerizer = null)
{
    public static KeptLaunch Of(KeptTask task) => new(task.Framework, task.Role, task.Use, task.Launch, task.RunId, task.Containerizer);

    /// <summary>The whole task.</summary>
    public KeptTask With(KeptState state) => new(Framework, Role, Use, Launch, RunId, state.Status, state.End, Containerizer);
}

/// <summary>What changes of a kept task.</summary>
internal sealed record KeptState(TaskUpdate Status, Stop? End)
{
    public static KeptState Of(KeptTask task) => new(task.Status, task.End);
}
