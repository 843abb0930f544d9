using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Transport;

/// <summary>
/// TLS on a connection between nodes, with certificates on both sides: each has to be trusted by the machine, and the
/// one of the node that is called has to name the host it was called by.
/// </summary>
internal sealed class TlsLayer
{
    private const string Section = "akka.remote.dot-netty.tcp.ssl.";

    private readonly X509Certificate2 _certificate;
    private readonly bool _acceptsAny;

    /// <exception cref="ConfigurationException">There is no usable certificate.</exception>
    internal TlsLayer(ActorSystem system)
    {
        var setup = system.Settings.Setup.Get<DotNettySslSetup>();
        var config = system.Settings.Config;
        _certificate = setup.HasValue ? setup.Value.Certificate : Load(config);
        _acceptsAny = setup.HasValue ? setup.Value.SuppressValidation : config.GetBoolean(Section + "suppress-validation");
        if (!_certificate.HasPrivateKey) throw new ConfigurationException($"The certificate at {Section}certificate has no private key");
    }

    internal async Task<Stream> AsServer(Stream stream, CancellationToken cancellation)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = !_acceptsAny,
                // A client is known by its certificate; from where it calls is not in there.
                RemoteCertificateValidationCallback = (_, _, _, errors) =>
                    _acceptsAny || (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
            },
            cancellation).ConfigureAwait(false);
        return tls;
    }

    internal async Task<Stream> AsClient(Stream stream, string host, CancellationToken cancellation)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host.Trim('[', ']'),
                ClientCertificates = [_certificate],
                RemoteCertificateValidationCallback = (_, _, _, errors) => _acceptsAny || errors == SslPolicyErrors.None,
            },
            cancellation).ConfigureAwait(false);
        return tls;
    }

    private static X509Certificate2 Load(Config config)
    {
        if (config.GetBoolean(Section + "certificate.use-thumbprint-over-file")) return FromStore(config);
        var path = config.GetString(Section + "certificate.path");
        if (string.IsNullOrEmpty(path))
            throw new ConfigurationException($"akka.remote.dot-netty.tcp.enable-ssl is on, but {Section}certificate.path names no file");
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, config.GetString(Section + "certificate.password"));
        }
        catch (Exception failure) when (failure is IOException or System.Security.Cryptography.CryptographicException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Section}certificate.path = [{path}]: {failure.Message}", failure);
        }
    }

    private static X509Certificate2 FromStore(Config config)
    {
        var thumbprint = config.GetString(Section + "certificate.thumbprint") ?? "";
        var location = config.GetString(Section + "certificate.store-location") == "local-machine" ? StoreLocation.LocalMachine : StoreLocation.CurrentUser;
        using var store = new X509Store(config.GetString(Section + "certificate.store-name") is { Length: > 0 } name ? name : "My", location);
        store.Open(OpenFlags.ReadOnly);
        var found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
        return found.Count > 0
            ? found[0]
            : throw new ConfigurationException($"{Section}certificate.thumbprint = [{thumbprint}]: no such certificate in {location}");
    }
}
