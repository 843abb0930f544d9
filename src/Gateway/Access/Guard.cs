using System.Net;
using System.Text.RegularExpressions;
using ActorScheduler.Gateway.Operators;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Gateway.Access;

/// <summary>What every request passes.</summary>
internal static partial class Guard
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
            // No door has it.
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound } && context.GetEndpoint() is null)
                await ApiProblem.Of(StatusCodes.Status404NotFound, "Unknown", new Problem("", $"there is no {context.Request.Method} {context.Request.Path}; the API is at /v1, described at {ApiDocument.Path}")).ExecuteAsync(context);
        }
        // A failure of ours: whoever asked gets to know that much, and the log the rest.
        catch (Exception e) when (e is not BadHttpRequestException and not OperationCanceledException && !context.Response.HasStarted)
        {
            log.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await ApiProblem.Of(StatusCodes.Status500InternalServerError, "Failed", new Problem("", $"it failed: {e.Message}")).ExecuteAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await ApiProblem.Of(e.StatusCode, "Invalid", ProblemOf(e)).ExecuteAsync(context);
        }
    }

    /// <summary>What cannot be read of a query is named by its parameter, and not by a type of ours.</summary>
    private static Problem ProblemOf(BadHttpRequestException e) =>
        Unbound().Match(e.Message) is { Success: true } unbound ? new Problem(unbound.Groups["name"].Value, $"'{unbound.Groups["text"].Value}' is not of the right kind")
        : Missing().Match(e.Message) is { Success: true } missing ? new Problem(missing.Groups["name"].Value, "must be set")
        : new Problem("", e.Message);

    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from "(?<text>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("""^Required parameter "\S+ (?<name>\w+)" was not provided""")]
    private static partial Regex Missing();
}
