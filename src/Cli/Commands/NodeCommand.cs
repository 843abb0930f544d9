using System.CommandLine;
using ActorScheduler.Gateway;
using ActorScheduler.Gateway.Health;
using ActorScheduler.Gateway.Links;
using ActorScheduler.Gateway.Operators;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Node.Daemon;
using ActorScheduler.Node.Logging;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched node</c>: one node in this process, until a signal ends it.</summary>
internal static class NodeCommand
{
    internal static Command Create()
    {
        var command = new Command("node", "Run a node: a master, an agent, or both.");
        var flags = new NodeFlags(command);
        command.SetAction(async (parsed, _) =>
        {
            EffectiveConfig effective = flags.Effective(parsed);
            return (int)await Run(NodeFlags.Settings(effective), effective);
        });
        return command;
    }

    private static async Task<ExitCode> Run(NodeSettings settings, EffectiveConfig effective)
    {
        using var signals = new StopSignals();
        using ILoggerFactory loggers = ConsoleLog.Create(settings.LogFormat, settings.LogLevel);
        ILogger log = loggers.CreateLogger("asched");
        using IDisposable files = OpenFilesWatch.Start(log);
        using DataFolder data = DataFolder.Take(settings.DataFolder!);
        RunningNode[] nodes = [];
        var relay = new Relay(() => nodes);
        // HTTP and node start beside each other: each takes its time.
        Task<HttpHost?> listening = Task.Run(async () => settings.Http is { } at
            ? await HttpHost.Start(at, loggers, new HealthEndpoints(new Readiness(() => nodes)), new OperatorApi(relay), new LinkApi(relay, at.Connections))
            : null);
        Task<RunningNode> starting = RunningNode.Start(settings, effective.Values, loggers, Port(listening), signals.Stopping);
        await using HttpHost? http = await listening;
        try
        {
            nodes = [await starting];
            Introduce(nodes[0], settings, http, data, log);
            while (true)
            {
                ExitCode end = await new Lifetime(log, signals).Run(nodes, () => log.LogInformation("Ready"));
                if (end != ExitCode.NotJoined)
                    return end;
                // What kept it from joining may be in it: nothing of it is used again.
                nodes = [];
                nodes = [await RunningNode.Start(settings, effective.Values, loggers, Port(listening), signals.Stopping)];
            }
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            log.LogInformation("Received {Signal} before the node had started: exiting", await signals.First);
            return ExitCode.Done;
        }
    }

    private static void Introduce(RunningNode node, NodeSettings settings, HttpHost? http, DataFolder data, ILogger log)
    {
        log.LogInformation(
            "asched {Version} ({Engine}), {Roles} '{Name}' as {Join} at {Address}, HTTP {Http}, data {Data}, journal {Journal}, resources {Resources}",
            Versions.Product, Versions.Engine, string.Join("+", settings.Roles), settings.Name,
            settings.IsClient ? "client" : "member", node.Address, http?.Url ?? "off", data.Path,
            settings.IsMaster ? settings.JournalText : "none", node.Resources?.ToString() ?? "none");
        if (settings.Seeds.Count == 0)
            log.LogInformation("No seed nodes given (--seeds): this node forms a new cluster. Other nodes join it with --seeds {Seeds}", node.Contact);
    }

    private static async Task<int> Port(Task<HttpHost?> listening) => (await listening)?.Port ?? 0;
}
