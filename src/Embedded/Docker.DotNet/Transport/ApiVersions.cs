#nullable enable
using System.Net.Http.Headers;

namespace Docker.DotNet.Transport;

/// <summary>
/// The version of the API that requests name. Unless one is given, the engine is asked once (by a ping) and the lower of its
/// version and <see cref="Newest"/> is used. Callers that come meanwhile share the question; a failure is not remembered.
/// </summary>
internal sealed class ApiVersions(Version? requested, Func<Task<HttpResponseHeaders>> ping)
{
    /// <summary>The newest version whose answers this client was written for.</summary>
    public static readonly Version Newest = new(1, 47);

    private readonly Lock _lock = new();
    private Task<string>? _prefix = requested is null ? null : Task.FromResult(Prefix(requested));

    /// <summary>Such as v1.41/, or empty for an engine too old to tell its version.</summary>
    public Task<string> PrefixAsync(CancellationToken cancellationToken)
    {
        Task<string> prefix;
        lock (_lock)
        {
            if (_prefix is null || _prefix.IsFaulted || _prefix.IsCanceled) _prefix = NegotiateAsync();
            prefix = _prefix;
        }

        return prefix.IsCompletedSuccessfully ? prefix : prefix.WaitAsync(cancellationToken);
    }

    /// <summary>Asks anew next time: the engine was replaced by one that does not speak the version found.</summary>
    public void Forget()
    {
        if (requested is not null) return;
        lock (_lock)
        {
            if (_prefix?.IsCompleted == true) _prefix = null;
        }
    }

    private static string Prefix(Version version) => $"v{version.Major}.{version.Minor}/";

    private async Task<string> NegotiateAsync()
    {
        var headers = await ping();
        if (!headers.TryGetValues("Api-Version", out var values)) return "";
        var text = string.Join(',', values);
        return Version.TryParse(text, out var engines)
            ? Prefix(engines < Newest ? engines : Newest)
            : throw new HttpRequestException(
                HttpRequestError.InvalidResponse, $"The engine's Api-Version '{text}' is not a version.");
    }
}
