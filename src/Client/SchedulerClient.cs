using System.Globalization;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using ActorScheduler.Protocol.Links.Http;
using ActorScheduler.Protocol.Logging;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorScheduler.Client;

/// <summary>
/// Connects a program to a cluster, by HTTP or as a peer of the masters. It needs the address of one node that answers, and stays
/// connected while masters come and go. Sessions of several frameworks may share one client. Thread safe.
/// </summary>
public sealed class SchedulerClient : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly MasterLink _masters;
    private readonly SchedulerClientOptions _options;
    private readonly bool _ownsSystem;
    private int _sessions;

    /// <summary>A client of the cluster that these masters belong to.</summary>
    /// <param name="contacts">As in <see cref="SchedulerClientOptions.Contacts"/>.</param>
    public SchedulerClient(string contacts)
        : this(new SchedulerClientOptions { Contacts = contacts })
    {
    }

    /// <summary>A client with options.</summary>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public SchedulerClient(SchedulerClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        IReadOnlyList<Uri> nodes = ParseNodes(options.Contacts);
        IReadOnlyList<Address> masters = nodes.Count > 0 ? [] : ParseContacts(options.Contacts);
        _options = options;
        ActorSystemSetup setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(Configuration(options, isPeer: masters.Count > 0)));
        if (options.Loggers is { } loggers)
            setup = setup.WithSetup(new LoggingSetup(loggers));
        if (options.Tls is { } tls)
            setup = setup.WithSetup(tls.Setup());
        _system = ActorSystem.Create("actorscheduler-client", setup);
        _masters = masters.Count > 0 ? ClientLink.Start(_system, masters) : HttpLink.Start(_system, new HttpLinkOptions(nodes, options.Token, options.Authorities));
        _ownsSystem = true;
    }

    private SchedulerClient(ActorSystem system, MasterLink masters, SchedulerClientOptions options)
    {
        (_system, _masters, _options) = (system, masters, options);
    }

    /// <summary>A client inside a node: it goes by the node's own link and uses its system, which it does not end.</summary>
    /// <param name="system">The node's system.</param>
    /// <param name="masters">The node's link.</param>
    /// <param name="options">How it works; addresses in it are not used.</param>
    public static SchedulerClient OnNode(ActorSystem system, MasterLink masters, SchedulerClientOptions? options = null) =>
        new(system, masters, options ?? new SchedulerClientOptions());

    /// <summary>Registers a new framework and begins its session.</summary>
    /// <param name="info">What it says of itself.</param>
    /// <param name="suppressedRoles">Roles in which it wants no offers until it revives them; null for none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="CommandRefusedException">Something in <paramref name="info"/> is not valid.</exception>
    public Task<FrameworkSession> RegisterAsync(
        FrameworkInfo info, IReadOnlyList<string>? suppressedRoles = null, CancellationToken cancellation = default) =>
        BeginAsync(info, suppressedRoles ?? [], new FrameworkId(Guid.NewGuid().ToString("N")), isNew: true, cancellation);

    /// <summary>
    /// Begins a session of a framework that was registered before, with the id that it has kept. A scheduler of the same
    /// framework that is still connected is told that it was replaced.
    /// </summary>
    /// <exception cref="CommandRefusedException">The framework is not known, was removed, or says something that is not valid.</exception>
    public Task<FrameworkSession> ResumeAsync(
        FrameworkInfo info, FrameworkId id, IReadOnlyList<string>? suppressedRoles = null, CancellationToken cancellation = default) =>
        BeginAsync(info, suppressedRoles ?? [], id, isNew: false, cancellation);

    /// <summary>Asks the allocator, such as <see cref="GetAgents"/>, or tells it an operator's decision.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <exception cref="CommandRefusedException">It was refused, and that is not the answer that is waited for.</exception>
    /// <exception cref="TimeoutException">No answer within the command time-out.</exception>
    public Task<T> AskAllocatorAsync<T>(IAllocatorMessage message, CancellationToken cancellation = default) =>
        AskAsync<T>(sender => _masters.Send(message, sender), (message ?? throw new ArgumentNullException(nameof(message))).GetType().Name, cancellation);

    /// <summary>Asks a framework's actor, such as <see cref="GetFramework"/>.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <exception cref="CommandRefusedException">It was refused, and that is not the answer that is waited for.</exception>
    /// <exception cref="TimeoutException">No answer within the command time-out.</exception>
    public Task<T> AskFrameworkAsync<T>(IFrameworkMessage message, CancellationToken cancellation = default) =>
        AskAsync<T>(sender => _masters.Send(message, sender), (message ?? throw new ArgumentNullException(nameof(message))).GetType().Name, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ownsSystem)
            await _system.Terminate().ConfigureAwait(false);
    }

    /// <summary>Reads HTTP addresses of nodes; none when they are addresses of masters.</summary>
    /// <exception cref="ArgumentException">Some are HTTP addresses and others are not.</exception>
    internal static IReadOnlyList<Uri> ParseNodes(string contacts)
    {
        string[] all = contacts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Uri[] nodes = [.. all.Select(static text => Uri.TryCreate(text, UriKind.Absolute, out Uri? node) && IsHttp(node) ? node : null).OfType<Uri>()];
        return nodes.Length == 0 || nodes.Length == all.Length ? nodes
            : throw new ArgumentException("contacts: must all be HTTP addresses of nodes, or all addresses of masters", nameof(contacts));
    }

    /// <summary>Reads <c>host:port,host:port</c>; an IPv6 address stands in brackets.</summary>
    /// <exception cref="ArgumentException">A part is not an address.</exception>
    internal static IReadOnlyList<Address> ParseContacts(string contacts) =>
        [.. contacts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseContact)];

    private static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private static Address ParseContact(string contact) =>
        !NodeAddress.Parse(contact).TryGet(out Address? address, out Problem? problem) ? throw new ArgumentException($"contacts: {problem.Reason}", nameof(contact))
        : address.Port == 0 ? throw new ArgumentException($"contacts: '{contact}' must have a port above 0", nameof(contact))
        : address;

    private async Task<FrameworkSession> BeginAsync(
        FrameworkInfo info, IReadOnlyList<string> suppressedRoles, FrameworkId id, bool isNew, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(info);
        var session = new FrameworkSession(id, _options);
        IActorRef actor = _system.ActorOf(
            SessionActor.Props(session, info, suppressedRoles, isNew, _masters, _options), $"session-{Interlocked.Increment(ref _sessions)}-{id}");
        session.Attach(actor);
        try
        {
            await OrDenied(session.WhenSubscribed).WaitAsync(cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<T> AskAsync<T>(Action<IActorRef> send, string what, CancellationToken cancellation)
    {
        IActorRef asking = _system.ActorOf(AskingActor<T>.Props(send, _options.RetryInterval, out Task<T> answer));
        try
        {
            await OrDenied(answer).WaitAsync(_options.CommandTimeout, cancellation).ConfigureAwait(false);
            return await answer.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what}: no answer from the masters within {_options.CommandTimeout.TotalSeconds:0.#} s");
        }
        finally
        {
            _system.Stop(asking);
        }
    }

    /// <summary>Waits for an answer, as long as one can come.</summary>
    /// <exception cref="CommandRefusedException">A node does not let this client in.</exception>
    private async Task OrDenied(Task answer)
    {
        if (_masters is HttpLink link && await Task.WhenAny(answer, link.Denied).ConfigureAwait(false) != answer)
            throw new CommandRefusedException(RefusalKind.Invalid, new Problem("Authorization", await link.Denied.ConfigureAwait(false)));
        await answer.ConfigureAwait(false);
    }

    private static Config Configuration(SchedulerClientOptions options, bool isPeer) => ConfigurationFactory.ParseString(options.Configuration)
        .WithFallback(ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $$"""
            akka.actor.provider = {{(isPeer ? "remote" : "local")}}
            akka.remote.dot-netty.tcp { hostname = "{{options.Host}}", port = {{options.Port}}, enable-ssl = {{(options.Tls is null ? "off" : "on")}} }
            akka.stdout-loglevel = OFF
            akka.loglevel = {{(options.Loggers is null ? "OFF" : "INFO")}}
            {{(options.Loggers is null ? "" : LoggingSetup.Config)}}
            """)))
        .WithFallback(ProtocolConfig.Reference);
}
