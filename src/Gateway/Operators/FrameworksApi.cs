using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Frameworks, what they are offered, and why they are not.</summary>
internal sealed class FrameworksApi(Relay relay)
{
    private const string Tag = "frameworks";

    internal void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/frameworks", (CancellationToken cancellation, string? after = null, int count = 100) =>
                relay.Allocator<FrameworksSnapshot>(new GetFrameworks(after is null ? null : new FrameworkId(after), count), cancellation))
            .Produces<FrameworksSnapshot>().Refuses(Tag).WithSummary("A page of frameworks in the order of their ids.");
        routes.MapDelete("/frameworks/{framework}", (string framework, HttpRequest request, CancellationToken cancellation) => Id(framework).Then(id =>
                relay.Framework<CommandDone>(new TearDownFramework(id, Relay.RequestId(request)), cancellation)))
            .Produces<CommandDone>().Refuses(Tag).WithSummary("Ends a framework for good, with all its tasks.");
        routes.MapGet("/frameworks/{framework}/explanation", (string framework, string role, CancellationToken cancellation, string? size = null, int ports = 0) =>
                Id(framework).Then(id => Quantities.Parse(size ?? "", "size").Then(amounts =>
                    relay.Allocator<OffersExplained>(new ExplainOffers(id, role, size is null && ports == 0 ? null : new WantedSize(amounts, Ports: ports)), cancellation))))
            .Produces<OffersExplained>().Refuses(Tag).WithSummary("Why a framework is not offered something in a role. size: what it needs, as in cpus:1;mem:128.");
        routes.MapGet("/offers", (CancellationToken cancellation, string? after = null, int count = 100, string? framework = null) =>
                relay.Allocator<OffersSnapshot>(
                    new GetOffers(after is null ? null : new OfferId(after), count, framework is null ? null : new FrameworkId(framework)), cancellation))
            .Produces<OffersSnapshot>().Refuses(Tag).WithSummary("A page of offers that are neither answered nor withdrawn.");
    }

    internal static Result<FrameworkId> Id(string text) => FrameworkId.Parse(text, "framework");
}
