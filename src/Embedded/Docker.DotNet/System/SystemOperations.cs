#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

internal sealed class SystemOperations(EngineChannel channel) : ISystemOperations
{
    public Task AuthenticateAsync(AuthConfig authConfig, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authConfig);
        return channel.RunAsync(EngineRequest.Post("auth") with { Body = authConfig }, cancellationToken);
    }

    public Task<VersionResponse> GetVersionAsync(CancellationToken cancellationToken = default) =>
        channel.ReadAsync<VersionResponse>(EngineRequest.Get("version"), cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken = default) =>
        channel.RunAsync(EngineRequest.Get("_ping") with { Unversioned = true }, cancellationToken);

    public Task<SystemInfoResponse> GetSystemInfoAsync(CancellationToken cancellationToken = default) =>
        channel.ReadAsync<SystemInfoResponse>(EngineRequest.Get("info"), cancellationToken);

    public Task<Stream> MonitorEventsAsync(ContainerEventsParameters parameters, CancellationToken cancellationToken) =>
        channel.OpenAsync(Events(parameters), cancellationToken);

    public Task MonitorEventsAsync(
        ContainerEventsParameters parameters, IProgress<Message> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return channel.FollowAsync(Events(parameters), progress, cancellationToken);
    }

    private static EngineRequest Events(ContainerEventsParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("since", parameters.Since).Add("until", parameters.Until)
            .AddJson("filters", parameters.Filters);
        return EngineRequest.Get("events") with { Query = query, Use = ConnectionUse.Stream, Limit = Timeout.InfiniteTimeSpan };
    }
}
