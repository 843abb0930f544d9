namespace ActorScheduler.Journal.Specs.Harness;

/// <summary>A fact about PostgreSQL. Skipped where POSTGRES names none, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Connection is null && Environment.GetEnvironmentVariable("ACTORSCHEDULER_REQUIRE_ALL") != "1")
            Skip = "POSTGRES names no server; 'scripts/postgres start' starts one and prints its line";
    }
}
