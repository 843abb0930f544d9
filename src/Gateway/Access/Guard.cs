using System.Net;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Gateway.Access;

/// <summary>What every request passes.</summary>
internal static class Guard
{
    /// <summary>
    /// Whoever listens on loopback alone trusts who can reach it, and a browser can be led here by a name of somebody else's: only
    /// names of this machine are answered.
    /// </summary>
    internal static Task OwnNamesOnly(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host.Trim('[', ']');
        return host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address))
            ? next(context)
            : ApiProblem.Of(StatusCodes.Status421MisdirectedRequest, "Invalid", new Problem("Host", $"'{host}' is not this machine; --http says where others may ask"))
                .ExecuteAsync(context);
    }

    /// <summary>Says what is wrong with a request that cannot be read.</summary>
    internal static async Task Refuse(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context);
        }
        // A failure of ours: whoever asked gets to know that much, and the log the rest.
        catch (Exception e) when (e is not BadHttpRequestException and not OperationCanceledException && !context.Response.HasStarted)
        {
            log.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await ApiProblem.Of(StatusCodes.Status500InternalServerError, "Failed", new Problem("", $"it failed: {e.Message}")).ExecuteAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await ApiProblem.Of(e.StatusCode, "Invalid", new Problem("", e.Message)).ExecuteAsync(context);
        }
    }
}
