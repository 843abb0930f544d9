using System.Text.Json;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Operators;

/// <summary>
/// What operators see and decide, under <c>/v1</c>; <c>asched</c> uses the same. Described at <c>/openapi/v1.json</c>, which is made of
/// what stands here. Pages go on with <c>after</c>, what is refused is problem+json.
/// </summary>
internal sealed class OperatorApi(Relay relay) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1");
        group.AddEndpointFilter(static async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (JsonException e)
            {
                return Relay.Invalid(Readable(e));
            }
        });
        new ClusterApi(relay).Map(group);
        new AgentsApi(relay).Map(group);
        new FrameworksApi(relay).Map(group);
        new TasksApi(relay).Map(group);
        new RolesApi(relay).Map(group);
        group.MapFallback("{**path}", new KnownPaths(routes.DataSources).Refuse).ExcludeFromDescription();
    }

    /// <summary>The reader's own messages name a place in the text and types of ours; people need the field.</summary>
    private static Problem Readable(JsonException e)
    {
        string reason = e.Message.Split(" Path: ")[0];
        int ours = reason.IndexOf("ActorScheduler.", StringComparison.Ordinal);
        reason = ours < 0 ? reason : e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "is not known here" : "is not of the right kind";
        string field = (e.Path ?? "").TrimStart('$').TrimStart('.');
        return reason == "is not known here" && reason != e.Message
            ? new Problem(field.Length > 0 ? field : Quoted(e.Message), reason)
            : new Problem(field, reason);
    }

    private static string Quoted(string text) => text.Split('\'') is [_, var name, ..] ? name : "";
}

/// <summary>What endpoints have in common.</summary>
internal static class Endpoints
{
    /// <summary>A command with a body: what it takes, and that it is answered when it is durable.</summary>
    internal static RouteHandlerBuilder Command<TBody>(this RouteHandlerBuilder route, string tag)
        where TBody : notnull => route.Accepts<TBody>("application/json").Produces<CommandDone>().Refuses(tag);

    /// <summary>What anything here can be refused with.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, string tag) => route.WithTags(tag)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable).ProducesProblem(StatusCodes.Status504GatewayTimeout);

    /// <summary>Goes on with a value that is valid, or says what is wrong with it.</summary>
    internal static Task<IResult> Then<T>(this Result<T> value, Func<T, Task<IResult>> next)
        where T : notnull => value.TryGet(out T? valid, out Problem? problem) ? next(valid) : Task.FromResult(Relay.Invalid(problem));
}
