using Docker.DotNet.Models;

namespace Docker.DotNet;

/// <summary>
/// Operations on images. An image that is not there is a <see cref="DockerImageNotFoundException"/>. Operations with progress
/// report what fails half-way as a message with an error; only what fails before the first message is thrown.
/// </summary>
public interface IImageOperations
{
    Task<IList<ImagesListResponse>> ListImagesAsync(
        ImagesListParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Builds an image from a tar stream that has a Dockerfile. Lasts as long as it takes.</summary>
    [Obsolete("Use the overload with progress.")]
    Task<Stream> BuildImageFromDockerfileAsync(
        Stream contents, ImageBuildParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>Builds an image from a tar stream that has a Dockerfile. Lasts as long as it takes.</summary>
    /// <param name="authConfigs">Credentials for the registries of base images; may be null.</param>
    /// <param name="headers">Sent with the request; may be null.</param>
    Task BuildImageFromDockerfileAsync(
        ImageBuildParameters parameters,
        Stream contents,
        IEnumerable<AuthConfig> authConfigs,
        IDictionary<string, string> headers,
        IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default);

    /// <summary>Pulls an image. The time-out is for the time between two messages.</summary>
    Task CreateImageAsync(ImagesCreateParameters parameters, AuthConfig authConfig, IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default);

    Task CreateImageAsync(
        ImagesCreateParameters parameters,
        AuthConfig authConfig,
        IDictionary<string, string> headers,
        IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default);

    /// <summary>Imports the files of an image from a tar stream; <see cref="ImagesCreateParameters.FromSrc"/> is "-"
    /// then.</summary>
    Task CreateImageAsync(
        ImagesCreateParameters parameters,
        Stream imageStream,
        AuthConfig authConfig,
        IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default);

    Task CreateImageAsync(
        ImagesCreateParameters parameters,
        Stream imageStream,
        AuthConfig authConfig,
        IDictionary<string, string> headers,
        IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default);

    Task<ImageInspectResponse> InspectImageAsync(string name, CancellationToken cancellationToken = default);

    Task<IList<ImageHistoryResponse>> GetImageHistoryAsync(string name, CancellationToken cancellationToken = default);

    Task PushImageAsync(string name, ImagePushParameters parameters, AuthConfig authConfig, IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default);

    Task TagImageAsync(string name, ImageTagParameters parameters, CancellationToken cancellationToken = default);

    /// <returns>What went: maps of Deleted or Untagged to an id or tag.</returns>
    Task<IList<IDictionary<string, string>>> DeleteImageAsync(
        string name, ImageDeleteParameters parameters, CancellationToken cancellationToken = default);

    Task<IList<ImageSearchResponse>> SearchImagesAsync(
        ImagesSearchParameters parameters, CancellationToken cancellationToken = default);

    Task<ImagesPruneResponse> PruneImagesAsync(
        ImagesPruneParameters parameters = null, CancellationToken cancellationToken = default);

    Task<CommitContainerChangesResponse> CommitContainerChangesAsync(
        CommitContainerChangesParameters parameters, CancellationToken cancellationToken = default);

    /// <summary>An image with its names and layers as a tar stream that <see cref="LoadImageAsync"/> takes.</summary>
    Task<Stream> SaveImageAsync(string name, CancellationToken cancellationToken = default);

    Task<Stream> SaveImagesAsync(string[] names, CancellationToken cancellationToken = default);

    Task LoadImageAsync(ImageLoadParameters parameters, Stream imageStream, IProgress<JSONMessage> progress,
        CancellationToken cancellationToken = default);
}
