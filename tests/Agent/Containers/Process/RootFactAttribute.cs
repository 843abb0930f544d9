namespace ActorScheduler.Agent.Specs.Containers.Processes;

/// <summary>A fact about what root alone may do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "Only root can run processes as other users";
    }
}
