#nullable enable
using Docker.DotNet.Models;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

/// <summary>How images come and go: pulled, pushed, built, imported, loaded and saved.</summary>
internal sealed partial class ImageOperations
{
    public Task CreateImageAsync(ImagesCreateParameters parameters, AuthConfig authConfig, IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default) =>
        CreateAsync(parameters, null, authConfig, null, progress, cancellationToken);

    public Task CreateImageAsync(
        ImagesCreateParameters parameters, AuthConfig authConfig, IDictionary<string, string> headers,
            IProgress<JSONMessage> progress, CancellationToken cancellationToken = default) =>
        CreateAsync(parameters, null, authConfig, headers, progress, cancellationToken);

    public Task CreateImageAsync(
        ImagesCreateParameters parameters, Stream imageStream, AuthConfig authConfig, IProgress<JSONMessage> progress,
            CancellationToken cancellationToken = default) =>
        CreateAsync(parameters, imageStream, authConfig, null, progress, cancellationToken);

    public Task CreateImageAsync(
        ImagesCreateParameters parameters,
        Stream imageStream,
        AuthConfig authConfig,
        IDictionary<string, string> headers,
        IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default) =>
        CreateAsync(parameters, imageStream, authConfig, headers, progress, cancellationToken);

    public Task PushImageAsync(string name, ImagePushParameters parameters, AuthConfig authConfig,
        IProgress<JSONMessage> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(progress);
        var request = Of(HttpMethod.Post, name, "/push") with
        {
            Query = new Query().Add("tag", parameters.Tag),
            RegistryAuth = authConfig ?? new AuthConfig(),
            Use = ConnectionUse.Stream,
        };
        return channel.FollowAsync(request, progress, cancellationToken);
    }

    public Task<Stream> SaveImageAsync(string name, CancellationToken cancellationToken = default) =>
        SaveImagesAsync([name], cancellationToken);

    public Task<Stream> SaveImagesAsync(string[] names, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names) EngineRequest.ImageName(name, nameof(names));
        var request = EngineRequest.Get("images/get") with
        {
            Query = new Query().AddEach("names", names),
            Use = ConnectionUse.Stream,
            Missing = Missing.Image,
        };
        return channel.OpenAsync(request, cancellationToken);
    }

    public Task LoadImageAsync(ImageLoadParameters parameters, Stream imageStream, IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(imageStream);
        ArgumentNullException.ThrowIfNull(progress);
        var request = EngineRequest.Post("images/load") with
        {
            Query = new Query().Add("quiet", parameters.Quiet),
            Upload = imageStream,
            Use = ConnectionUse.Stream,
        };
        return channel.FollowAsync(request, progress, cancellationToken);
    }

    public Task<Stream> BuildImageFromDockerfileAsync(
        Stream contents, ImageBuildParameters parameters, CancellationToken cancellationToken = default) =>
        channel.OpenAsync(ImageBuild.Request(parameters, contents, null, null), cancellationToken);

    public Task BuildImageFromDockerfileAsync(
        ImageBuildParameters parameters,
        Stream contents,
        IEnumerable<AuthConfig> authConfigs,
        IDictionary<string, string> headers,
        IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return channel.FollowAsync(ImageBuild.Request(parameters, contents, authConfigs, headers), progress, cancellationToken);
    }

    private Task CreateAsync(
        ImagesCreateParameters parameters, Stream? source, AuthConfig? auth, IDictionary<string, string>? headers,
            IProgress<JSONMessage> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(progress);
        var query = new Query().Add("fromImage", parameters.FromImage)
            .Add("fromSrc", source is null ? parameters.FromSrc : parameters.FromSrc ?? "-")
            .Add("repo", parameters.Repo).Add("tag", parameters.Tag).Add("message", parameters.Message)
            .AddEach("changes", parameters.Changes)
            .Add("platform", string.IsNullOrEmpty(parameters.Platform) ? null : parameters.Platform);
        var request = EngineRequest.Post("images/create") with
        {
            Query = query,
            Upload = source,
            RegistryAuth = auth,
            Headers = headers?.AsReadOnly(),
            Use = ConnectionUse.Stream,
            Missing = Missing.Image,
        };
        return channel.FollowAsync(request, progress, cancellationToken);
    }
}
