using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Gateway.Access;

/// <summary>
/// What HTTPS shows to whom asks. The files are read again when they change, so that a new certificate needs no restart; what cannot be
/// read then changes nothing.
/// </summary>
internal sealed class ServerCertificate
{
    private readonly string _file;
    private readonly string? _keyFile;
    private readonly ILogger _log;
    private volatile Shown _shown;

    private ServerCertificate(string file, string? keyFile, ILogger log) => (_file, _keyFile, _log, _shown) = (file, keyFile, log, Read(file, keyFile));

    /// <exception cref="GatewayException">A file cannot be read or is not what it should be.</exception>
    internal static ServerCertificate Load(string file, string? keyFile, ILogger log)
    {
        try
        {
            return new ServerCertificate(file, keyFile, log);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new GatewayException($"--http-certificate: {file}{(keyFile is null ? "" : $" with key {keyFile}")}: {e.Message}", e);
        }
    }

    internal void Use(ListenOptions listen) => listen.UseHttps(new TlsHandshakeCallbackOptions
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = Current(), ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        }),
    });

    private SslStreamCertificateContext Current()
    {
        if (StampOf(_file, _keyFile) is var stamp && stamp != _shown.Stamp)
        {
            try
            {
                _shown = Read(_file, _keyFile);
                _log.LogInformation("{File} was read again: HTTPS shows what is in it", _file);
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                // Certificate and key may be written one after the other.
                _log.LogWarning("What changed in {File} does not count yet: {Problem}", _file, e.Message);
                _shown = _shown with { Stamp = stamp };
            }
        }
        return _shown.Context;
    }

    private static Shown Read(string file, string? keyFile)
    {
        (DateTime, DateTime) stamp = StampOf(file, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        return new Shown(stamp, SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(file, keyFile), chain, offline: true));
    }

    private static (DateTime Certificate, DateTime Key) StampOf(string file, string? keyFile) => (File.GetLastWriteTimeUtc(file), keyFile is null ? default : File.GetLastWriteTimeUtc(keyFile));

    private sealed record Shown((DateTime Certificate, DateTime Key) Stamp, SslStreamCertificateContext Context);
}
