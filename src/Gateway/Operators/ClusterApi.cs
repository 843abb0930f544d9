using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Members of the cluster, and the versions of what runs here.</summary>
internal sealed class ClusterApi(Relay relay)
{
    /// <summary>An actor of this process answers.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    internal void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/cluster", Show).Produces<ClusterView>().WithTags("cluster")
            .WithSummary("Members as the asked node sees them, masters to connect to, and how many there are of everything.");
        routes.MapPost("/cluster/leave", (HttpRequest request) => Change(request, static (cluster, member) => cluster.Leave(member))).Command<MemberRequest>("cluster")
            .WithSummary("A member leaves in good order: what it holds is handed over first.");
        routes.MapPost("/cluster/down", (HttpRequest request) => Change(request, static (cluster, member) => cluster.Down(member))).Command<MemberRequest>("cluster")
            .WithSummary("A member that is dead is given up at once. One that is alive ends itself when it hears of it.");
        routes.MapGet("/version", static () => Relay.Json(new VersionView(
            Versions.Product, Versions.Engine))).Produces<VersionView>().WithTags("cluster")
            .WithSummary("The versions of this program and of its actor engine.");
    }

    private async Task<IResult> Show()
    {
        if (relay.Node is not { } node)
            return Relay.Starting();
        return Relay.Json(Members.View(node, await Relay.TryAllocator<ClusterSummary>(node, new GetClusterSummary()), await Contacts(node)));
    }

    /// <summary>Masters that a client has heard of; null for a member.</summary>
    private static async Task<IReadOnlyList<Address>?> Contacts(IGatewayNode node)
    {
        try
        {
            return node.Masters is ClientLink link ? await link.Masters(Limit) : null;
        }
        catch (AskTimeoutException)
        {
            // It is about to end: the seeds that it was told of will do.
            return null;
        }
    }

    private async Task<IResult> Change(HttpRequest request, Action<Akka.Cluster.Cluster, Address> change)
    {
        (Guid id, MemberRequest body) = (Relay.RequestId(request), await Relay.Body<MemberRequest>(request));
        if (relay.Node is not { } node)
            return Relay.Starting();
        if (node.Cluster is not { } cluster)
            return Relay.Refused(RefusalKind.Conflict, new Problem("", "this node is a client and no member: ask one of the masters"));
        if (Members.Find(node, body.Address) is not { } member)
        {
            IEnumerable<string> all = Members.View(node, null).Members.Select(static one => one.Address);
            return Relay.Refused(RefusalKind.Unknown, new Problem("address", $"'{body.Address}' is no member; members are {string.Join(", ", all)}"));
        }
        change(cluster, member);
        return Relay.Json(new CommandDone(id));
    }

    /// <summary>What runs here.</summary>
    internal sealed record VersionView(string Version, string Engine);
}
