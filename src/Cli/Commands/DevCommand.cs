using System.CommandLine;
using System.Globalization;
using ActorScheduler.Gateway;
using ActorScheduler.Gateway.Health;
using ActorScheduler.Gateway.Links;
using ActorScheduler.Gateway.Operators;
using ActorScheduler.Model;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Node.Daemon;
using ActorScheduler.Node.Logging;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched dev</c>: a whole cluster in one process, to try things out.</summary>
internal static class DevCommand
{
    private const int MostNodes = 50;

    /// <summary>What each node gives away unless the command line says otherwise.</summary>
    private static readonly Resources Share = Resources.Of(4, 8192, 32768, ports: ValueRanges.Of(31000, 32000));

    internal static Command Create()
    {
        var count = new Option<int>("--nodes") { HelpName = "N", Description = $"How many nodes, 1 to {MostNodes}.", DefaultValueFactory = static _ => 3 };
        count.Validators.Add(result =>
        {
            // Text that is no number is an error of the parser's own.
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number is < 1 or > MostNodes)
                result.AddError($"--nodes: must be 1 to {MostNodes}, is {number}.");
        });
        var command = new Command("dev", "Run a local development cluster in one process; tasks are simulated unless --containerizers says otherwise.") { count };
        var flags = new NodeFlags(command, "http", "http-access", "http-certificate", "http-key", "data", "resources", "containerizers", "log-level", "log-format");
        command.SetAction(async (parsed, _) =>
        {
            EffectiveConfig effective = flags.Effective(parsed);
            return (int)await Run(NodeFlags.Settings(effective), effective, parsed.GetValue(count), parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    private static async Task<ExitCode> Run(NodeSettings settings, EffectiveConfig effective, int count, TextWriter output)
    {
        IReadOnlyList<string> containerizers = effective.IsSet("actorscheduler.node.containerizers") ? settings.Containerizers : ["simulated"];
        // Tasks that outlive the process must be found by the next one.
        if (!containerizers.SequenceEqual(["simulated"]) && !effective.IsSet("actorscheduler.node.data"))
            throw new AschedException(ExitCode.Usage, "--data: must name a folder, since real tasks (--containerizers) outlive this process");
        using var signals = new StopSignals();
        using ILoggerFactory loggers = ConsoleLog.Create(settings.LogFormat, settings.LogLevel);
        using DevFolder folder = DevFolder.Take(effective, settings);
        var nodes = new List<RunningNode>();
        var readiness = new Readiness(() => nodes.Count < count ? [] : nodes);
        var relay = new Relay(() => [.. nodes]);
        await using HttpHost? http = settings.Http is { } at ? await HttpHost.Start(at, loggers, new HealthEndpoints(readiness), new OperatorApi(relay), new LinkApi(relay, at.Connections)) : null;
        while (nodes.Count < count)
        {
            nodes.Add(await RunningNode.Start(
                settings with
                {
                    Name = $"node-{nodes.Count + 1}",
                    Bind = new HostPort("127.0.0.1", 0),
                    Roles = ["master", "agent"],
                    IsClient = false,
                    Seeds = [.. nodes.Take(1).Select(static first => first.Contact)],
                    DataFolder = folder.OfNode(nodes.Count + 1),
                    Journal = folder.Journal,
                    Containerizers = containerizers,
                    Resources = settings.Resources ?? Share,
                },
                effective.Values, loggers, Task.FromResult(http?.Port ?? 0), CancellationToken.None));
        }
        return await new Lifetime(loggers.CreateLogger("asched"), signals).Run(nodes, () => output.WriteLine(
            $"""
            A cluster of {count} is ready.
              masters  {string.Join(',', nodes.Select(static node => node.Contact))}
              HTTP     {http?.Url ?? "off"}
              data     {folder.Description}
            Try: asched agents{(http is null ? "" : $" --http {new Uri(http.Url).Authority}")}
            """));
    }
}
