using Xunit;

namespace ActorScheduler.Processes;

/// <summary>A fact about hosts of their own. Skipped where none can be made, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    /// <summary>Looks whether hosts can be made here.</summary>
    public NetworkFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("ACTORSCHEDULER_REQUIRE_ALL") != "1") Skip = Network.Missing().GetAwaiter().GetResult()!;
    }
}
