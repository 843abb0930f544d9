#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

/// <summary>Containers: their lives and what is asked about them. Streams are in the other part of this class.</summary>
internal sealed partial class ContainerOperations(EngineChannel channel) : IContainerOperations
{
    /// <summary>What the engine waits before it kills, unless told otherwise.</summary>
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    public Task<IList<ContainerListResponse>> ListContainersAsync(
        ContainersListParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("all", parameters.All).Add("limit", parameters.Limit).Add("size", parameters.Size)
            .AddJson("filters", parameters.Filters);
        return channel.ReadListAsync<ContainerListResponse>(
            EngineRequest.Get("containers/json") with { Query = query }, cancellationToken);
    }

    public Task<CreateContainerResponse> CreateContainerAsync(
        CreateContainerParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("name", NotEmpty(parameters.Name)).Add("platform", NotEmpty(parameters.Platform));
        var request = EngineRequest.Post("containers/create") with { Query = query, Body = parameters, Missing = Missing.Image };
        return channel.ReadAsync<CreateContainerResponse>(request, cancellationToken);
    }

    public Task<ContainerInspectResponse> InspectContainerAsync(string id, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<ContainerInspectResponse>(Of(HttpMethod.Get, id, "json"), cancellationToken);

    public Task<ContainerProcessesResponse> ListProcessesAsync(
        string id, ContainerListProcessesParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var request = Of(HttpMethod.Get, id, "top") with { Query = new Query().Add("ps_args", parameters.PsArgs) };
        return channel.ReadAsync<ContainerProcessesResponse>(request, cancellationToken);
    }

    public Task<IList<ContainerFileSystemChangeResponse>> InspectChangesAsync(
        string id, CancellationToken cancellationToken = default) =>
        channel.ReadListAsync<ContainerFileSystemChangeResponse>(Of(HttpMethod.Get, id, "changes"), cancellationToken);

    public Task ResizeContainerTtyAsync(
        string id, ContainerResizeParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("h", parameters.Height).Add("w", parameters.Width);
        return channel.RunAsync(Of(HttpMethod.Post, id, "resize") with { Query = query }, cancellationToken);
    }

    public async Task<bool> StartContainerAsync(
        string id, ContainerStartParameters parameters, CancellationToken cancellationToken = default)
    {
        var request = Of(HttpMethod.Post, id, "start") with { Query = new Query().Add("detachKeys", parameters?.DetachKeys) };
        return await channel.RunAsync(request, cancellationToken) != System.Net.HttpStatusCode.NotModified;
    }

    public async Task<bool> StopContainerAsync(
        string id, ContainerStopParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var request = Ending(id, "stop", parameters.WaitBeforeKillSeconds);
        return await channel.RunAsync(request, cancellationToken) != System.Net.HttpStatusCode.NotModified;
    }

    public Task RestartContainerAsync(
        string id, ContainerRestartParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return channel.RunAsync(Ending(id, "restart", parameters.WaitBeforeKillSeconds), cancellationToken);
    }

    public Task KillContainerAsync(string id, ContainerKillParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return channel.RunAsync(
            Of(HttpMethod.Post, id, "kill") with { Query = new Query().Add("signal", parameters.Signal) }, cancellationToken);
    }

    public Task RenameContainerAsync(string id, ContainerRenameParameters parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return channel.RunAsync(
            Of(HttpMethod.Post, id, "rename") with { Query = new Query().Add("name", parameters.NewName) }, cancellationToken);
    }

    public Task PauseContainerAsync(string id, CancellationToken cancellationToken = default) =>
        channel.RunAsync(Of(HttpMethod.Post, id, "pause"), cancellationToken);

    public Task UnpauseContainerAsync(string id, CancellationToken cancellationToken = default) =>
        channel.RunAsync(Of(HttpMethod.Post, id, "unpause"), cancellationToken);

    public Task<ContainerWaitResponse> WaitContainerAsync(string id, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<ContainerWaitResponse>(Lasting(Of(HttpMethod.Post, id, "wait")), cancellationToken);

    public Task RemoveContainerAsync(
        string id, ContainerRemoveParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("v", parameters.RemoveVolumes).Add("link", parameters.RemoveLinks)
            .Add("force", parameters.Force);
        var path = "containers/" + EngineRequest.Segment(id, nameof(id));
        var request = EngineRequest.Delete(path) with { Query = query, Missing = Missing.Container };
        return channel.RunAsync(request, cancellationToken);
    }

    public Task<ContainersPruneResponse> PruneContainersAsync(
        ContainersPruneParameters? parameters = null, CancellationToken cancellationToken = default)
    {
        var query = new Query().AddJson("filters", parameters?.Filters);
        return channel.ReadAsync<ContainersPruneResponse>(
            EngineRequest.Post("containers/prune") with { Query = query }, cancellationToken);
    }

    public Task<ContainerUpdateResponse> UpdateContainerAsync(
        string id, ContainerUpdateParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return channel.ReadAsync<ContainerUpdateResponse>(
            Of(HttpMethod.Post, id, "update") with { Body = parameters }, cancellationToken);
    }

    private static EngineRequest Of(HttpMethod method, string id, string what) =>
        new(method, $"containers/{EngineRequest.Segment(id, nameof(id))}/{what}") { Missing = Missing.Container };

    /// <summary>The engine answers when the container has ended, which takes the grace it is given.</summary>
    private EngineRequest Ending(string id, string what, uint? seconds)
    {
        var usual = channel.DefaultLimit;
        var grace = seconds is null ? UsualGrace : TimeSpan.FromSeconds(seconds.Value);
        return Of(HttpMethod.Post, id, what) with
        {
            Query = new Query().Add("t", seconds),
            Limit = usual == Timeout.InfiniteTimeSpan ? usual : usual + grace,
        };
    }

    private static EngineRequest Lasting(EngineRequest request) =>
        request with { Use = ConnectionUse.Stream, Limit = Timeout.InfiniteTimeSpan };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
