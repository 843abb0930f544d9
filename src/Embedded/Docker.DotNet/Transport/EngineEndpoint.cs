#nullable enable
namespace Docker.DotNet.Transport;

/// <summary>
/// Where an engine listens: the path of a unix socket, or a host and port with or without TLS. Its <see cref="BaseUri"/> is
/// what requests are addressed to; for a unix socket the host in it is a mere name.
/// </summary>
internal sealed class EngineEndpoint
{
    private EngineEndpoint(Uri address, string? socketPath, Uri baseUri)
    {
        Address = address;
        SocketPath = socketPath;
        BaseUri = baseUri;
    }

    /// <summary>As configured.</summary>
    public Uri Address { get; }

    /// <summary>Null for an engine that is reached over TCP.</summary>
    public string? SocketPath { get; }

    public Uri BaseUri { get; }

    /// <exception cref="PlatformNotSupportedException">A Windows named pipe.</exception>
    /// <exception cref="ArgumentException">A scheme that engines do not listen on.</exception>
    public static EngineEndpoint Parse(Uri address, bool tls) => address.Scheme.ToLowerInvariant() switch
    {
        "unix" => new EngineEndpoint(address, Path(address), new Uri("http://docker/")),
        "tcp" or "http" => new EngineEndpoint(address, null, Over(tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, address)),
        "https" => new EngineEndpoint(address, null, Over(Uri.UriSchemeHttps, address)),
        "npipe" => throw new PlatformNotSupportedException($"{address}: named pipes are not supported; use tcp:// or unix://."),
        _ => throw new ArgumentException(
            $"{address}: an engine is reached by unix://, tcp://, http:// or https://.", nameof(address)),
    };

    public override string ToString() => Address.OriginalString;

    /// <summary>Both unix:///var/run/docker.sock and unix:/var/run/docker.sock are in use.</summary>
    private static string Path(Uri address) => address.LocalPath is { Length: > 1 } path
        ? path
        : throw new ArgumentException($"{address.OriginalString}: the path of the socket is missing.", nameof(address));

    private static Uri Over(string scheme, Uri address) =>
        new UriBuilder(scheme, address.Host, address.Port > 0 ? address.Port : scheme == Uri.UriSchemeHttps ? 2376 : 2375).Uri;
}
