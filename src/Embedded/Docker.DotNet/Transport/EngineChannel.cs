#nullable enable
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Docker.DotNet.Serialization;
using Microsoft.Net.Http.Client;

namespace Docker.DotNet.Transport;

/// <summary>
/// Sends requests to one engine and reads the answers: as a status, a value, a stream, a sequence of messages, or a
/// connection taken over. Every wait ends with the caller's token or with the request's limit.
/// </summary>
internal sealed class EngineChannel : IDisposable
{
    /// <summary>More of an error's body than this is not worth keeping.</summary>
    private const int MaximumErrorBytes = 1024 * 1024;

    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly EngineEndpoint _endpoint;
    private readonly HttpMessageInvoker _invoker;
    private readonly IReadOnlyDictionary<string, string> _headers;
    private readonly ApiVersions _versions;
    private readonly CancellationTokenSource _closing = new();

    public EngineChannel(EngineEndpoint endpoint, HttpMessageHandler handler, IReadOnlyDictionary<string, string> headers,
        Version? version, TimeSpan limit)
    {
        _endpoint = endpoint;
        _invoker = new HttpMessageInvoker(handler);
        _headers = headers;
        DefaultLimit = limit;
        _versions = new ApiVersions(version, async () =>
        {
            using var response =
                await SendAsync(new EngineRequest(HttpMethod.Get, "_ping") { Unversioned = true }, CancellationToken.None);
            return response.Headers;
        });
    }

    public TimeSpan DefaultLimit { get; set; }

    /// <summary>Sends a request of which only the status counts.</summary>
    public async Task<HttpStatusCode> RunAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Sends a request that is answered with one JSON value.</summary>
    public async Task<T> ReadAsync<T>(EngineRequest request, CancellationToken cancellationToken)
        where T : class =>
        await ReadMaybeAsync<T>(request, cancellationToken)
            ?? throw EngineErrors.NotJson(request, HttpStatusCode.OK, "null"u8, new JsonException("It is null."));

    /// <summary>Sends a request that is answered with a list. An empty one may come as null.</summary>
    public async Task<IList<T>> ReadListAsync<T>(EngineRequest request, CancellationToken cancellationToken) =>
        await ReadMaybeAsync<IList<T>>(request, cancellationToken) ?? [];

    /// <summary>Sends a request whose answer is read by the caller, who disposes it.</summary>
    public async Task<Stream> OpenAsync(EngineRequest request, CancellationToken cancellationToken) =>
        (await OpenWithHeadersAsync(request, cancellationToken)).Body;

    public async Task<(Stream Body, HttpResponseHeaders Headers)> OpenWithHeadersAsync(
        EngineRequest request, CancellationToken cancellationToken)
    {
        var response = await SendAsync(request, cancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return (new EngineBody(response, stream, request.Limit ?? DefaultLimit, request.ToString()), response.Headers);
    }

    /// <summary>Reports the messages of an answer one by one, in order, until it ends.</summary>
    public async Task FollowAsync<T>(EngineRequest request, IProgress<T> progress, CancellationToken cancellationToken)
    {
        await using var body = await OpenAsync(request, cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await foreach (var message in JsonValues.ReadAsync<T>(body, either.Token)) progress.Report(message);
        }
        catch (JsonException e)
        {
            throw EngineErrors.NotJson(request, HttpStatusCode.OK, default, e);
        }
        catch (IOException e)
        {
            throw EngineErrors.ForTransport(request, _endpoint, e);
        }
    }

    /// <summary>Sends a request after which the connection carries the streams of a container. The caller disposes it.</summary>
    public async Task<WriteClosableStream> HijackAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        var response = await SendAsync(request with { Use = ConnectionUse.Hijack }, cancellationToken);
        if (response.Content is HttpConnectionResponseContent content) return content.HijackStream();
        response.Dispose();
        throw new NotSupportedException($"{request}: the handler that the credentials supplied cannot hand over its connection.");
    }

    public void Dispose()
    {
        _closing.Cancel();
        _invoker.Dispose();
    }

    private async Task<T?> ReadMaybeAsync<T>(EngineRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(request.Limit ?? DefaultLimit, cancellationToken, _closing.Token);
        using var response = await SendAsync(request, deadline);
        var body = await ReadBodyAsync(request, response, int.MaxValue, deadline);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, EngineJson.Options);
        }
        catch (JsonException e)
        {
            throw EngineErrors.NotJson(request, response.StatusCode, body.Span, e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(request.Limit ?? DefaultLimit, cancellationToken, _closing.Token);
        return await SendAsync(request, deadline);
    }

    private async Task<HttpResponseMessage> SendAsync(EngineRequest request, Deadline deadline)
    {
        HttpResponseMessage? response = null;
        try
        {
            var prefix = request.Unversioned ? "" : await _versions.PrefixAsync(deadline.Token);
            using var message = Compose(request, prefix, deadline);
            response = await ExchangeAsync(request, message, deadline.Token);
            if (Succeeded(response.StatusCode)) return response;
            var body = await ReadBodyAsync(request, response, MaximumErrorBytes, deadline);
            throw Refused(request, response.StatusCode, Encoding.UTF8.GetString(body.Span));
        }
        catch (OperationCanceledException e)
        {
            response?.Dispose();
            throw deadline.Explain($"{request} at {_endpoint}", e);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(
        EngineRequest request, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoker.SendAsync(message, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw EngineErrors.ForTransport(request, _endpoint, e);
        }
    }

    private static bool Succeeded(HttpStatusCode status) =>
        status is HttpStatusCode.SwitchingProtocols or HttpStatusCode.NotModified
            or (>= HttpStatusCode.OK and < HttpStatusCode.Ambiguous);

    private DockerApiException Refused(EngineRequest request, HttpStatusCode status, string body)
    {
        if (status == HttpStatusCode.BadRequest && body.Contains("client version", StringComparison.Ordinal)) _versions.Forget();
        return EngineErrors.ForStatus(status, body, request.Missing);
    }

    private HttpRequestMessage Compose(EngineRequest request, string prefix, Deadline deadline)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_endpoint.BaseUri, prefix + request.Path + request.Query));
        message.Options.Set(ManagedHandler.Use, request.Use);
        message.Headers.TryAddWithoutValidation("User-Agent", "Docker.DotNet");
        foreach (var (name, value) in _headers) message.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in request.Headers ?? NoHeaders) message.Headers.TryAddWithoutValidation(name, value);
        if (request.RegistryAuth is not null)
            message.Headers.TryAddWithoutValidation("X-Registry-Auth", RegistryHeader.Encode(request.RegistryAuth));
        if (request.Use == ConnectionUse.Hijack)
        {
            message.Headers.Connection.Add("Upgrade");
            message.Headers.Upgrade.ParseAdd("tcp");
        }

        message.Content = request switch
        {
            { Upload: { } source } =>
                new UploadContent(source, deadline) { Headers = { ContentType = new("application/x-tar") } },
            { Body: { } body } =>
                new ByteArrayContent(EngineJson.Write(body)) { Headers = { ContentType = new("application/json") } },
            _ => null,
        };
        return message;
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        EngineRequest request, HttpResponseMessage response, int maximum, Deadline deadline)
    {
        using var buffer = new MemoryStream((int)Math.Min(response.Content.Headers.ContentLength ?? 0, 1024 * 1024));
        var piece = new byte[8192];
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
            int count;
            while (buffer.Length < maximum && (count = await stream.ReadAsync(piece, deadline.Token)) > 0)
                buffer.Write(piece, 0, count);
            return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        }
        catch (OperationCanceledException e)
        {
            throw deadline.Explain($"{request} at {_endpoint}", e);
        }
        catch (IOException e)
        {
            throw EngineErrors.ForTransport(request, _endpoint, e);
        }
    }
}
