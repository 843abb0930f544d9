using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorScheduler.Cli.Certificates;

/// <summary>Makes an authority and the certificates that it signs: elliptic curve P-256, for servers and clients at once, since nodes are both.</summary>
internal static class Issuing
{
    private static readonly Oid[] ServerAndClient = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    /// <summary>Clocks of hosts differ.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>An authority: certificate and key, PEM.</summary>
    internal static (string Certificate, string Key) Authority(string name, TimeSpan life, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 made = request.CreateSelfSigned(now - Before, now + life);
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A certificate of a node or a scheduler, and its key, PEM.</summary>
    /// <param name="authority">Who signs it, with its key.</param>
    /// <param name="name">Whose.</param>
    /// <param name="hosts">Names and addresses under which it is reached.</param>
    /// <param name="life">How long it is valid; not longer than the authority.</param>
    /// <param name="now">From when on.</param>
    internal static (string Certificate, string Key, DateTimeOffset End) Node(X509Certificate2 authority, string name, IReadOnlyList<string> hosts, TimeSpan life, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(name, key);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. ServerAndClient], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        DateTimeOffset from = now - Before, end = now + life;
        from = from > authority.NotBefore ? from : authority.NotBefore;
        end = end < authority.NotAfter ? end : authority.NotAfter;
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        // A serial number is positive.
        serial[0] &= 0x7f;
        using X509Certificate2 made = request.Create(authority, from, end, serial);
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), end);
    }

    private static CertificateRequest Request(string name, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
    }
}
