using System.Security.Cryptography.X509Certificates;
using ActorScheduler.Protocol.Links.Tls;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Client;

/// <summary>How a client works. The defaults suit most.</summary>
public sealed record SchedulerClientOptions
{
    /// <summary>
    /// Where the cluster is, separated by commas: HTTP addresses of nodes (<c>https://host:8080</c>), or addresses of masters (<c>host:port</c>; an
    /// IPv6 address stands in brackets, <c>[::1]:2551</c>). By HTTP, <see cref="Token"/> lets the program in and nothing needs to reach it; the
    /// first node that answers is used, and the next one when it is gone. With masters, the program is a peer of theirs: they connect to it, and
    /// where they ask for certificates it needs one (<see cref="Tls"/>); one that answers is enough, the others are found through it.
    /// </summary>
    public string Contacts { get; init; } = "127.0.0.1:2551";

    /// <summary>What lets the program in by HTTP: an operator's token. Null for nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Who signs the certificates of HTTPS; null for those that the system knows.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Host name or address at which masters reach this process. Not used with HTTP.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port at which masters reach this process; 0 for any. Not used with HTTP.</summary>
    public int Port { get; init; }

    /// <summary>What the program shows masters, and demands of them, where it is a peer of theirs; null for nothing.</summary>
    public PeerTls? Tls { get; init; }

    /// <summary>HOCON that stands before everything else.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>
    /// Where the client writes its log: that masters do not answer, and that they do again. Null for nowhere: a library has no business
    /// on its program's console. With dependency injection it is the program's own unless another one is set.
    /// </summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>
    /// Offers that wait to be read. When more come, the oldest is declined: an offer that nobody looks at helps nobody.
    /// </summary>
    public int OfferBuffer { get; init; } = 1000;

    /// <summary>Updates that wait to be read. What does not fit comes again, since it is not acknowledged.</summary>
    public int UpdateBuffer { get; init; } = 10_000;

    /// <summary>
    /// Whether an update is acknowledged when the next one is read: the one before was dealt with then. Else call
    /// <see cref="FrameworkSession.AcknowledgeAsync"/>.
    /// </summary>
    public bool AutoAcknowledge { get; init; } = true;

    /// <summary>How long a command is tried before it fails with <see cref="TimeoutException"/>.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a command waits for its answer before it is sent again. Sent twice it is done once.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Says which option is not valid.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Contacts);
        ArgumentException.ThrowIfNullOrWhiteSpace(Host);
        ArgumentOutOfRangeException.ThrowIfLessThan(OfferBuffer, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(UpdateBuffer, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CommandTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryInterval, TimeSpan.Zero);
    }
}
