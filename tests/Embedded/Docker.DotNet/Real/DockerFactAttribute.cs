namespace Docker.DotNet.Specs.Real;

/// <summary>A fact about a real engine. Skipped where none answers, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerFactAttribute : FactAttribute
{
    public DockerFactAttribute()
    {
        if (!LocalEngine.Required) Skip = LocalEngine.Missing!;
        Timeout = 120_000;
    }
}
