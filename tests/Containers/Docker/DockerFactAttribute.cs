namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>A fact about a real engine. Skipped where none answers, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerFactAttribute : FactAttribute
{
    public DockerFactAttribute()
    {
        if (!LocalEngine.IsRequired && LocalEngine.Missing is { } reason)
            Skip = reason;
        Timeout = 220_000;
    }
}
