using System.CommandLine;
using ActorScheduler.Node.Configuration;

namespace ActorScheduler.Cli.Commands;

/// <summary>The flags of a node, each for one key of <c>actorscheduler.node</c>.</summary>
internal sealed class NodeFlags
{
    private static readonly (string Name, string Value, string Help)[] Known =
    [
        ("name", "NAME", "Name of the host."),
        ("bind", "HOST:PORT", "Where other nodes reach this one."),
        ("roles", "ROLE,...", "master, agent or both."),
        ("join", "member|client", "Whether the node is a member of the cluster."),
        ("seeds", "HOST:PORT,...", "Nodes to join; the same on all nodes."),
        ("http", "HOST:PORT|off", "Where HTTP listens."),
        ("http-access", "FILE", "Who may ask by HTTP: NAME operator|viewer TOKEN, a line each."),
        ("http-certificate", "FILE", "Certificate for HTTPS, PEM."),
        ("http-key", "FILE", "Its key, PEM; not needed where it stands with the certificate."),
        ("tls-certificate", "FILE", "Certificate that the node shows other nodes, PEM."),
        ("tls-key", "FILE", "Its key, PEM; not needed where it stands with the certificate."),
        ("tls-authority", "FILE", "Who signs the certificates of nodes, PEM."),
        ("insecure-bind", "on|off", "Let anybody who reaches --bind be a node."),
        ("data", "DIR", "Folder for what must not be forgotten."),
        ("journal", "STORE", "sqlite:PATH or postgres:CONNECTION STRING."),
        ("resources", "RESOURCES", "What the agent gives away: cpus:4;mem:8192;..., or JSON."),
        ("attributes", "ATTRIBUTES", "Facts about the host: rack:r1;level:10."),
        ("domain", "REGION/ZONE", "Where the host stands."),
        ("containerizers", "NAME,...", "What runs tasks: auto, docker, process, simulated."),
        ("log-level", "LEVEL", "debug, info, warning or error."),
        ("log-format", "FORMAT", "auto, text, json or systemd."),
    ];

    private readonly List<(string Key, Option<string?> Option)> _flags = [];

    private readonly Option<string?> _file = new("--config") { HelpName = "FILE", Description = "A file of HOCON; it needs to hold only what differs from reference.conf." };

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
