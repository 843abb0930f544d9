using Docker.DotNet.Models;

namespace Docker.DotNet;

/// <summary>Operations on networks. A network that is not there is a <see cref="DockerNetworkNotFoundException"/>. Ids may be
/// names.</summary>
public interface INetworkOperations
{
    Task<IList<NetworkResponse>> ListNetworksAsync(
        NetworksListParameters parameters = null, CancellationToken cancellationToken = default);

    Task<NetworkResponse> InspectNetworkAsync(string id, CancellationToken cancellationToken = default);

    Task<NetworksCreateResponse> CreateNetworkAsync(
        NetworksCreateParameters parameters, CancellationToken cancellationToken = default);

    Task ConnectNetworkAsync(string id, NetworkConnectParameters parameters, CancellationToken cancellationToken = default);

    Task DisconnectNetworkAsync(string id, NetworkDisconnectParameters parameters, CancellationToken cancellationToken = default);

    Task DeleteNetworkAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Deletes what no container uses. As <see cref="PruneNetworksAsync"/>, without telling what went.</summary>
    Task DeleteUnusedNetworksAsync(
        NetworksDeleteUnusedParameters parameters = null, CancellationToken cancellationToken = default);

    Task<NetworksPruneResponse> PruneNetworksAsync(
        NetworksDeleteUnusedParameters parameters = null, CancellationToken cancellationToken = default);
}
