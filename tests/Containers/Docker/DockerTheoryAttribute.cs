namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>A theory about a real engine. Skipped where none answers, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerTheoryAttribute : TheoryAttribute
{
    public DockerTheoryAttribute()
    {
        if (!LocalEngine.IsRequired && LocalEngine.Missing is { } reason)
            Skip = reason;
        Timeout = 120_000;
    }
}
