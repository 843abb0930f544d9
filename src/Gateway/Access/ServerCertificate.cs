using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorScheduler.Gateway.Access;

/// <summary>What HTTPS shows to whom asks.</summary>
/// <param name="Own">The node's certificate with its key.</param>
/// <param name="Chain">The certificates in its file, those included that it is signed by.</param>
internal sealed record ServerCertificate(X509Certificate2 Own, X509Certificate2Collection Chain)
{
    /// <exception cref="GatewayException">A file cannot be read or is not what it should be.</exception>
    internal static ServerCertificate Load(string file, string? keyFile)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            return new ServerCertificate(X509Certificate2.CreateFromPemFile(file, keyFile), chain);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new GatewayException($"--http-certificate: {file}{(keyFile is null ? "" : $" with key {keyFile}")}: {e.Message}", e);
        }
    }

    internal void Use(ListenOptions listen) => listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (Own, Chain));
}
