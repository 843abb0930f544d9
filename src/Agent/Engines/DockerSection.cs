using ActorScheduler.Containers.Docker;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Agent.Engines;

/// <summary>How an agent uses a Docker engine: <c>actorscheduler.agent.docker</c>.</summary>
public static class DockerSection
{
    private const string Key = DockerSettings.Section;

    /// <summary>Reads the section.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    public static DockerSettings From(Config config)
    {
        var section = new SettingsSection(config, Key);
        string endpoint = config.GetString($"{Key}.endpoint") is { Length: > 0 } set ? set : DockerSettings.UsualEndpoint;
        if (Text("tls.key-file") is not null && Text("tls.cert-file") is null)
            throw new ArgumentException($"{Key}.tls.cert-file must be set with {Key}.tls.key-file");
        return new DockerSettings
        {
            Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) && uri.Scheme is "unix" or "tcp" or "http" or "https"
                ? uri
                : throw new ArgumentException($"{Key}.endpoint must be unix:///path, tcp://host:port or https://host:port, is '{endpoint}'"),
            CaFile = Text("tls.ca-file"),
            CertFile = Text("tls.cert-file"),
            KeyFile = Text("tls.key-file"),
            ConfigFile = Text("config-file") ?? DockerSettings.UsualConfigFile,
            CallsInFlight = section.Count("calls-in-flight"),
            CallTimeout = section.Time("call-timeout"),
            ChangeTimeout = section.Time("change-timeout"),
            PullTimeout = section.Time("pull-timeout"),
            IsCpuQuota = section.Switch("cpu-quota"),
            IsSwapAllowed = section.Switch("swap"),
            PidsLimit = section.CountOrNone("pids-limit"),
            LogSize = section.Bytes("log-size"),
            EngineLogSize = section.Bytes("engine-log-size"),
            LogDrain = section.Time("log-drain"),
            LookInterval = section.Time("look-interval"),
        };

        string? Text(string key) => config.GetString($"{Key}.{key}") is { Length: > 0 } text ? text : null;
    }
}
