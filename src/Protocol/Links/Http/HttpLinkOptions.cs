using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ActorScheduler.Protocol.Links.Http;

/// <summary>How a client outside of the cluster gets in by HTTP.</summary>
/// <param name="Nodes">Addresses of nodes, http or https; each in turn until one answers.</param>
/// <param name="Token">What lets it in; null for nothing.</param>
/// <param name="Authorities">Who signs the certificates of HTTPS; null for those that the system knows.</param>
public sealed record HttpLinkOptions(IReadOnlyList<Uri> Nodes, string? Token = null, X509Certificate2Collection? Authorities = null)
{
    private const string Path = "/v1/link";

    /// <summary>Where a node takes links.</summary>
    internal static Uri LinkOf(Uri node) => new UriBuilder(new Uri(node, Path)) { Scheme = node.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri;

    /// <summary>What makes connections to nodes. To be disposed of.</summary>
    public SocketsHttpHandler Handler()
    {
        // A proxy of the environment's does not lead to this machine.
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, UseProxy = !Nodes.All(static node => node.IsLoopback), AllowAutoRedirect = false,
        };
        if (Authorities is not null)
            handler.SslOptions = Trusting(Authorities);
        return handler;
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
