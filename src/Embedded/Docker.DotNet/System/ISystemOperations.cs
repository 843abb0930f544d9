using Docker.DotNet.Models;

namespace Docker.DotNet;

/// <summary>Operations on the engine itself.</summary>
public interface ISystemOperations
{
    /// <summary>Checks credentials for a registry.</summary>
    Task AuthenticateAsync(AuthConfig authConfig, CancellationToken cancellationToken = default);

    Task<VersionResponse> GetVersionAsync(CancellationToken cancellationToken = default);

    /// <summary>Completes when the engine answers.</summary>
    Task PingAsync(CancellationToken cancellationToken = default);

    Task<SystemInfoResponse> GetSystemInfoAsync(CancellationToken cancellationToken = default);

    [Obsolete("Use the overload with progress.")]
    Task<Stream> MonitorEventsAsync(ContainerEventsParameters parameters, CancellationToken cancellationToken);

    /// <summary>Reports events as they happen, until cancelled or <see cref="ContainerEventsParameters.Until"/> is
    /// reached.</summary>
    Task MonitorEventsAsync(
        ContainerEventsParameters parameters, IProgress<Message> progress, CancellationToken cancellationToken = default);
}
