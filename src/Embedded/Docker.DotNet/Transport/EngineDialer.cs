#nullable enable
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Docker.DotNet.Transport;

/// <summary>
/// Opens connections to an engine. TLS is laid over the socket here, not by the HTTP handler, because a hijacked
/// connection has to be closed for writing alone, and only who owns the streams can do that.
/// </summary>
internal sealed class EngineDialer(string? socketPath)
{
    public X509CertificateCollection ClientCertificates { get; set; } = [];

    public RemoteCertificateValidationCallback? ServerCertificateValidationCallback { get; set; }

    public async ValueTask<Stream> DialAsync(DnsEndPoint target, bool tls, CancellationToken cancellationToken)
    {
        var socket = socketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            EndPoint end = socketPath is null ? target : new UnixDomainSocketEndPoint(socketPath);
            await socket.ConnectAsync(end, cancellationToken);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return tls ? await SecureAsync(plain, target.Host, cancellationToken) : plain;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Tells the peer that nothing more will be written; reading goes on.</summary>
    public static void CloseWrite(Stream connection)
    {
        switch (connection)
        {
            case NetworkStream plain:
                plain.Socket.Shutdown(SocketShutdown.Send);
                break;
            case SslStream secure:
                _ = NotifyAsync(secure);
                break;
        }

        // The alert is a few bytes behind what was written and awaited; should the peer be gone, reading will tell.
        static async Task NotifyAsync(SslStream secure)
        {
            try
            {
                await secure.ShutdownAsync();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
            }
        }
    }

    private async ValueTask<Stream> SecureAsync(NetworkStream plain, string host, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    ClientCertificates = ClientCertificates,
                    RemoteCertificateValidationCallback = ServerCertificateValidationCallback,
                    ApplicationProtocols = [SslApplicationProtocol.Http11],
                },
                cancellationToken);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
