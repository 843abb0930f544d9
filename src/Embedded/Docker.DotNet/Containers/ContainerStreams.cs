#nullable enable
using System.Text.Json;
using Docker.DotNet.Models;
using Docker.DotNet.Serialization;
using Docker.DotNet.Transport;

namespace Docker.DotNet;

/// <summary>What flows out of and into containers: logs, statistics, terminals, archives.</summary>
internal sealed partial class ContainerOperations
{
    private const string StatHeader = "X-Docker-Container-Path-Stat";

    public Task<Stream> GetContainerLogsAsync(
        string id, ContainerLogsParameters parameters, CancellationToken cancellationToken = default) =>
        channel.OpenAsync(Logs(id, parameters), cancellationToken);

    public async Task<MultiplexedStream> GetContainerLogsAsync(
        string id, bool tty, ContainerLogsParameters parameters, CancellationToken cancellationToken = default) =>
        new(await channel.OpenAsync(Logs(id, parameters), cancellationToken), !tty);

    public async Task GetContainerLogsAsync(
        string id, ContainerLogsParameters parameters, CancellationToken cancellationToken, IProgress<string> progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var request = Logs(id, parameters);
        var container = await InspectContainerAsync(id, cancellationToken);
        using var logs =
            new MultiplexedStream(await channel.OpenAsync(request, cancellationToken), container.Config?.Tty != true);
        await LogLines.ReportAsync(logs, progress, cancellationToken);
    }

    public Task<Stream> ExportContainerAsync(string id, CancellationToken cancellationToken = default) =>
        channel.OpenAsync(Of(HttpMethod.Get, id, "export") with { Use = ConnectionUse.Stream }, cancellationToken);

    public Task<Stream> GetContainerStatsAsync(
        string id, ContainerStatsParameters parameters, CancellationToken cancellationToken) =>
        channel.OpenAsync(Stats(id, parameters), cancellationToken);

    public Task GetContainerStatsAsync(string id, ContainerStatsParameters parameters, IProgress<ContainerStatsResponse> progress,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return channel.FollowAsync(Stats(id, parameters), progress, cancellationToken);
    }

    public async Task<MultiplexedStream> AttachContainerAsync(
        string id, bool tty, ContainerAttachParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("stream", parameters.Stream).Add("stdin", parameters.Stdin).Add("stdout", parameters.Stdout)
            .Add("stderr", parameters.Stderr).Add("logs", parameters.Logs).Add("detachKeys", parameters.DetachKeys);
        var request = Of(HttpMethod.Post, id, "attach") with { Query = query };
        return new MultiplexedStream(await channel.HijackAsync(request, cancellationToken), !tty);
    }

    public async Task<GetArchiveFromContainerResponse> GetArchiveFromContainerAsync(
        string id, GetArchiveFromContainerParameters parameters, bool statOnly, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var request = Of(statOnly ? HttpMethod.Head : HttpMethod.Get, id, "archive") with
        {
            Query = new Query().Add("path", parameters.Path),
            Use = statOnly ? ConnectionUse.Exchange : ConnectionUse.Stream,
        };
        var (body, headers) = await channel.OpenWithHeadersAsync(request, cancellationToken);
        try
        {
            var stat = headers.TryGetValues(StatHeader, out var values)
                ? JsonSerializer.Deserialize<ContainerPathStatResponse>(
                    Convert.FromBase64String(values.First()), EngineJson.Options)
                : null;
            if (statOnly) await body.DisposeAsync();
            return new GetArchiveFromContainerResponse { Stat = stat, Stream = statOnly ? null : body };
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            await body.DisposeAsync();
            throw EngineErrors.NotJson(request, System.Net.HttpStatusCode.OK, default, e);
        }
    }

    public Task ExtractArchiveToContainerAsync(
        string id, ContainerPathStatParameters parameters, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(stream);
        var query = new Query().Add("path", parameters.Path)
            .Add("noOverwriteDirNonDir", parameters.AllowOverwriteDirWithFile == false ? true : null);
        var request = Of(HttpMethod.Put, id, "archive") with { Query = query, Upload = stream, Use = ConnectionUse.Stream };
        return channel.RunAsync(request, cancellationToken);
    }

    private static EngineRequest Logs(string id, ContainerLogsParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("stdout", parameters.ShowStdout).Add("stderr", parameters.ShowStderr)
            .Add("since", parameters.Since)
            .Add("until", parameters.Until).Add("timestamps", parameters.Timestamps).Add("follow", parameters.Follow)
            .Add("tail", parameters.Tail);
        return Lasting(Of(HttpMethod.Get, id, "logs") with { Query = query });
    }

    private static EngineRequest Stats(string id, ContainerStatsParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new Query().Add("stream", parameters.Stream).Add("one-shot", parameters.OneShot);
        return Lasting(Of(HttpMethod.Get, id, "stats") with { Query = query });
    }
}
