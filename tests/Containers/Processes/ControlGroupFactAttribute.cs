using ActorScheduler.Containers.Processes;
using ActorScheduler.Containers.Processes.Groups;

namespace ActorScheduler.Containers.Specs.Processes;

/// <summary>A fact about control groups. Skipped where none can be made, which is tried.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ControlGroupFactAttribute : FactAttribute
{
    private static readonly Lazy<string> Missing = new(static () =>
        GroupDetection.Find(new ProcessSettings { StateFolder = "/nowhere", ControlGroup = "actorscheduler-specs" }, TimeProvider.System.GetUtcNow().UtcDateTime).Reason);

    public ControlGroupFactAttribute()
    {
        if (Missing.Value.Length > 0)
            Skip = $"No control groups here: {Missing.Value}";
    }
}
