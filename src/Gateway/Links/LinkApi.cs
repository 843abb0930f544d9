using System.Net.WebSockets;
using ActorScheduler.Gateway.Access;
using ActorScheduler.Gateway.Operators;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Connections;
using ActorScheduler.Protocol.Links.Http;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Links;

/// <summary>
/// Schedulers and commands in tasks, by HTTP: <c>/v1/link</c> takes a WebSocket on which a client speaks with masters and agents as one that is
/// connected to them does. Only who may decide gets in, and is put out when that is over.
/// </summary>
/// <param name="relay">Knows the node that takes the link.</param>
/// <param name="connections">How many connections HTTP takes: links may have half of them, so that people can still ask.</param>
internal sealed class LinkApi(Relay relay, ConnectionLimits connections) : IEndpoints
{
    private readonly int _mostLinks = Math.Clamp(connections.Most / 2, 1, 1000);
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private int _links;

    public void Map(IEndpointRouteBuilder routes) => routes.Map("/v1/link", Take).ExcludeFromDescription();

    private async Task Take(HttpContext context)
    {
        if (Refusal(context) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }
        if (relay.Node is not { } node)
        {
            await Relay.Starting().ExecuteAsync(context);
            return;
        }
        if (Interlocked.Increment(ref _links) > _mostLinks)
        {
            Interlocked.Decrement(ref _links);
            await Relay.Refused(RefusalKind.LimitReached, new Problem("", $"{_mostLinks} links are open")).ExecuteAsync(context);
            return;
        }
        try
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { SubProtocol = LinkFrame.Subprotocol, KeepAliveInterval = Ping, KeepAliveTimeout = Ping });
            await Serve(context, node, new LinkSocket(socket));
        }
        finally
        {
            Interlocked.Decrement(ref _links);
        }
    }

    private static async Task Serve(HttpContext context, IGatewayNode node, LinkSocket link)
    {
        IActorRef actor = node.System.ActorOf(LinkActor.Props(node.Masters, link));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task standing = Watch(context, link, over.Token);
        try
        {
            await link.Run(frame => actor.Tell(frame), over.Token);
        }
        finally
        {
            await over.CancelAsync();
            node.System.Stop(actor);
            await standing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A token that was taken away ends what it has opened.</summary>
    private static async Task Watch(HttpContext context, LinkSocket link, CancellationToken over)
    {
        if (context.Features.Get<CallerStanding>() is not { } caller)
            return;
        using var timer = new PeriodicTimer(LookAgain);
        while (await timer.WaitForNextTickAsync(over))
        {
            if (!caller.MayDecide())
                link.End("the token is not known any more");
        }
    }

    private static IResult? Refusal(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(LinkFrame.Subprotocol))
        {
            return ApiProblem.Of(
                StatusCodes.Status426UpgradeRequired, "Invalid", new Problem("Upgrade", $"must be a WebSocket of {LinkFrame.Subprotocol}; the client library and asched speak it"));
        }
        // Browsers let pages of anybody open WebSockets to here, and say whose page it is. Clients of ours have no pages.
        return context.Request.Headers.Origin.Count > 0 ? ApiProblem.Of(StatusCodes.Status403Forbidden, AccessGuard.Forbidden, new Problem("Origin", "pages may not open links")) : null;
    }
}
