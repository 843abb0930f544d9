using System.CommandLine;
using ActorScheduler.Node.Configuration;

namespace ActorScheduler.Cli.Commands;

/// <summary>The flags of a node, each for one key of <c>actorscheduler.node</c>.</summary>
internal sealed class NodeFlags
{
    private static readonly (string Name, string Value, string Help)[] Known =
    [
        ("name", "NAME", "Name of this node, unique in the cluster."),
        ("bind", "HOST:PORT", "Address at which other nodes reach this one."),
        ("roles", "ROLE,...", "master, agent or both."),
        ("join", "member|client", "Join as a full member of the cluster, or as a client of its masters (agents only)."),
        ("seeds", "HOST:PORT,...", "Seed nodes to join through; the same list on all nodes."),
        ("http", "HOST:PORT|off", "Address of the HTTP API."),
        ("http-access", "FILE", "Access file of the HTTP API: one 'NAME operator|viewer TOKEN' per line."),
        ("http-certificate", "FILE", "TLS certificate for HTTPS, PEM."),
        ("http-key", "FILE", "Private key of the certificate, PEM; not needed if it is in the certificate file."),
        ("tls-certificate", "FILE", "TLS certificate that this node presents to other nodes, PEM."),
        ("tls-key", "FILE", "Private key of the certificate, PEM; not needed if it is in the certificate file."),
        ("tls-authority", "FILE", "Certificate authority of the nodes, PEM."),
        ("insecure-bind", "on|off", "Allow --bind beyond loopback without TLS: anybody who can reach it controls the node."),
        ("data", "DIR", "Data directory: checkpoints, sandboxes and volumes."),
        ("journal", "STORE", "Journal of the masters: sqlite:PATH or postgres:CONNECTION STRING."),
        ("resources", "RESOURCES", "Resources that the agent offers, such as cpus:4;mem:8192, or JSON. Default: those of the host."),
        ("attributes", "ATTRIBUTES", "Attributes of the agent, such as rack:r1;level:10."),
        ("domain", "REGION/ZONE", "Fault domain of the host."),
        ("containerizers", "NAME,...", "Containerizers that run tasks: auto, docker, process, simulated."),
        ("give-up", "NAME,...", "Give up tasks of these containerizers that cannot be seen any more: it is not used now, or has another engine."),
        ("log-level", "LEVEL", "Log level: debug, info, warning or error."),
        ("log-format", "FORMAT", "Log format: auto, text, json or systemd."),
    ];

    private readonly List<(string Key, Option<string?> Option)> _flags = [];

    private readonly Option<string?> _file = new("--config") { HelpName = "FILE", Description = "Configuration file (HOCON); only what differs from reference.conf." };

    /// <summary>Adds flags to a command.</summary>
    /// <param name="command">To which.</param>
    /// <param name="names">Which; none named: all.</param>
    internal NodeFlags(Command command, params string[] names)
    {
        foreach ((string name, string value, string help) in Known.Where(flag => names.Length == 0 || names.Contains(flag.Name)))
        {
            var option = new Option<string?>($"--{name}") { HelpName = value, Description = help };
            _flags.Add(($"actorscheduler.node.{name}", option));
            command.Add(option);
        }
        command.Add(_file);
    }

    /// <summary>The configuration that a command line asks for.</summary>
    /// <exception cref="AschedException">A key does not exist, or the file cannot be read.</exception>
    internal EffectiveConfig Effective(ParseResult parsed) => EffectiveConfig.Of(
        from flag in _flags
        let text = parsed.GetValue(flag.Option)
        where text is not null
        select (flag.Option.Name, flag.Key, text),
        Environment.GetEnvironmentVariables(), parsed.GetValue(_file));

    /// <summary>The settings in it.</summary>
    /// <exception cref="AschedException">A value is not valid; the sentence names the flag, the variable or the key.</exception>
    internal static NodeSettings Settings(EffectiveConfig effective) => effective.Check();
}
