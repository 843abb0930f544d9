namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>A fact about hosts with engines of their own. Skipped where none can be had, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HostsFactAttribute : FactAttribute
{
    public HostsFactAttribute()
    {
        if (!LocalEngine.IsRequired && Engine.Missing is { } reason)
            Skip = reason;
    }
}
