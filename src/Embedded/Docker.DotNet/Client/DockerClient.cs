using Docker.DotNet.Transport;
using Microsoft.Net.Http.Client;

namespace Docker.DotNet;

/// <summary>
/// A client of one Docker engine, made by <see cref="DockerClientConfiguration.CreateClient"/>. Keep one and share it: it
/// holds the connections. Disposing it cancels what is under way; streams that were handed out live until they are disposed.
/// </summary>
public sealed class DockerClient : IDockerClient
{
    private readonly EngineChannel _channel;

    internal DockerClient(DockerClientConfiguration configuration, Version requestedApiVersion)
    {
        Configuration = configuration;
        var endpoint = EngineEndpoint.Parse(configuration.EndpointBaseUri, configuration.Credentials.IsTlsCredentials());
        var handler = configuration.Credentials.GetHandler(new ManagedHandler(endpoint.SocketPath));
        _channel = new EngineChannel(
            endpoint, handler, configuration.DefaultHttpRequestHeaders, requestedApiVersion, configuration.DefaultTimeout);
        Containers = new ContainerOperations(_channel);
        Exec = new ExecOperations(_channel);
        Images = new ImageOperations(_channel);
        Networks = new NetworkOperations(_channel);
        Volumes = new VolumeOperations(_channel);
        System = new SystemOperations(_channel);
    }

    public DockerClientConfiguration Configuration { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Negative and not infinite.</exception>
    public TimeSpan DefaultTimeout
    {
        get => _channel.DefaultLimit;
        set => _channel.DefaultLimit = Checked(value, nameof(value));
    }

    public IContainerOperations Containers { get; }

    public IExecOperations Exec { get; }

    public IImageOperations Images { get; }

    public INetworkOperations Networks { get; }

    public IVolumeOperations Volumes { get; }

    public ISystemOperations System { get; }

    public void Dispose() => _channel.Dispose();

    internal static TimeSpan Checked(TimeSpan timeout, string parameter) =>
        timeout >= TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan
            ? timeout
            : throw new ArgumentException("A timeout is at least zero, or Timeout.InfiniteTimeSpan.", parameter);
}
