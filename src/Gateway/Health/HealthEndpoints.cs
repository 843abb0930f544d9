using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Health;

/// <summary>
/// <c>/health/live</c> answers while the process does; <c>/health/ready</c> answers 200 when the node can do its work, else 503.
/// Both say why as JSON.
/// </summary>
internal sealed class HealthEndpoints(Readiness readiness) : IEndpoints
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Json(new { status = "live", uptimeSeconds = (long)Stopwatch.GetElapsedTime(_startedAt).TotalSeconds }))
            .WithTags("health").WithSummary("Answers while the process does.");
        routes.MapGet("/health/ready", async () =>
        {
            IReadOnlyList<HealthCheck> checks = await readiness.Check();
            bool isReady = checks.All(static check => check.Ok);
            return TypedResults.Json(
                new { status = isReady ? "ready" : "not ready", checks },
                statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithTags("health").WithSummary("200 when the node can do its work, else 503; says why.");
    }
}
