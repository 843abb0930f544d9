using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using ActorScheduler.Gateway;
using ActorScheduler.Gateway.Access;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>
/// Asks nodes by HTTP: the first that answers, and from then on that one as long as it does. One that takes long is not waited for
/// alone: the next is asked too, and the first answer counts.
/// </summary>
internal sealed class NodeHttp : IDisposable
{
    /// <summary>After so long without an answer the next node is asked beside the first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly Uri[] _nodes;
    private int _preferred;

    /// <param name="access">Which nodes, and what lets the command in.</param>
    /// <exception cref="AschedException">An address is not valid.</exception>
    internal NodeHttp(NodeAccess access)
    {
        _nodes = [.. access.Nodes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        if (_nodes.Length == 0)
            throw new AschedException(ExitCode.Usage, "--http: must name at least one HOST:PORT");
        _http = access.Connect(isHere: _nodes.All(static node => node.IsLoopback));
    }

    /// <summary>Asks once.</summary>
    /// <returns>The answer or <see cref="CommandRefused"/>; null when nobody answered, and whether a command was carried out is not known.</returns>
    /// <exception cref="AschedException">The answer is not understood.</exception>
    internal Task<object?> Ask<T>(IProtocolMessage question, TimeSpan limit) => Send(
        node => ApiCalls.Of(question, node),
        async (response, cancellation) => question is ReadFile read
            ? FileHeaders.Read(read.FrameworkId, read.Path, response.Headers, await response.Content.ReadAsByteArrayAsync(cancellation))
            : await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellation),
        limit, (question as ReadFile)?.Wait ?? TimeSpan.Zero);

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

    private async Task<object?> Send(
        Func<Uri, HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<object?>> read, TimeSpan limit, TimeSpan patience = default)
    {
        using var over = new CancellationTokenSource(limit);
        (int first, int asked) = (_preferred, 0);
        var open = new List<Task<(int Node, object? Answer)>>();
        try
        {
            while (asked < _nodes.Length || open.Count > 0)
            {
                if (asked < _nodes.Length)
                    open.Add(Ask((first + asked++) % _nodes.Length, request, read, over.Token));
                Task<Task<(int, object?)>> any = Task.WhenAny(open);
                await ((Task)any).WaitAsync(asked < _nodes.Length ? Patience + patience : Timeout.InfiniteTimeSpan).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!any.IsCompleted)
                    continue;
                open.Remove(await any);
                (int node, object? answer) = await await any;
                if (answer is null)
                    continue;
                _preferred = node;
                return answer;
            }
            return null;
        }
        finally
        {
            await over.CancelAsync();
            _ = Task.WhenAll(open).ContinueWith(static late => _ = late.Exception, TaskScheduler.Default);
        }
    }

    /// <summary>Asks one node; no answer means that another one may know.</summary>
    private async Task<(int Node, object? Answer)> Ask(
        int node, Func<Uri, HttpRequestMessage> request, Func<HttpResponseMessage, CancellationToken, Task<object?>> read, CancellationToken over)
    {
        try
        {
            using HttpRequestMessage message = request(_nodes[node]);
            using HttpResponseMessage response = await _http.SendAsync(message, over);
            return (node, response.IsSuccessStatusCode ? await read(response, over) : await Refusal(response, over));
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException untrusted)
        {
            throw new AschedException(ExitCode.Failed, $"{_nodes[node]}: {untrusted.Message} (--ca-file says whom to trust)", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return (node, null);
        }
        catch (JsonException e)
        {
            throw new AschedException(ExitCode.Failed, $"{_nodes[node]} answered something that this version does not understand: {e.Message}", e);
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
            throw new AschedException(ExitCode.Refused, $"Authorization: {denied} (--token-file, ACTORSCHEDULER_TOKEN_FILE, ACTORSCHEDULER_TOKEN)");
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
