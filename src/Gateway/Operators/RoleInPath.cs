using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ActorScheduler.Gateway.Operators;

/// <summary>
/// The role at the end of a path. Its slashes may stand as they are or escaped, and routing leaves escaped ones as they were written,
/// so that it is taken from the request's own line.
/// </summary>
internal static class RoleInPath
{
    /// <param name="request">The request.</param>
    /// <param name="before">What stands before the role, as in <c>/weights/</c>.</param>
    /// <param name="routed">What routing took for the role.</param>
    internal static string Of(HttpRequest request, string before, string routed)
    {
        string target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        int at = target.IndexOf(before, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? routed : Uri.UnescapeDataString(target[(at + before.Length)..]);
    }
}
