using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Specs;

public sealed class TlsSpecs
{
    private const string Config = """
        akka.actor.provider = remote
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.remote.retry-gate-closed-for = 100 ms
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0, enable-ssl = on }
        """;

    [Fact]
    public async Task Nodes_with_certificates_talk_by_tls()
    {
        using var certificate = Certificate();
        using var here = Start("here", certificate, suppressValidation: true);
        using var other = Start("other", certificate, suppressValidation: true);

        Assert.Equal("hello", await AskAcross(here, other, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_refused()
    {
        using var certificate = Certificate();
        using var here = Start("here", certificate, suppressValidation: false);
        using var other = Start("other", certificate, suppressValidation: false);

        await Assert.ThrowsAsync<ActorNotFoundException>(() => AskAcross(here, other, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public void Ssl_without_a_certificate_says_which_key_is_missing()
    {
        var failure = Assert.ThrowsAny<Exception>(() => ActorSystem.Create("here", ConfigurationFactory.ParseString(Config)));

        Assert.Contains("akka.remote.dot-netty.tcp.ssl.certificate.path", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<object> AskAcross(ActorSystem here, ActorSystem other, TimeSpan timeout)
    {
        var echo = other.ActorOf(Props.Create(() => new Echo()), "echo");
        var address = ((ExtendedActorSystem)other).Provider.DefaultAddress;
        var remote = await here.ActorSelection(echo.Path.ToStringWithAddress(address)).ResolveOne(timeout);
        return await remote.Ask("hello", timeout);
    }

    private static ActorSystem Start(string name, X509Certificate2 certificate, bool suppressValidation) => ActorSystem.Create(
        name, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(Config), new DotNettySslSetup(certificate, suppressValidation)));

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
