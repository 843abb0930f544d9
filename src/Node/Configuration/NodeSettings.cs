using System.Text.Json;
using ActorScheduler.Gateway;
using ActorScheduler.Master.Journaling;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Connections;
using ActorScheduler.Protocol.Links;
using Akka.Configuration;

namespace ActorScheduler.Node.Configuration;

/// <summary>What a node is: <c>actorscheduler.node</c>.</summary>
internal sealed record NodeSettings
{
    private const string TlsCertificate = "tls-certificate";

    /// <summary>With what agents add to it, it is an id.</summary>
    private const int MostOfName = IdRules.MaxLength - 32;

    /// <summary>Name of its host for people and constraints.</summary>
    public required string Name { get; init; }

    /// <summary>Where other nodes reach it.</summary>
    public required HostPort Bind { get; init; }

    /// <summary>What it shows other nodes and demands of them; null for nothing.</summary>
    public required TlsFiles? Tls { get; init; }

    /// <summary>What it does: <c>master</c>, <c>agent</c> or both.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether it stays outside the cluster and only speaks to masters.</summary>
    public required bool IsClient { get; init; }

    /// <summary>Nodes that it asks to join, in the same order on all nodes; empty to begin a cluster.</summary>
    public required IReadOnlyList<HostPort> Seeds { get; init; }

    /// <summary>How often it asks the seeds again.</summary>
    public required TimeSpan JoinRetry { get; init; }

    /// <summary>Where its HTTP listens, and how; null for nowhere.</summary>
    public required HttpSettings? Http { get; init; }

    /// <summary>How many connections of nodes and clients it takes at <see cref="Bind"/>.</summary>
    public required ConnectionLimits Connections { get; init; }

    /// <summary>Folder for what it must not forget; null to keep nothing beyond the process.</summary>
    public required string? DataFolder { get; init; }

    /// <summary>Where masters keep their facts.</summary>
    public required JournalStore Journal { get; init; }

    /// <summary>For people: the journal's file, or which database it is.</summary>
    public string JournalText => Journal.File ?? Journal.Provider;

    /// <summary>What its agent gives away; null to find out.</summary>
    public required Resources? Resources { get; init; }

    /// <summary>Facts about the host.</summary>
    public required IReadOnlyList<AgentAttribute> Attributes { get; init; }

    /// <summary>Region and zone, or null.</summary>
    public required FaultDomain? Domain { get; init; }

    /// <summary>What runs its containers, the first choice first.</summary>
    public required IReadOnlyList<string> Containerizers { get; init; }

    /// <summary>Containerizers whose tasks its agent gives up where it does not see them any more.</summary>
    public required IReadOnlyList<string> GiveUp { get; init; }

    /// <summary>Longest that it takes to leave.</summary>
    public required TimeSpan LeaveTimeout { get; init; }

    /// <summary>Longest that the allocator may take to answer a node that is ready.</summary>
    public required TimeSpan ReadyTimeout { get; init; }

    /// <summary>Lowest level that is logged.</summary>
    public required string LogLevel { get; init; }

    /// <summary>How lines of the log look.</summary>
    public required string LogFormat { get; init; }

    internal bool IsMaster => Roles.Contains(ClusterNames.MasterRole);

    internal bool IsAgent => Roles.Contains(ClusterNames.AgentRole);

    /// <summary>Reads the section.</summary>
    /// <exception cref="SettingException">A value is not valid.</exception>
    internal static NodeSettings From(Config config)
    {
        var section = new NodeSection(config);
        string data = section.Text("data") is { Length: > 0 } folder ? Path.GetFullPath(folder) : throw NodeSection.Wrong("data", "must name a folder");
        bool isClient = section.OneOf("join", "member", "client") == "client";
        // The first of the seeds may begin a cluster alone: sorted, it is the same one on all nodes, however they were written.
        IReadOnlyList<HostPort> seeds =
        [
            .. section.List("seeds").Select(static seed => NodeSection.Valid("seeds", HostPort.Parse(seed))).Distinct()
                .OrderBy(static seed => seed.Host, StringComparer.Ordinal).ThenBy(static seed => seed.Port),
        ];
        IReadOnlyList<string> roles = section.SomeOf("roles", ClusterNames.MasterRole, ClusterNames.AgentRole);
        if (isClient && seeds.Count == 0)
            throw NodeSection.Wrong("seeds", "must name masters, since actorscheduler.node.join is client");
        if (isClient && roles.Contains(ClusterNames.MasterRole))
            throw NodeSection.Wrong("roles", "must be agent alone, since actorscheduler.node.join is client");
        if (seeds.Any(static seed => seed.Port == 0))
            throw NodeSection.Wrong("seeds", "must have ports above 0");
        HostPort bind = section.Parsed("bind", static text => HostPort.Parse(text));
        TlsFiles? tls = TlsOf(section);
        bool isInsecureMeant = section.OneOf("insecure-bind", "on", "off") == "on";
        if (tls is null && !bind.IsLoopback && !isInsecureMeant)
        {
            throw NodeSection.Wrong(
                "bind", $"'{bind}' is not loopback, and whoever reaches it may do everything: give certificates (--{TlsCertificate}; 'asched certs' makes them), or say that it is meant (--insecure-bind on)");
        }
        return new NodeSettings
        {
            Name = NameOf(section),
            Bind = bind,
            Tls = tls,
            Roles = roles,
            IsClient = isClient,
            Seeds = seeds,
            JoinRetry = section.Time("join-retry"),
            Http = section.Text("http") == "off" ? null : HttpOf(section),
            Connections = ConnectionsOf(section, "nodes", ConnectionShares.OfNodes),
            DataFolder = data,
            Journal = section.Parsed("journal", text => JournalStore.Parse(text, data)),
            Resources = section.Text("resources").Length == 0 ? null : section.Parsed("resources", ParseResources),
            Attributes = section.Parsed("attributes", AgentAttribute.ParseAll),
            Domain = section.Text("domain").Length == 0 ? null : section.Parsed("domain", ParseDomain),
            Containerizers = section.SomeOf("containerizers", "auto", "docker", "process", "simulated"),
            GiveUp = section.AnyOf("give-up", "docker", "process", "simulated"),
            LeaveTimeout = section.Time("leave-timeout"),
            ReadyTimeout = section.Time("ready-timeout"),
            LogLevel = section.OneOf("log-level", "debug", "info", "warning", "error"),
            LogFormat = section.OneOf("log-format", "auto", "text", "json", "systemd"),
        };
    }

    private static TlsFiles? TlsOf(NodeSection section)
    {
        (string? certificate, string? key, string? authority) = (section.File(TlsCertificate), section.File("tls-key"), section.File("tls-authority"));
        return (certificate, key, authority) switch
        {
            (null, null, null) => null,
            (null, _, _) => throw NodeSection.Wrong(TlsCertificate, "must name a file, since tls-key or tls-authority does"),
            (_, _, null) => throw NodeSection.Wrong("tls-authority", $"must name a file, since {TlsCertificate} does"),
            _ => new TlsFiles(certificate, key, authority),
        };
    }

    private static string NameOf(NodeSection section)
    {
        string name = section.Text("name") is { Length: > 0 } given ? given : Environment.MachineName;
        // The id of its agent is made of it, and becomes the name of folders.
        return (TextRules.CheckHostname("name", name) ?? IdRules.Check("name", name) ?? TextRules.CheckName("name", name, MostOfName)) is { } problem
            ? throw NodeSection.Wrong("name", problem.Reason)
            : name;
    }

    private static HttpSettings HttpOf(NodeSection section)
    {
        var http = new HttpSettings(
            section.Parsed("http", static text => HostPort.Parse(text)), section.File("http-access"), section.File("http-certificate"), section.File("http-key"))
        {
            Connections = ConnectionsOf(section, "http", ConnectionShares.OfHttp),
        };
        return http is { KeyFile: not null, CertificateFile: null } ? throw NodeSection.Wrong("http-key", "says nothing without actorscheduler.node.http-certificate") : http;
    }

    private static ConnectionLimits ConnectionsOf(NodeSection section, string port, Func<long, int, int, ConnectionLimits> limits)
    {
        (int most, int ofOneAddress) = (section.CountOrNone($"connections.{port}"), section.CountOrNone($"connections.{port}-of-one-address"));
        int largest = ConnectionShares.Largest(OpenFiles.Limit);
        return most <= largest
            ? limits(OpenFiles.Limit, most, ofOneAddress)
            : throw NodeSection.Wrong($"connections.{port}", $"must be at most {largest}, a quarter of the {OpenFiles.Limit} files that this process may open (ulimit -n, LimitNOFILE), is {most}");
    }

    private static Result<FaultDomain> ParseDomain(string text) => text.Split('/') is [{ Length: > 0 } region, { Length: > 0 } zone]
        ? new FaultDomain(region, zone)
        : new Problem("domain", $"'{text}' must be written REGION/ZONE");

    private static Result<Resources> ParseResources(string text)
    {
        Result<Resources> parsed = text.TrimStart().StartsWith('[') ? ParseJson(text) : ResourceText.Parse(text);
        return parsed.TryGet(out Resources? resources, out Problem? problem)
            ? resources.CheckAmounts("resources") is { } amounts ? new Problem("resources", amounts.ToString()) : resources
            : new Problem("resources", problem.ToString());
    }

    private static Result<Resources> ParseJson(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return ResourceJson.ReadAll(json.RootElement);
        }
        catch (JsonException e)
        {
            return new Problem("resources", $"is no JSON: {e.Message}");
        }
    }
}

/// <summary>Files of what a node shows other nodes, PEM.</summary>
/// <param name="Certificate">Its certificate.</param>
/// <param name="Key">The certificate's key; null when it stands with the certificate.</param>
/// <param name="Authority">Who signs the certificates of nodes.</param>
internal sealed record TlsFiles(string Certificate, string? Key, string Authority);
