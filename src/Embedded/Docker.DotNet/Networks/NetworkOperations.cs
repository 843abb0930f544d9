#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

internal sealed class NetworkOperations(EngineChannel channel) : INetworkOperations
{
    public Task<IList<NetworkResponse>> ListNetworksAsync(
        NetworksListParameters? parameters = null, CancellationToken cancellationToken = default) =>
        channel.ReadListAsync<NetworkResponse>(
            EngineRequest.Get("networks") with { Query = new Query().AddJson("filters", parameters?.Filters) },
            cancellationToken);

    public Task<NetworkResponse> InspectNetworkAsync(string id, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<NetworkResponse>(Of(HttpMethod.Get, id), cancellationToken);

    public Task<NetworksCreateResponse> CreateNetworkAsync(
        NetworksCreateParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return channel.ReadAsync<NetworksCreateResponse>(
            EngineRequest.Post("networks/create") with { Body = parameters }, cancellationToken);
    }

    public Task ConnectNetworkAsync(string id, NetworkConnectParameters parameters, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(parameters?.Container)) throw new ArgumentNullException(nameof(parameters));
        return channel.RunAsync(Of(HttpMethod.Post, id, "/connect") with { Body = parameters }, cancellationToken);
    }

    public Task DisconnectNetworkAsync(
        string id, NetworkDisconnectParameters parameters, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(parameters?.Container)) throw new ArgumentNullException(nameof(parameters));
        return channel.RunAsync(Of(HttpMethod.Post, id, "/disconnect") with { Body = parameters }, cancellationToken);
    }

    public Task DeleteNetworkAsync(string id, CancellationToken cancellationToken = default) =>
        channel.RunAsync(Of(HttpMethod.Delete, id), cancellationToken);

    public Task DeleteUnusedNetworksAsync(
        NetworksDeleteUnusedParameters? parameters = null, CancellationToken cancellationToken = default) =>
        channel.RunAsync(Prune(parameters), cancellationToken);

    public Task<NetworksPruneResponse> PruneNetworksAsync(
        NetworksDeleteUnusedParameters? parameters = null, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<NetworksPruneResponse>(Prune(parameters), cancellationToken);

    private static EngineRequest Of(HttpMethod method, string id, string what = "") =>
        new(method, $"networks/{EngineRequest.Segment(id, nameof(id))}{what}") { Missing = Missing.Network };

    private static EngineRequest Prune(NetworksDeleteUnusedParameters? parameters) =>
        EngineRequest.Post("networks/prune") with { Query = new Query().AddJson("filters", parameters?.Filters) };
}
