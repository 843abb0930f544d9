namespace Docker.DotNet;

/// <summary>Where an engine is, how to prove oneself to it, and how long to wait for it.</summary>
public class DockerClientConfiguration : IDisposable
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(100);
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>The engine of this machine: the usual unix socket, or on Windows the named pipe (which is not
    /// supported).</summary>
    public DockerClientConfiguration(
        Credentials credentials = null,
        TimeSpan defaultTimeout = default,
        TimeSpan namedPipeConnectTimeout = default,
        IReadOnlyDictionary<string, string> defaultHttpRequestHeaders = null)
        : this(LocalEngine(), credentials, defaultTimeout, namedPipeConnectTimeout, defaultHttpRequestHeaders)
    {
    }

    /// <param name="endpoint">unix:///path, tcp://host:port, http://host:port or https://host:port.</param>
    /// <param name="credentials">Anonymous when null.</param>
    /// <param name="defaultTimeout">See <see cref="DefaultTimeout"/>; 100 s when zero.</param>
    /// <param name="namedPipeConnectTimeout">Of no meaning outside Windows.</param>
    /// <param name="defaultHttpRequestHeaders">Sent with each request.</param>
    /// <exception cref="ArgumentNullException">No endpoint is given.</exception>
    /// <exception cref="ArgumentException">The default timeout is negative and not infinite.</exception>
    public DockerClientConfiguration(
        Uri endpoint,
        Credentials credentials = null,
        TimeSpan defaultTimeout = default,
        TimeSpan namedPipeConnectTimeout = default,
        IReadOnlyDictionary<string, string> defaultHttpRequestHeaders = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        EndpointBaseUri = endpoint;
        Credentials = credentials ?? new AnonymousCredentials();
        DefaultTimeout =
            DockerClient.Checked(defaultTimeout == TimeSpan.Zero ? UsualTimeout : defaultTimeout, nameof(defaultTimeout));
        NamedPipeConnectTimeout = namedPipeConnectTimeout == TimeSpan.Zero ? TimeSpan.FromMilliseconds(100)
            : namedPipeConnectTimeout;
        DefaultHttpRequestHeaders = defaultHttpRequestHeaders ?? NoHeaders;
    }

    public Uri EndpointBaseUri { get; }

    public Credentials Credentials { get; }

    /// <summary>How long an answer may take unless the operation waits by its nature. <see cref="Timeout.InfiniteTimeSpan"/> for
    /// ever.</summary>
    public TimeSpan DefaultTimeout { get; }

    public TimeSpan NamedPipeConnectTimeout { get; }

    public IReadOnlyDictionary<string, string> DefaultHttpRequestHeaders { get; }

    /// <param name="requestedApiVersion">The version that requests name. When null it is agreed on with the engine at the first
    /// request.</param>
    /// <exception cref="PlatformNotSupportedException">The endpoint is a named pipe.</exception>
    public DockerClient CreateClient(Version requestedApiVersion = null) => new(this, requestedApiVersion);

    /// <summary>Disposes the credentials.</summary>
    public void Dispose()
    {
        Credentials.Dispose();
        GC.SuppressFinalize(this);
    }

    private static Uri LocalEngine() =>
        new(OperatingSystem.IsWindows() ? "npipe://./pipe/docker_engine" : "unix:/var/run/docker.sock");
}
