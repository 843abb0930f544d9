using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Node.Daemon;

/// <summary>Tells of the end of the node's certificate, each day from 30 days before.</summary>
internal static class CertificateEnd
{
    private static readonly TimeSpan Early = TimeSpan.FromDays(30);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromDays(1);

    /// <returns>Ends it.</returns>
    internal static IDisposable Watch(X509Certificate2 certificate, string file, ILogger log, TimeProvider? time = null)
    {
        TimeProvider clock = time ?? TimeProvider.System;
        Look();
        return clock.CreateTimer(_ => Look(), null, BetweenWarnings, BetweenWarnings);

        void Look()
        {
            TimeSpan left = certificate.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime;
            if (left <= Early)
            {
                log.LogWarning(
                    "The certificate {File} {Ends} at {End:u}: put a new one there and start the node again", file, left > TimeSpan.Zero ? "ends" : "ended", certificate.NotAfter.ToUniversalTime());
            }
        }
    }
}
