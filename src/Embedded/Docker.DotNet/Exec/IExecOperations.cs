using Docker.DotNet.Models;

namespace Docker.DotNet;

/// <summary>Commands run in running containers. What is not there is a <see cref="DockerContainerNotFoundException"/>.</summary>
public interface IExecOperations
{
    /// <summary>Prepares a command; it does not run yet.</summary>
    Task<ContainerExecCreateResponse> ExecCreateContainerAsync(
        string id, ContainerExecCreateParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Starts a prepared command and leaves it alone.</summary>
    Task StartContainerExecAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Starts a prepared command and connects to its streams, those that it was prepared with.</summary>
    /// <param name="tty">Whether the command was prepared with a terminal.</param>
    Task<MultiplexedStream> StartAndAttachContainerExecAsync(string id, bool tty, CancellationToken cancellationToken = default);

    /// <summary>As above, with all that can be said about a start.</summary>
    Task<MultiplexedStream> StartWithConfigContainerExecAsync(
        string id, ContainerExecStartParameters eConfig, CancellationToken cancellationToken = default);

    Task<ContainerExecInspectResponse> InspectContainerExecAsync(string id, CancellationToken cancellationToken = default);

    Task ResizeContainerExecTtyAsync(
        string id, ContainerResizeParameters parameters, CancellationToken cancellationToken = default);
}
