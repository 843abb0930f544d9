#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

internal sealed class ExecOperations(EngineChannel channel) : IExecOperations
{
    public Task<ContainerExecCreateResponse> ExecCreateContainerAsync(
        string id, ContainerExecCreateParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var path = $"containers/{EngineRequest.Segment(id, nameof(id))}/exec";
        var request = EngineRequest.Post(path) with { Body = parameters, Missing = Missing.Container };
        return channel.ReadAsync<ContainerExecCreateResponse>(request, cancellationToken);
    }

    public Task StartContainerExecAsync(string id, CancellationToken cancellationToken = default) =>
        channel.RunAsync(Of(HttpMethod.Post, id, "start") with { Body = new ContainerExecStartParameters { Detach = true } },
            cancellationToken);

    public Task<MultiplexedStream> StartAndAttachContainerExecAsync(
        string id, bool tty, CancellationToken cancellationToken = default) =>
        StartWithConfigContainerExecAsync(
            id,
            new ContainerExecStartParameters { AttachStdin = true, AttachStdout = true, AttachStderr = true, Tty = tty },
            cancellationToken);

    public async Task<MultiplexedStream> StartWithConfigContainerExecAsync(
        string id, ContainerExecStartParameters eConfig, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eConfig);
        var request = Of(HttpMethod.Post, id, "start") with { Body = eConfig };
        return new MultiplexedStream(await channel.HijackAsync(request, cancellationToken), !eConfig.Tty);
    }

    public Task<ContainerExecInspectResponse> InspectContainerExecAsync(
        string id, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<ContainerExecInspectResponse>(Of(HttpMethod.Get, id, "json"), cancellationToken);

    public Task ResizeContainerExecTtyAsync(
        string id, ContainerResizeParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("h", parameters.Height).Add("w", parameters.Width);
        return channel.RunAsync(Of(HttpMethod.Post, id, "resize") with { Query = query }, cancellationToken);
    }

    private static EngineRequest Of(HttpMethod method, string id, string what) =>
        new(method, $"exec/{EngineRequest.Segment(id, nameof(id))}/{what}") { Missing = Missing.Container };
}
