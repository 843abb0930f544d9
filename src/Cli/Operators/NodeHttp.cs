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

/// <summary>
/// Asks nodes by HTTP: the first that answers, and from then on that one as long as it does. One that takes long is not waited for
/// alone: the next is asked too, and the first answer counts.
/// </summary>
internal sealed class NodeHttp : IDisposable
{
    private const int PieceBytes = 128 * 1024;
    /// <summary>After so long without an answer the next node is asked beside the first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

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
        limit, (question as ReadFile)?.Wait ?? TimeSpan.Zero);

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
        limit, question.Wait, cancellation);

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

    /// <summary>Passes on the body of an answer as it comes.</summary>
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

    /// <summary>Asks nodes until one answers. Only the answer of one is read: what is passed on as it comes is passed on once.</summary>
    /// <param name="request">The question to a node.</param>
    /// <param name="read">Reads its answer.</param>
    /// <param name="limit">Longest wait for an answer to begin, and for all of it where it is read with the token.</param>
    /// <param name="patience">How much longer than usual a node is waited for alone.</param>
    /// <param name="cancellation">Ends it.</param>
    private async Task<object?> Send(
        Func<Uri, HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<object?>> read, TimeSpan limit, TimeSpan patience = default,
        CancellationToken cancellation = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(limit);
        (int first, int asked) = (_preferred, 0);
        var open = new List<Task<Opened>>();
        try
        {
            while (asked < _nodes.Length || open.Count > 0)
            {
                if (asked < _nodes.Length)
                    open.Add(Open((first + asked++) % _nodes.Length, request, over.Token));
                Task<Task<Opened>> any = Task.WhenAny(open);
                await ((Task)any).WaitAsync(asked < _nodes.Length ? Patience + patience : Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!any.IsCompleted)
                    continue;
                open.Remove(await any);
                using Opened opened = await await any;
                if ((opened.Response is { } response ? await Answer(opened.Node, response, read, over.Token) : null) is not { } answer)
                    continue;
                _preferred = opened.Node;
                return answer;
            }
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            await over.CancelAsync();
            _ = Task.WhenAll(open).ContinueWith(late => Forget(late, open), TaskScheduler.Default);
        }
    }

    private static void Forget(Task late, IEnumerable<Task<Opened>> open)
    {
        _ = late.Exception;
        foreach (Task<Opened> one in open.Where(static one => one.IsCompletedSuccessfully))
            one.Result.Dispose();
    }

    /// <summary>Asks one node, until its answer begins; no answer means that another one may know.</summary>
    private async Task<Opened> Open(int node, Func<Uri, HttpRequestMessage> request, CancellationToken over)
    {
        try
        {
            using HttpRequestMessage message = request(_nodes[node]);
            return new Opened(node, await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, over));
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException untrusted)
        {
            // What is no TLS at all has no frames.
            string why = untrusted.Message.Contains("frame", StringComparison.Ordinal) ? "it does not speak TLS there; try http://" : $"{untrusted.Message} (--ca-file says whom to trust)";
            throw new AschedException(ExitCode.Failed, $"{_nodes[node]}: {why}", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Opened(node, null);
        }
    }

    private async Task<object?> Answer(int node, HttpResponseMessage response, Func<HttpResponseMessage, CancellationToken, Task<object?>> read, CancellationToken over)
    {
        try
        {
            return response.IsSuccessStatusCode ? await read(response, over) : await Refusal(response, over);
        }
        catch (JsonException e)
        {
            throw new AschedException(ExitCode.Failed, $"{_nodes[node]} answered something that this version does not understand: {e.Message}", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && over.IsCancellationRequested))
        {
            return null;
        }
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

    /// <summary>An answer that has begun, or null.</summary>
    private sealed record Opened(int Node, HttpResponseMessage? Response) : IDisposable
    {
        public void Dispose() => Response?.Dispose();
    }
}
