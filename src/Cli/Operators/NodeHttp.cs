using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using ActorScheduler.Gateway;
using ActorScheduler.Gateway.Access;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links.Http;

namespace ActorScheduler.Cli.Operators;

/// <summary>Asks nodes by HTTP: the first that answers, and from then on that one as long as it does.</summary>
internal sealed class NodeHttp : IDisposable
{
    private const int PieceBytes = 128 * 1024;

    private readonly HttpClient _http;
    private readonly NodeAccess _access;
    private readonly Uri[] _nodes;
    private int _preferred;

    /// <param name="access">Which nodes, and what lets the command in.</param>
    /// <exception cref="AschedException">An address is not valid.</exception>
    internal NodeHttp(NodeAccess access)
    {
        _nodes = [.. access.Nodes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        if (_nodes.Length == 0)
            throw new AschedException(ExitCode.Usage, "--http: must name at least one HOST:PORT");
        _access = access;
        _http = new HttpClient(Link.Handler()) { Timeout = Timeout.InfiniteTimeSpan };
        if (access.Token is not null)
            _http.DefaultRequestHeaders.Authorization = new("Bearer", access.Token);
    }

    /// <summary>How a link gets to the same nodes, that which answered last before the others.</summary>
    internal HttpLinkOptions Link => new([.. _nodes[_preferred..], .. _nodes[.._preferred]], _access.Token, _access.Authorities);

    /// <summary>A node does not let the command in.</summary>
    internal static AschedException Denied(string reason) =>
        new(ExitCode.Refused, $"Authorization: {reason} (--token-file, ACTORSCHEDULER_TOKEN_FILE, ACTORSCHEDULER_TOKEN)");

    /// <summary>Asks once.</summary>
    /// <returns>The answer or <see cref="CommandRefused"/>; null when nobody answered, and whether a command was carried out is not known.</returns>
    /// <exception cref="AschedException">The answer is not understood.</exception>
    internal Task<object?> Ask<T>(IProtocolMessage question, TimeSpan limit) => Send(
        node => ApiCalls.Of(question, node),
        async (response, cancellation) => question is ReadFile read
            ? FileHeaders.Read(read.FrameworkId, read.Path, response.Headers, await response.Content.ReadAsByteArrayAsync(cancellation))
            : await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellation),
        limit);

    /// <summary>Asks for a long part of a file, which is passed on as it comes.</summary>
    /// <param name="question">Which part.</param>
    /// <param name="part">Given each piece that comes, in order; an empty one at first.</param>
    /// <param name="limit">Longest wait for the beginning, and for each piece.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The beginning, without bytes, or <see cref="CommandRefused"/>; null when nobody answered.</returns>
    internal Task<object?> Read(ReadFile question, Action<FileRead> part, TimeSpan limit, CancellationToken cancellation) => Send(
        node => ApiCalls.Of(question, node),
        async (response, _) =>
        {
            FileRead begin = FileHeaders.Read(question.FrameworkId, question.Path, response.Headers, []);
            part(begin);
            await Pass(response, begin, part, limit, cancellation);
            return begin;
        },
        limit, HttpCompletionOption.ResponseHeadersRead, cancellation);

    /// <summary>The cluster as the node sees it; null when none answers.</summary>
    internal async Task<object?> Cluster(TimeSpan limit) => await Send(
        static node => new HttpRequestMessage(HttpMethod.Get, new Uri(node, "/v1/cluster")),
        static async (response, cancellation) => await response.Content.ReadFromJsonAsync<ClusterView>(ApiJson.Options, cancellation), limit);

    /// <summary>Has a member leave or given up.</summary>
    /// <param name="verb">leave or down.</param>
    /// <param name="address">Which member.</param>
    /// <param name="limit">Longest wait.</param>
    internal Task<object?> Change(string verb, string address, TimeSpan limit) => Send(
        node => new HttpRequestMessage(HttpMethod.Post, new Uri(node, $"/v1/cluster/{verb}")) { Content = JsonContent.Create(new MemberRequest(address), options: ApiJson.Options) },
        static async (response, cancellation) => await response.Content.ReadFromJsonAsync<CommandDone>(ApiJson.Options, cancellation), limit);

    public void Dispose() => _http.Dispose();

    private static async Task Pass(HttpResponseMessage response, FileRead begin, Action<FileRead> part, TimeSpan limit, CancellationToken cancellation)
    {
        byte[] buffer = new byte[PieceBytes];
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            for (long at = begin.Offset; ;)
            {
                silence.CancelAfter(limit);
                int read = await body.ReadAsync(buffer, silence.Token);
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                if (read == 0)
                    return;
                part(begin with { Offset = at, Data = buffer.AsMemory(0, read) });
                at += read;
            }
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // The node is gone in the middle: what has come is good, and the rest is asked for again.
        }
    }

    private async Task<object?> Send(
        Func<Uri, HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<object?>> read, TimeSpan limit,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead, CancellationToken cancellation = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(limit);
        for (int i = 0; i < _nodes.Length; i++)
        {
            int at = (_preferred + i) % _nodes.Length;
            try
            {
                using HttpRequestMessage message = request(_nodes[at]);
                using HttpResponseMessage response = await _http.SendAsync(message, completion, over.Token);
                object? answer = response.IsSuccessStatusCode ? await read(response, over.Token) : await Refusal(response, over.Token);
                if (answer is null)
                    continue;
                _preferred = at;
                return answer;
            }
            catch (HttpRequestException e) when (e.InnerException is AuthenticationException untrusted)
            {
                throw new AschedException(ExitCode.Failed, $"{_nodes[at]}: {untrusted.Message} (--ca-file says whom to trust)", e);
            }
            catch (HttpRequestException)
            {
                // Another one may be there.
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }
            catch (JsonException e)
            {
                throw new AschedException(ExitCode.Failed, $"{_nodes[at]} answered something that this version does not understand: {e.Message}", e);
            }
        }
        return null;
    }

    /// <summary>What a problem says; null when it is that nobody answered.</summary>
    private static async Task<object?> Refusal(HttpResponseMessage response, CancellationToken cancellation)
    {
        ApiProblem? problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await response.Content.ReadFromJsonAsync<ApiProblem>(ApiJson.Options, cancellation)
            : null;
        if (problem?.Kind == ApiProblem.NoAnswer)
            return null;
        if (problem is { Kind: { } kind, Detail: { } detail } && Enum.TryParse(kind, out RefusalKind refusal))
            return new CommandRefused(Guid.Empty, refusal, new Problem(problem.Field ?? "", detail));
        if (problem is { Kind: AccessGuard.Unauthenticated or AccessGuard.Forbidden, Detail: { } denied })
            throw Denied(denied);
        throw new AschedException(
            ExitCode.Failed,
            $"{response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Authority)} answered {(int)response.StatusCode}{(problem?.Detail is { } text ? $": {text}" : "; is it the HTTP address of a node?")}");
    }

    private static Uri Parse(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
            return url;
        return HostPort.Parse(text).TryGet(out HostPort at, out Problem? problem) ? new Uri($"http://{at}") : throw new AschedException(ExitCode.Usage, $"--http: {problem.Reason}");
    }
}
