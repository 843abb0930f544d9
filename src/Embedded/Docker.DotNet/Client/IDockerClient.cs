namespace Docker.DotNet;

/// <summary>A client of one Docker engine. Safe for use by many at once.</summary>
public interface IDockerClient : IDisposable
{
    DockerClientConfiguration Configuration { get; }

    /// <summary>How long an answer may take unless the operation waits by its nature.</summary>
    TimeSpan DefaultTimeout { get; set; }

    IContainerOperations Containers { get; }

    IExecOperations Exec { get; }

    IImageOperations Images { get; }

    INetworkOperations Networks { get; }

    IVolumeOperations Volumes { get; }

    ISystemOperations System { get; }
}
