#nullable enable
using System.Net;
using System.Text;

namespace Docker.DotNet.Transport;

/// <summary>Turns what went wrong into the exceptions that callers know, with the request and the engine in the
/// message.</summary>
internal static class EngineErrors
{
    private const int ShownCharacters = 200;

    public static DockerApiException ForStatus(HttpStatusCode status, string body, Missing missing) => (status, missing) switch
    {
        (HttpStatusCode.NotFound, Missing.Container) => new DockerContainerNotFoundException(status, body),
        (HttpStatusCode.NotFound, Missing.Image) => new DockerImageNotFoundException(status, body),
        (HttpStatusCode.NotFound, Missing.Network) => new DockerNetworkNotFoundException(status, body),
        _ => new DockerApiException(status, body),
    };

    public static DockerApiException NotJson(
        EngineRequest request, HttpStatusCode status, ReadOnlySpan<byte> body, Exception cause)
    {
        var text = Encoding.UTF8.GetString(body);
        var shown = text.Length > ShownCharacters ? text[..ShownCharacters] + "..." : text;
        var message = $"{request} was answered with status code={status} and not with the JSON expected ({cause.Message}): {shown}";
        return new DockerApiException(status, text, message, cause);
    }

    public static HttpRequestException ForTransport(EngineRequest request, EngineEndpoint endpoint, Exception cause)
    {
        var error = cause switch
        {
            HttpRequestException e => e.HttpRequestError,
            HttpIOException e => e.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        var what = error switch
        {
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError =>
                $"The Docker engine at {endpoint} cannot be reached",
            HttpRequestError.SecureConnectionError => $"No secure connection to the Docker engine at {endpoint}",
            HttpRequestError.InvalidResponse => $"What answered at {endpoint} does not speak HTTP",
            HttpRequestError.ResponseEnded =>
                $"The Docker engine at {endpoint} closed the connection before its answer was complete",
            _ => $"Talking to the Docker engine at {endpoint} failed",
        };
        return new HttpRequestException(error, $"{request}: {what}: {(cause.InnerException ?? cause).Message}", cause);
    }
}
