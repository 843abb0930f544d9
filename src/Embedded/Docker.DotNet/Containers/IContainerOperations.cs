using Docker.DotNet.Models;

namespace Docker.DotNet;

/// <summary>
/// Operations on containers. A container that is not there is a <see cref="DockerContainerNotFoundException"/>, any other
/// refusal a <see cref="DockerApiException"/>, an engine out of reach an <see cref="HttpRequestException"/>, an engine that
/// does not answer in time a <see cref="TaskCanceledException"/> around a <see cref="TimeoutException"/>. Ids may be names.
/// </summary>
public interface IContainerOperations
{
    Task<IList<ContainerListResponse>> ListContainersAsync(
        ContainersListParameters parameters, CancellationToken cancellationToken = default);

    /// <exception cref="DockerImageNotFoundException">The image is not there. It is not pulled.</exception>
    Task<CreateContainerResponse> CreateContainerAsync(
        CreateContainerParameters parameters, CancellationToken cancellationToken = default);

    Task<ContainerInspectResponse> InspectContainerAsync(string id, CancellationToken cancellationToken = default);

    Task<ContainerProcessesResponse> ListProcessesAsync(
        string id, ContainerListProcessesParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Logs as the engine sends them, which is multiplexed for containers without a terminal.</summary>
    [Obsolete("Without a terminal the output is multiplexed: use the overload with tty.")]
    Task<Stream> GetContainerLogsAsync(
        string id, ContainerLogsParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Reports logs line by line, of both streams in their order, until they end. Lasts as long as it takes when they
    /// are followed.</summary>
    Task GetContainerLogsAsync(
        string id, ContainerLogsParameters parameters, CancellationToken cancellationToken, IProgress<string> progress);

    /// <param name="tty">Whether the container has a terminal, so that its output is not multiplexed.</param>
    Task<MultiplexedStream> GetContainerLogsAsync(
        string id, bool tty, ContainerLogsParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Paths that differ from the image's.</summary>
    Task<IList<ContainerFileSystemChangeResponse>> InspectChangesAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The container's files as a tar stream.</summary>
    Task<Stream> ExportContainerAsync(string id, CancellationToken cancellationToken = default);

    [Obsolete("Use the overload with progress.")]
    Task<Stream> GetContainerStatsAsync(string id, ContainerStatsParameters parameters, CancellationToken cancellationToken);

    /// <summary>Reports a sample a second until cancelled or the container is removed; one sample when not streamed.</summary>
    Task GetContainerStatsAsync(string id, ContainerStatsParameters parameters, IProgress<ContainerStatsResponse> progress,
        CancellationToken cancellationToken = default);

    Task ResizeContainerTtyAsync(string id, ContainerResizeParameters parameters, CancellationToken cancellationToken = default);

    /// <returns>False when it ran already.</returns>
    Task<bool> StartContainerAsync(string id, ContainerStartParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Asks the container to end, and kills it after a while. The time-out is that while (10 s when not given) and the
    /// default on top.</summary>
    /// <returns>False when it did not run.</returns>
    Task<bool> StopContainerAsync(string id, ContainerStopParameters parameters, CancellationToken cancellationToken = default);

    Task RestartContainerAsync(string id, ContainerRestartParameters parameters, CancellationToken cancellationToken = default);

    Task KillContainerAsync(string id, ContainerKillParameters parameters, CancellationToken cancellationToken = default);

    Task RenameContainerAsync(string id, ContainerRenameParameters parameters, CancellationToken cancellationToken);

    Task PauseContainerAsync(string id, CancellationToken cancellationToken = default);

    Task UnpauseContainerAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Connects to the streams of a container. Without <c>Stream</c> only what is logged is read.</summary>
    /// <param name="tty">Whether the container has a terminal, so that its output is not multiplexed.</param>
    Task<MultiplexedStream> AttachContainerAsync(
        string id, bool tty, ContainerAttachParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Waits until the container does not run, for as long as it takes.</summary>
    Task<ContainerWaitResponse> WaitContainerAsync(string id, CancellationToken cancellationToken = default);

    Task RemoveContainerAsync(string id, ContainerRemoveParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Reads a path of the container as a tar stream.</summary>
    /// <param name="statOnly">Only tells what the path is; there is no stream then.</param>
    Task<GetArchiveFromContainerResponse> GetArchiveFromContainerAsync(
        string id, GetArchiveFromContainerParameters parameters, bool statOnly, CancellationToken cancellationToken = default);

    /// <summary>Unpacks a tar stream, plain or compressed, into a folder of the container.</summary>
    Task ExtractArchiveToContainerAsync(
        string id, ContainerPathStatParameters parameters, Stream stream, CancellationToken cancellationToken = default);

    Task<ContainersPruneResponse> PruneContainersAsync(
        ContainersPruneParameters parameters = null, CancellationToken cancellationToken = default);

    Task<ContainerUpdateResponse> UpdateContainerAsync(
        string id, ContainerUpdateParameters parameters, CancellationToken cancellationToken = default);
}
