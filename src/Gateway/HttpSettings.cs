using ActorScheduler.Protocol.Connections;

namespace ActorScheduler.Gateway;

/// <summary>How a node is asked by HTTP.</summary>
/// <param name="At">Where it listens.</param>
/// <param name="AccessFile">Who may ask; null for everybody.</param>
/// <param name="CertificateFile">Its certificate and what that is signed by, PEM; null for no TLS.</param>
/// <param name="KeyFile">The certificate's key, PEM; null when it stands with the certificate.</param>
internal sealed record HttpSettings(HostPort At, string? AccessFile = null, string? CertificateFile = null, string? KeyFile = null)
{
    /// <summary>How many connections it takes.</summary>
    public ConnectionLimits Connections { get; init; } = ConnectionShares.OfHttp(OpenFiles.Limit);

    public override string ToString() => $"{At}";
}
