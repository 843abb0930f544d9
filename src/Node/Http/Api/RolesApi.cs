using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Node.Http.Api;

/// <summary>Roles, their quotas and weights. A role's name may have slashes, so it stands last.</summary>
internal sealed class RolesApi(Gateway gateway)
{
    private const string Tag = "roles";

    internal void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/roles", (CancellationToken cancellation, string? after = null, int count = 1000) =>
                gateway.Allocator<RolesSnapshot>(new GetRoles(after, count), cancellation))
            .Produces<RolesSnapshot>().Refuses(Tag).WithSummary("A page of roles with weights, shares and quotas, in the order of their names.");
        routes.MapPut("/quotas/{**role}", async (string role, HttpRequest request, CancellationToken cancellation) =>
            {
                QuotaRequest body = await Gateway.Body<QuotaRequest>(request);
                return await gateway.Allocator<CommandDone>(new SetQuota(
                    Gateway.RequestId(request), role, body.Guarantees ?? Quantities.Zero, body.Limits ?? new Dictionary<string, long>(), body.Force), cancellation);
            })
            .Command<QuotaRequest>(Tag).WithSummary("Sets guarantees and limits of a top-level role.");
        routes.MapDelete("/quotas/{**role}", (string role, HttpRequest request, CancellationToken cancellation) =>
                gateway.Allocator<CommandDone>(new RemoveQuota(Gateway.RequestId(request), role), cancellation))
            .Produces<CommandDone>().Refuses(Tag).WithSummary("Takes guarantees and limits off a role.");
        routes.MapPut("/weights/{**role}", async (string role, HttpRequest request, CancellationToken cancellation) =>
                await gateway.Allocator<CommandDone>(
                    new SetWeight(Gateway.RequestId(request), role, (await Gateway.Body<WeightRequest>(request)).Weight), cancellation))
            .Command<WeightRequest>(Tag).WithSummary("Sets how much a role counts among its siblings.");
    }
}
