using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActorScheduler.Containers.Docker;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>An engine on the network that believes, and is believed, by certificates only.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed of by xunit's own way, IAsyncLifetime.")]
public sealed class TlsSpecs : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly X509Certificate2 _authority = Authority("authority");
    private X509Certificate2 _engines = null!;
    private Task _serving = Task.CompletedTask;

    private Uri Endpoint => new($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public Task InitializeAsync()
    {
        Write("ca.pem", _authority);
        Issue("agent", "cert.pem", "key.pem");
        _engines = Issued("127.0.0.1");
        _listener.Start();
        _serving = Serve();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _serving;
        _authority.Dispose();
        _engines.Dispose();
        _ended.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_engine_answers_who_shows_a_certificate_that_it_believes() => Assert.Null(await Probe(static settings => settings));

    [Fact]
    public async Task Without_a_certificate_of_its_own_the_agent_is_not_answered() =>
        Assert.Contains("cannot be reached", await Probe(static settings => settings with { CertFile = null, KeyFile = null }), StringComparison.Ordinal);

    [Fact]
    public async Task An_engine_of_another_authority_is_not_believed()
    {
        using X509Certificate2 other = Authority("other");
        Write("other.pem", other);

        Assert.Contains("cannot be reached", await Probe(settings => settings with { CaFile = In("other.pem") }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_with_its_key()
    {
        File.WriteAllText(In("ca.pem"), "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----");

        Assert.StartsWith(
            $"actorscheduler.agent.docker.tls.ca-file: {In("ca.pem")} cannot be read: ",
            Assert.Throws<ArgumentException>(() => new DockerContainerizer(new DockerSettings { Endpoint = Endpoint, CaFile = In("ca.pem") }, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private async Task<string?> Probe(Func<DockerSettings, DockerSettings> with)
    {
        var settings = new DockerSettings { Endpoint = Endpoint, CaFile = In("ca.pem"), CertFile = In("cert.pem"), KeyFile = In("key.pem") };
        await using var engine = new DockerContainerizer(with(settings), TimeProvider.System);
        return await engine.Probe(_ended.Token);
    }

    private async Task Serve()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_ended.Token);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = _engines, ClientCertificateRequired = true, RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Issuer == "CN=authority",
                    },
                    _ended.Token);
                byte[] request = new byte[4096];
                while (await stream.ReadAsync(request, _ended.Token) > 0)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK"), _ended.Token);
            }
            catch (Exception e) when (e is AuthenticationException or IOException or SocketException or OperationCanceledException)
            {
                // The next one may do better.
            }
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(90));
    }

    private X509Certificate2 Issued(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out IPAddress? address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(_authority, DateTimeOffset.UnixEpoch.AddYears(41), DateTimeOffset.UnixEpoch.AddYears(89), Guid.NewGuid().ToByteArray());
        return certificate.CopyWithPrivateKey(key);
    }

    private void Issue(string name, string certificateFile, string keyFile)
    {
        using X509Certificate2 certificate = Issued(name);
        Write(certificateFile, certificate);
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(In(keyFile), key.ExportPkcs8PrivateKeyPem());
    }

    private void Write(string name, X509Certificate2 certificate) => File.WriteAllText(In(name), certificate.ExportCertificatePem());
}
