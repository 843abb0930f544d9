using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Docker.DotNet.Models;
using Microsoft.Net.Http.Client;

namespace Docker.DotNet.Specs;

/// <summary>An engine behind TLS with certificates on both sides, on the loopback interface.</summary>
public sealed class TlsSpecs : IDisposable
{
    private readonly X509Certificate2 _server = Certificate("engine");
    private readonly X509Certificate2 _client = Certificate("client");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TlsSpecs() => _listener.Start();

    private Uri Endpoint => new($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    [Fact]
    public async Task Both_sides_show_certificates_and_a_hijacked_connection_is_closed_for_writing_alone()
    {
        var serving = ServeAsync(async secure =>
        {
            await ReadHeadAsync(secure);
            await secure.WriteAsync("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8.ToArray());
            var input = await new StreamReader(secure).ReadToEndAsync();
            await secure.WriteAsync(System.Text.Encoding.UTF8.GetBytes("got " + input));
        });
        using var configuration =
            new DockerClientConfiguration(Endpoint, new Mutual(_client, _server.Thumbprint), TimeSpan.FromSeconds(20));
        using var client = configuration.CreateClient(new Version(1, 41));

        using var attached = await client.Containers.AttachContainerAsync(
            "c", tty: true, new ContainerAttachParameters { Stream = true, Stdin = true, Stdout = true });
        await attached.WriteAsync("input"u8.ToArray(), 0, 5, default);
        attached.CloseWrite();

        Assert.Equal("got input", (await attached.ReadOutputToEndAsync(default)).stdout);
        Assert.Equal(_client.Thumbprint, await serving);
    }

    [Fact]
    public async Task An_engine_with_another_certificate_is_refused()
    {
        var sent = -1;
        var serving = ServeAsync(async secure => sent = await secure.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false));
        using var configuration =
            new DockerClientConfiguration(Endpoint, new Mutual(_client, thumbprint: "another"), TimeSpan.FromSeconds(20));
        using var client = configuration.CreateClient(new Version(1, 41));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.System.GetSystemInfoAsync());
        await Record.ExceptionAsync(() => serving);
        Assert.True(sent < 1, "A request was sent all the same.");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _server.Dispose();
        _client.Dispose();
    }

    private async Task<string?> ServeAsync(Func<SslStream, Task> answer)
    {
        using var connection = await _listener.AcceptTcpClientAsync();
        await using var secure = new SslStream(
            connection.GetStream(), false, (_, certificate, _, _) => certificate?.GetCertHashString() == _client.Thumbprint);
        await secure.AuthenticateAsServerAsync(_server, clientCertificateRequired: true, checkCertificateRevocation: false);
        await answer(secure);
        return secure.RemoteCertificate?.GetCertHashString();
    }

    private static async Task ReadHeadAsync(Stream stream)
    {
        var (seen, one) = ("", new byte[1]);
        while (!seen.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0) return;
            seen += (char)one[0];
        }
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private sealed class Mutual(X509Certificate2 own, string thumbprint) : Credentials
    {
        public override bool IsTlsCredentials() => true;

        public override HttpMessageHandler GetHandler(HttpMessageHandler innerHandler)
        {
            var handler = (ManagedHandler)innerHandler;
            handler.ClientCertificates = [own];
            handler.ServerCertificateValidationCallback = (_, certificate, _, _) =>
                certificate?.GetCertHashString() == thumbprint;
            return handler;
        }
    }
}
