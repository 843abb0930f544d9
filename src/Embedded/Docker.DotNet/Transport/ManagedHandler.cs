using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Docker.DotNet.Transport;

namespace Microsoft.Net.Http.Client;

/// <summary>
/// Carries requests to a Docker engine: over a unix socket or TCP, with TLS when the request asks for https. Connections are
/// used again; at most <see cref="MaximumExchanges"/> are open for short requests and <see cref="MaximumStreams"/> for
/// lasting ones, and requests beyond wait their turn. Credentials that need TLS set its certificates here.
/// </summary>
public class ManagedHandler : HttpMessageHandler
{
    internal const int MaximumExchanges = 64;
    internal const int MaximumStreams = 4096;

    internal static readonly HttpRequestOptionsKey<ConnectionUse> Use = new("docker.connection-use");
    private static readonly HttpRequestOptionsKey<bool> Secure = new("docker.tls");

    private readonly EngineDialer _dialer;
    private readonly HttpMessageInvoker _exchanges;
    private readonly HttpMessageInvoker _streams;

    public ManagedHandler()
        : this((string)null)
    {
    }

    internal ManagedHandler(string socketPath)
    {
        _dialer = new EngineDialer(socketPath);
        _exchanges = Pool(MaximumExchanges, drain: true);
        _streams = Pool(MaximumStreams, drain: false);
    }

    /// <summary>What the client shows to an engine that asks for a certificate.</summary>
    public X509CertificateCollection ClientCertificates
    {
        get => _dialer.ClientCertificates;
        set => _dialer.ClientCertificates = value;
    }

    /// <summary>Decides on the engine's certificate in place of the system's rules.</summary>
    public RemoteCertificateValidationCallback ServerCertificateValidationCallback
    {
        get => _dialer.ServerCertificateValidationCallback;
        set => _dialer.ServerCertificateValidationCallback = value;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            // The dialer does TLS. The port must be written out, or it would become that of http.
            request.Options.Set(Secure, true);
            request.RequestUri = new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Port = address.Port }.Uri;
        }

        request.Options.TryGetValue(Use, out var use);
        return use switch
        {
            ConnectionUse.Hijack => HijackAsync(request, cancellationToken),
            ConnectionUse.Stream => _streams.SendAsync(request, cancellationToken),
            _ => _exchanges.SendAsync(request, cancellationToken),
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _exchanges.Dispose();
            _streams.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// A pool of one request: only so is it certain that the connection dialed is the one that the engine hands over.
    /// Its end leaves a connection in use alone.
    /// </summary>
    private async Task<HttpResponseMessage> HijackAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Stream connection = null;
        using var once = Pool(1, drain: false, dialed => connection = dialed);
        var response = await once.SendAsync(request, cancellationToken);
        if (!Hijacked(response)) return response;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        response.Content = new HttpConnectionResponseContent(new HijackedStream(stream, connection), response.Content.Headers);
        return response;
    }

    private static bool Hijacked(HttpResponseMessage response) =>
        response.StatusCode == System.Net.HttpStatusCode.SwitchingProtocols || response.IsSuccessStatusCode;

    private HttpMessageInvoker Pool(int connections, bool drain, Action<Stream> dialed = null)
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var tls = context.InitialRequestMessage.Options.TryGetValue(Secure, out var secure) && secure;
                var stream = await _dialer.DialAsync(context.DnsEndPoint, tls, cancellationToken);
                dialed?.Invoke(stream);
                return stream;
            },
        };

        // What is left of a lasting answer has no end: its connection is closed and not read out.
        if (!drain) handler.MaxResponseDrainSize = 0;
        return new HttpMessageInvoker(handler);
    }
}
