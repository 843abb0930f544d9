using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;

namespace Akka.Remote.Transport.DotNetty;

/// <summary>The certificate of this node, in code instead of HOCON.</summary>
public sealed class DotNettySslSetup(X509Certificate2 certificate, bool suppressValidation) : Setup
{
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>Accepts whatever certificate the other side has: for tests only.</summary>
    public bool SuppressValidation { get; } = suppressValidation;
}
