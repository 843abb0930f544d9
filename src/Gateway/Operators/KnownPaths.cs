using System.Globalization;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Answers requests that no endpoint takes: the path is not known, its verb is not, or the body's type is not.</summary>
/// <param name="sources">All endpoints.</param>
internal sealed class KnownPaths(ICollection<EndpointDataSource> sources)
{
    internal IResult Refuse(HttpRequest request, HttpResponse response)
    {
        string[] verbs = [.. VerbsOf(request.Path).Distinct().Order(StringComparer.Ordinal)];
        if (verbs.Length == 0)
            return Relay.Refused(RefusalKind.Unknown, new Problem("", $"there is no {request.Method} {request.Path}; {ApiDocument.Path} lists what there is"));
        // Browsers send this type only to whom allows it, so no page of somebody else's can give orders here.
        if (verbs.Contains(request.Method))
            return ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, $"{RefusalKind.Invalid}", new Problem("Content-Type", "must be application/json"));
        response.Headers.Allow = string.Join(", ", verbs);
        return ApiProblem.Of(
            StatusCodes.Status405MethodNotAllowed, $"{RefusalKind.Invalid}",
            new Problem("", string.Create(CultureInfo.InvariantCulture, $"{request.Path} takes {string.Join(", ", verbs)}, and not {request.Method}")));
    }

    private IEnumerable<string> VerbsOf(PathString path) => sources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []))
        .SelectMany(static endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []);
}
