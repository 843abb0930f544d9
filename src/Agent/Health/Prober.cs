using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ActorScheduler.Agent.Containers;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Health;

/// <summary>Looks at a running task once: by a command in its container, by HTTP, or by a connection to its own address.</summary>
/// <param name="containers">What runs it.</param>
/// <param name="runId">Its container.</param>
/// <param name="address">Its address as seen from the agent; null when it has none.</param>
internal sealed class Prober(IContainerizer containers, string runId, string? address)
{
    private const int OutputKept = 300;

    // One for all tasks: only handlers with pools are costly, and each look makes a connection of its own anyway.
    private static readonly HttpClient Http = MakeClient();

    /// <summary>The address of a task: this host's loopback when it shares the host's network, else its own.</summary>
    public static string? AddressOf(TaskInfo task, ContainerStatus status) => (task.Container?.Network ?? ContainerNetwork.Host) switch
    {
        ContainerNetwork.Host => "127.0.0.1",
        ContainerNetwork.None => null,
        _ => status.Addresses.Count > 0 ? status.Addresses[0] : null,
    };

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
                _ when address is null => ProbeResult.Failed(probe, "the task has no network address"),
                HealthProbe.Http http => await Get(http, address, cancellation),
                HealthProbe.Tcp tcp => await Connect(tcp, address, cancellation),
                _ => ProbeResult.Failed(probe, "this agent does not know the probe"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or ContainerException or IOException or UriFormatException)
        {
            return probe is HealthProbe.Tcp
                ? new ProbeResult(e.Message, new CheckStatus(CheckKind.Tcp, Succeeded: false))
                : ProbeResult.Failed(probe, e.Message);
        }
    }

    private async Task<ProbeResult> Run(CommandInfo command, CancellationToken cancellation)
    {
        string[] arguments = command.Shell
            ? ["/bin/sh", "-c", command.Value ?? ""]
            : [command.Value ?? "", .. (command.Arguments ?? []).Skip(1)];
        await using IContainerSession session = await containers.Execute(
            runId, new ContainerCommand(arguments, command.Environment, command.User), cancellation);
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

    private static async Task<ProbeResult> Get(HealthProbe.Http http, string address, CancellationToken cancellation)
    {
        string path = http.Path.StartsWith('/') ? http.Path : "/" + http.Path;
        string host = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
        using HttpResponseMessage response = await Http.GetAsync(
            new Uri($"{http.Scheme}://{host}:{http.Port}{path}"), HttpCompletionOption.ResponseHeadersRead, cancellation);
        int code = (int)response.StatusCode;
        return new ProbeResult(code is >= 200 and < 400 ? null : $"GET {path} on port {http.Port} gives {code}", new CheckStatus(CheckKind.Http, StatusCode: code));
    }

    private static async Task<ProbeResult> Connect(HealthProbe.Tcp tcp, string address, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, tcp.Port, cancellation);
        return new ProbeResult(null, new CheckStatus(CheckKind.Tcp, Succeeded: true));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5359", Justification = "As in Mesos: whether it answers is asked, not who it is.")]
    private static HttpClient MakeClient() => new(new SocketsHttpHandler
    {
        // A kept connection would hide that nobody listens any more.
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
