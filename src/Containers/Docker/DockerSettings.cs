namespace ActorScheduler.Containers.Docker;

/// <summary>How the engine is used.</summary>
public sealed record DockerSettings
{
    /// <summary>The section of the configuration that says it, as errors name it.</summary>
    internal const string Section = "actorscheduler.agent.docker";

    /// <summary>Where the engine listens: <c>unix:///path</c>, <c>tcp://host:port</c>, or <c>https://host:port</c> for TLS.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Certificates of those who say which engine to believe, as PEM; null for those that the host believes. With one TLS is used.</summary>
    public string? CaFile { get; init; }

    /// <summary>The agent's own certificate for the engine, as PEM; null for none. With one TLS is used.</summary>
    public string? CertFile { get; init; }

    /// <summary>The key of <see cref="CertFile"/>, as PEM; null when it is in the same file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>A <c>config.json</c> of Docker's command line with what registries want to know; null for none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Name of the host, as tasks see it in <c>HOST</c>; empty for none.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Most calls that change something and are under way at once. Engines get slower with more, not faster.</summary>
    public int CallsInFlight { get; init; } = 4;

    /// <summary>Longest that the engine may take to answer a question.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest that the engine may take to create, start, change or remove a container.</summary>
    public TimeSpan ChangeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest silence of the engine while it pulls an image.</summary>
    public TimeSpan PullTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a task gets no more processor time than its cpus, even when nobody else wants it. A task's own limit counts anyhow.</summary>
    public bool IsCpuQuota { get; init; }

    /// <summary>Whether containers may be swapped out, as much again as their memory.</summary>
    public bool IsSwapAllowed { get; init; }

    /// <summary>Most processes and threads of a container; 0 for no limit.</summary>
    public long PidsLimit { get; init; } = 8192;

    /// <summary>Bytes of <c>stdout</c> and of <c>stderr</c> that are kept at least; older ones are given back to the disk.</summary>
    public long LogSize { get; init; } = 100 << 20;

    /// <summary>Bytes of each of the two files in which the engine itself keeps what a container writes while no agent is there.</summary>
    public long EngineLogSize { get; init; } = 10 << 20;

    /// <summary>Longest that the end of a container is held back for the last of its output while none of it comes.</summary>
    public TimeSpan LogDrain { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often all containers are looked at, beside the engine's events.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The engine's usual address: <c>DOCKER_HOST</c>, or the system's socket.</summary>
    public static string UsualEndpoint =>
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host ? host : "unix:///var/run/docker.sock";

    /// <summary>Where Docker's command line of this user keeps what registries want to know.</summary>
    public static string UsualConfigFile => Path.Combine(
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"),
        "config.json");
}
