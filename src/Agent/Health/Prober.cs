using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorScheduler.Containers;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Health;

/// <summary>Looks at a running task once: by a command in its container, by HTTP, or by a connection to its own address.</summary>
/// <param name="containers">What runs it.</param>
/// <param name="runId">Its container.</param>
/// <param name="task">What it runs.</param>
/// <param name="status">Where it runs.</param>
internal sealed class Prober(IContainerizer containers, string runId, TaskInfo task, ContainerStatus status)
{
    /// <summary>Where a service listens that is meant for its own host alone: on either of these, and not always on both.</summary>
    private static readonly string[] Loopbacks = ["127.0.0.1", "::1"];

    private static readonly HttpRequestOptionsKey<NetworkDoor> Door = new("container-network");

    private const int OutputKept = 300;

    /// <summary>Characters of an address that a task redirects to, in what people read.</summary>
    private const int MostOfAddress = 200;

    // One for all tasks: only handlers with pools are costly, and each look makes a connection of its own anyway.
    private static readonly HttpClient Http = MakeClient();

    /// <summary>The way into its network; null when that is the host's, or cannot be entered.</summary>
    private readonly NetworkDoor? _door = IsOnHost(task) ? null : NetworkDoor.Of(status);

    /// <summary>
    /// Where it may listen, in the order in which that is tried: the loopbacks of its network, as in Mesos, and its own addresses. From
    /// outside of its network the latter alone; none when it has none.
    /// </summary>
    private readonly IReadOnlyList<string> _addresses =
        IsOnHost(task) ? Loopbacks : NetworkDoor.Of(status) is null ? status.Addresses : [.. Loopbacks, .. status.Addresses];

    /// <summary>Looks once.</summary>
    /// <param name="probe">How.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was seen; that nothing answers is a result too.</returns>
    public async Task<ProbeResult> Look(HealthProbe probe, CancellationToken cancellation)
    {
        try
        {
            return probe switch
            {
                HealthProbe.Command command => await Run(command.Run, cancellation),
                HealthProbe.Http or HealthProbe.Tcp => await Reach(probe, cancellation),
                _ => ProbeResult.Failed(probe, "this agent does not know the probe"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or ContainerException or IOException or UriFormatException)
        {
            return Failed(probe, e);
        }
    }

    /// <summary>Whether it runs, as far as its containerizer knows: a look at what has ended says nothing about its health.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ContainerException">The engine does not say.</exception>
    public async Task<bool> IsRunning(CancellationToken cancellation) => await containers.Inspect(runId, cancellation) is ContainerState.Running;

    private static ProbeResult Failed(HealthProbe probe, Exception cause) => probe is HealthProbe.Tcp
        ? new ProbeResult(cause.Message, new CheckStatus(CheckKind.Tcp, Succeeded: false))
        : ProbeResult.Failed(probe, cause.Message);

    /// <summary>Whether a task has the host's network; one of a group may have its executor's.</summary>
    private static bool IsOnHost(TaskInfo task) =>
        task is { Container: null or { Network: ContainerNetwork.Host }, Executor: null or { Container: null or { Network: ContainerNetwork.Host } } };

    /// <summary>Asks at the first address where somebody listens. That nobody does is told by the first, where most services are.</summary>
    private async Task<ProbeResult> Reach(HealthProbe probe, CancellationToken cancellation)
    {
        ProbeResult? refused = null;
        foreach (string address in _addresses)
        {
            try
            {
                return probe is HealthProbe.Http http ? await Get(http, address, cancellation) : await Connect((HealthProbe.Tcp)probe, address, cancellation);
            }
            catch (Exception e) when (e is SocketException or HttpRequestException { InnerException: SocketException })
            {
                refused ??= Failed(probe, e);
            }
        }
        return refused ?? ProbeResult.Failed(probe, "the task has no network address");
    }

    /// <summary>
    /// A command's program and arguments, as in Mesos: to a container both are given as they are; of a plain process the first
    /// argument is the program's name.
    /// </summary>
    private string[] ArgumentsOf(CommandInfo command) => command.Shell ? ["/bin/sh", "-c", command.Value ?? ""]
        : task.Container?.Image is { Length: > 0 } ? [.. command.Value is { Length: > 0 } program ? [program] : Array.Empty<string>(), .. command.Arguments ?? []]
        : [command.Value ?? "", .. (command.Arguments ?? []).Skip(1)];

    private async Task<ProbeResult> Run(CommandInfo command, CancellationToken cancellation)
    {
        string[] arguments = ArgumentsOf(command);
        await using IContainerSession session = await containers.Execute(
            runId, new ContainerCommand(arguments, command.Environment, command.User, KillsLeftovers: true), cancellation);
        var output = new StringBuilder();
        await foreach (ContainerOutput piece in session.Output.WithCancellation(cancellation))
        {
            if (output.Length < OutputKept)
                output.Append(Encoding.UTF8.GetString(piece.Data.Span));
        }
        int code = await session.Exited.WaitAsync(cancellation);
        var check = new CheckStatus(CheckKind.Command, ExitCode: code);
        if (code == 0)
            return new ProbeResult(null, check);
        string said = output.ToString(0, Math.Min(output.Length, OutputKept)).Trim();
        return new ProbeResult($"command ended with exit code {code.ToString(CultureInfo.InvariantCulture)}{(said.Length > 0 ? ": " + said : "")}", check);
    }

    private async Task<ProbeResult> Get(HealthProbe.Http http, string address, CancellationToken cancellation)
    {
        string path = http.Path.StartsWith('/') ? http.Path : "/" + http.Path;
        string host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        var asked = new Uri($"{http.Scheme}://{host}:{http.Port}{path}");
        for (int followed = 0; ; followed++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, asked);
            if (_door is not null)
                request.Options.Set(Door, _door);
            using HttpResponseMessage response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            int code = (int)response.StatusCode;
            if (followed < Redirects.Most && Redirects.Next(asked, code, response.Headers.Location) is { } next)
            {
                asked = next;
                continue;
            }
            string? problem = code is >= 200 and < 400 ? null
                : $"GET {path} on port {http.Port}{(followed > 0 ? $" redirects to {Short(asked)}, which" : "")} gives {code}";
            return new ProbeResult(problem, new CheckStatus(CheckKind.Http, StatusCode: code));
        }
    }

    private static string Short(Uri address) =>
        address.AbsoluteUri is { Length: > MostOfAddress } text ? string.Concat(text.AsSpan(0, MostOfAddress), "...") : address.AbsoluteUri;

    private async Task<ProbeResult> Connect(HealthProbe.Tcp tcp, string address, CancellationToken cancellation)
    {
        using Socket socket = await Connected(new DnsEndPoint(address, tcp.Port), _door, cancellation);
        return new ProbeResult(null, new CheckStatus(CheckKind.Tcp, Succeeded: true));
    }

    private static async Task<Socket> Connected(DnsEndPoint to, NetworkDoor? door, CancellationToken cancellation)
    {
        // Tasks have addresses here and no names.
        var address = IPAddress.Parse(to.Host.Trim('[', ']'));
        Socket socket = door is null ? new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) : await door.Open(address.AddressFamily);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, to.Port), cancellation);
            return socket;
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5359", Justification = "As in Mesos: whether it answers is asked, not who it is.")]
    private static HttpClient MakeClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = static async (context, cancellation) => new NetworkStream(
            await Connected(context.DnsEndPoint, context.InitialRequestMessage.Options.TryGetValue(Door, out NetworkDoor? door) ? door : null, cancellation), ownsSocket: true),
        // A kept connection would hide that nobody listens any more.
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        UseCookies = false,
        // Which redirects are followed is decided here.
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
