using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Roles, their quotas and weights. A role's name may have slashes, so it stands last.</summary>
internal sealed class RolesApi(Relay relay)
{
    private const string Tag = "roles";
    private const string Quotas = "/quotas/";
    private const string Weights = "/weights/";

    internal void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/roles", (CancellationToken cancellation, string? after = null, int count = 1000) =>
                relay.Allocator<RolesSnapshot>(new GetRoles(after, count), cancellation))
            .Produces<RolesSnapshot>().Refuses(Tag).WithSummary("A page of roles with weights, shares and quotas, in the order of their names.");
        routes.MapPut("/quotas/{**role}", async (string role, HttpRequest request, CancellationToken cancellation) =>
            {
                QuotaRequest body = await Relay.Body<QuotaRequest>(request);
                return await relay.Allocator<CommandDone>(new SetQuota(
                    Relay.RequestId(request), RoleInPath.Of(request, Quotas, role), body.Guarantees ?? Quantities.Zero, body.Limits ?? new Dictionary<string, long>(), body.Force), cancellation);
            })
            .Command<QuotaRequest>(Tag).WithSummary("Sets guarantees and limits of a top-level role.");
        routes.MapDelete("/quotas/{**role}", (string role, HttpRequest request, CancellationToken cancellation) =>
                relay.Allocator<CommandDone>(new RemoveQuota(Relay.RequestId(request), RoleInPath.Of(request, Quotas, role)), cancellation))
            .Produces<CommandDone>().Refuses(Tag).WithSummary("Takes guarantees and limits off a role.");
        routes.MapPut("/weights/{**role}", async (string role, HttpRequest request, CancellationToken cancellation) =>
                await relay.Allocator<CommandDone>(
                    new SetWeight(Relay.RequestId(request), RoleInPath.Of(request, Weights, role), (await Relay.Body<WeightRequest>(request)).Weight), cancellation))
            .Command<WeightRequest>(Tag).WithSummary("Sets how much a role counts among its siblings.");
        routes.MapDelete("/weights/{**role}", (string role, HttpRequest request, CancellationToken cancellation) =>
                relay.Allocator<CommandDone>(new RemoveWeight(Relay.RequestId(request), RoleInPath.Of(request, Weights, role)), cancellation))
            .Produces<CommandDone>().Refuses(Tag).WithSummary("A role counts 1 again. One without weight, quota and frameworks is no longer listed.");
    }
}
