using Microsoft.Extensions.Logging;

namespace ActorScheduler.Client;

/// <summary>How a client works. The defaults suit most.</summary>
public sealed record SchedulerClientOptions
{
    /// <summary>
    /// Addresses of masters, as many as are known: <c>host:port</c>, separated by commas; an IPv6 address stands in brackets
    /// (<c>[::1]:2551</c>). One that answers is enough; the others
    /// are found through it.
    /// </summary>
    public string Contacts { get; init; } = "127.0.0.1:2551";

    /// <summary>Host name or address at which masters reach this process.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port at which masters reach this process; 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>HOCON that stands before everything else, such as TLS of <c>akka.remote</c>.</summary>
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
