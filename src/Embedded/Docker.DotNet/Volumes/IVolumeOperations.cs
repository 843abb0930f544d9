using Docker.DotNet.Models;

namespace Docker.DotNet;

/// <summary>Operations on volumes. A volume that is not there is a <see cref="DockerApiException"/> with status 404.</summary>
public interface IVolumeOperations
{
    Task<VolumesListResponse> ListAsync(CancellationToken cancellationToken = default);

    Task<VolumesListResponse> ListAsync(VolumesListParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Creates a volume, or finds the one that has the name already.</summary>
    Task<VolumeResponse> CreateAsync(VolumesCreateParameters parameters, CancellationToken cancellationToken = default);

    Task<VolumeResponse> InspectAsync(string name, CancellationToken cancellationToken = default);

    /// <param name="force">Removes it even when its driver cannot be asked.</param>
    Task RemoveAsync(string name, bool? force = null, CancellationToken cancellationToken = default);

    Task<VolumesPruneResponse> PruneAsync(
        VolumesPruneParameters parameters = null, CancellationToken cancellationToken = default);
}
