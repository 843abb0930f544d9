using System.Net.Http.Headers;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Gateway.Access;

/// <summary>Lets in who may ask, and writes down who decided what. Health is told to everybody.</summary>
/// <param name="list">Who may ask; null for everybody.</param>
/// <param name="log">The node's log.</param>
/// <param name="time">The clock.</param>
internal sealed class AccessGuard(AccessList? list, ILogger log, TimeProvider time)
{
    internal const string Unauthenticated = "Unauthenticated";
    internal const string Forbidden = "Forbidden";

    private const string Scheme = "Bearer";
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private long _warnedAt = long.MinValue;

    internal async Task Check(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }
        // What comes by a WebSocket is not seen here, and may be anything.
        bool decides = context.WebSockets.IsWebSocketRequest || (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method));
        if (Who(request) is not { } caller)
        {
            WarnOf(context);
            context.Response.Headers.WWWAuthenticate = Scheme;
            await Refuse(context, StatusCodes.Status401Unauthorized, Unauthenticated, $"must be {Scheme} and a token that this node knows");
            return;
        }
        context.Features.Get<IConnectionEntry>()?.Know();
        context.Features.Set(new CallerStanding(() => Who(request)?.MayDecide == true));
        if (decides && !caller.MayDecide)
            await Refuse(context, StatusCodes.Status403Forbidden, Forbidden, $"'{caller.Name}' may look, and not decide");
        else
            await next(context);
        if (decides)
        {
            // A link that was opened has decided nothing yet.
            log.Log(
                context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols ? LogLevel.Debug : LogLevel.Information,
                "{Caller} at {Remote}: {Method} {Path} was answered with {Status}",
                caller.Name, context.Connection.RemoteIpAddress, request.Method, request.Path.ToUriComponent(), context.Response.StatusCode);
        }
    }

    private static Task Refuse(HttpContext context, int status, string kind, string reason) =>
        ApiProblem.Of(status, kind, new Problem("Authorization", reason)).ExecuteAsync(context);

    private Caller? Who(HttpRequest request) => list is null ? Caller.Anybody
        : AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? given)
            && given.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase) && given.Parameter is { Length: > 0 } token ? list.Find(token)
        : null;

    /// <summary>Somebody who guesses is told of now and then: the log is not theirs to fill.</summary>
    private void WarnOf(HttpContext context)
    {
        long last = Volatile.Read(ref _warnedAt), now = time.GetTimestamp();
        if ((last == long.MinValue || time.GetElapsedTime(last, now) > BetweenWarnings) && Interlocked.CompareExchange(ref _warnedAt, now, last) == last)
            log.LogWarning("Request from {Remote} with a missing or unknown token was rejected", context.Connection.RemoteIpAddress);
    }
}
