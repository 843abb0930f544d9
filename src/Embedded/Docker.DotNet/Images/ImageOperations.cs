#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

/// <summary>Images: what is asked and said about them. How they come and go is in the other part of this class.</summary>
internal sealed partial class ImageOperations(EngineChannel channel) : IImageOperations
{
    public Task<IList<ImagesListResponse>> ListImagesAsync(
        ImagesListParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("all", parameters.All).Add("digests", parameters.Digests)
            .AddJson("filters", parameters.Filters);
        return channel.ReadListAsync<ImagesListResponse>(
            EngineRequest.Get("images/json") with { Query = query }, cancellationToken);
    }

    public Task<ImageInspectResponse> InspectImageAsync(string name, CancellationToken cancellationToken = default) =>
        channel.ReadAsync<ImageInspectResponse>(Of(HttpMethod.Get, name, "/json"), cancellationToken);

    public Task<IList<ImageHistoryResponse>> GetImageHistoryAsync(string name, CancellationToken cancellationToken = default) =>
        channel.ReadListAsync<ImageHistoryResponse>(Of(HttpMethod.Get, name, "/history"), cancellationToken);

    public Task TagImageAsync(string name, ImageTagParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("repo", parameters.RepositoryName).Add("tag", parameters.Tag);
        return channel.RunAsync(Of(HttpMethod.Post, name, "/tag") with { Query = query }, cancellationToken);
    }

    public Task<IList<IDictionary<string, string>>> DeleteImageAsync(
        string name, ImageDeleteParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("force", parameters.Force).Add("noprune", parameters.NoPrune);
        return channel.ReadListAsync<IDictionary<string, string>>(
            Of(HttpMethod.Delete, name, "") with { Query = query }, cancellationToken);
    }

    public Task<IList<ImageSearchResponse>> SearchImagesAsync(
        ImagesSearchParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("term", parameters.Term).Add("limit", parameters.Limit)
            .AddJson("filters", parameters.Filters);
        return channel.ReadListAsync<ImageSearchResponse>(
            EngineRequest.Get("images/search") with { Query = query }, cancellationToken);
    }

    public Task<ImagesPruneResponse> PruneImagesAsync(
        ImagesPruneParameters? parameters = null, CancellationToken cancellationToken = default)
    {
        var query = new Query().AddJson("filters", parameters?.Filters);
        return channel.ReadAsync<ImagesPruneResponse>(
            EngineRequest.Post("images/prune") with { Query = query }, cancellationToken);
    }

    public Task<CommitContainerChangesResponse> CommitContainerChangesAsync(
        CommitContainerChangesParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("container", parameters.ContainerID).Add("repo", parameters.RepositoryName)
            .Add("tag", parameters.Tag)
            .Add("comment", parameters.Comment).Add("author", parameters.Author).Add("pause", parameters.Pause)
            .AddEach("changes", parameters.Changes);
        var request = EngineRequest.Post("commit") with { Query = query, Body = parameters.Config, Missing = Missing.Container };
        return channel.ReadAsync<CommitContainerChangesResponse>(request, cancellationToken);
    }

    private static EngineRequest Of(HttpMethod method, string name, string what) =>
        new(method, $"images/{EngineRequest.ImageName(name, nameof(name))}{what}") { Missing = Missing.Image };
}
