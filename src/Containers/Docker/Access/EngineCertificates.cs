using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Docker.DotNet;
using Microsoft.Net.Http.Client;

namespace ActorScheduler.Containers.Docker.Access;

/// <summary>
/// TLS to an engine that listens on the network, with the files that Docker's own tools use: <c>ca.pem</c> says whom to believe,
/// <c>cert.pem</c> and <c>key.pem</c> who the agent is.
/// </summary>
internal sealed class EngineCertificates : Credentials
{
    private readonly X509Certificate2? _own;
    private readonly X509Certificate2Collection? _authorities;

    private EngineCertificates(X509Certificate2? own, X509Certificate2Collection? authorities)
    {
        (_own, _authorities) = (own, authorities);
    }

    /// <summary>Those of the settings; null for an engine that is reached without TLS.</summary>
    /// <exception cref="ArgumentException">A file cannot be read; the message names the key.</exception>
    public static EngineCertificates? Of(DockerSettings settings)
    {
        if (settings is { CaFile: null, CertFile: null } && settings.Endpoint.Scheme != Uri.UriSchemeHttps)
            return null;
        X509Certificate2Collection? authorities = Read("tls.ca-file", settings.CaFile, static file =>
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(file);
            return all.Count > 0 ? all : throw new CryptographicException("there is no certificate in it");
        });
        return new EngineCertificates(Read("tls.cert-file", settings.CertFile, file => X509Certificate2.CreateFromPemFile(file, settings.KeyFile)), authorities);
    }

    /// <inheritdoc/>
    public override bool IsTlsCredentials() => true;

    /// <inheritdoc/>
    public override HttpMessageHandler GetHandler(HttpMessageHandler innerHandler)
    {
        if (innerHandler is ManagedHandler handler)
        {
            if (_own is not null)
                handler.ClientCertificates = new X509CertificateCollection { _own };
            if (_authorities is not null)
                handler.ServerCertificateValidationCallback = IsBelieved;
        }
        return innerHandler;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The client goes on with the certificate after its configuration is gone: it is left to the collector.
        base.Dispose();
    }

    private static T? Read<T>(string key, string? file, Func<string, T> read)
        where T : class
    {
        try
        {
            return file is null ? null : read(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"{DockerSettings.Section}.{key}: {file} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Only the given authorities count, and the name has to be the engine's.</summary>
    private bool IsBelieved(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        // Those that the engine sends along may stand between its own and an authority.
        foreach (X509ChainElement element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        using X509Certificate2 engines = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(engines);
    }
}
