#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

internal sealed class VolumeOperations(EngineChannel channel) : IVolumeOperations
{
    public Task<VolumesListResponse> ListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(null, cancellationToken);

    public Task<VolumesListResponse> ListAsync(
        VolumesListParameters? parameters, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<VolumesListResponse>(
            EngineRequest.Get("volumes") with { Query = new Query().AddJson("filters", parameters?.Filters) }, cancellationToken);

    public Task<VolumeResponse> CreateAsync(VolumesCreateParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return channel.ReadAsync<VolumeResponse>(
            EngineRequest.Post("volumes/create") with { Body = parameters }, cancellationToken);
    }

    public Task<VolumeResponse> InspectAsync(string name, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<VolumeResponse>(
            EngineRequest.Get("volumes/" + EngineRequest.Segment(name, nameof(name))), cancellationToken);

    public Task RemoveAsync(string name, bool? force = null, CancellationToken cancellationToken = default)
    {
        var path = "volumes/" + EngineRequest.Segment(name, nameof(name));
        var request = EngineRequest.Delete(path) with { Query = new Query().Add("force", force) };
        return channel.RunAsync(request, cancellationToken);
    }

    public Task<VolumesPruneResponse> PruneAsync(
        VolumesPruneParameters? parameters = null, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<VolumesPruneResponse>(
            EngineRequest.Post("volumes/prune") with { Query = new Query().AddJson("filters", parameters?.Filters) },
            cancellationToken);
}
