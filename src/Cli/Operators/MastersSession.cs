using System.Diagnostics;
using ActorScheduler.Client;
using ActorScheduler.Gateway;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links.Http;
using Akka.Actor;
using Akka.Configuration;

namespace ActorScheduler.Cli.Operators;

/// <summary>
/// A command's connection to a cluster: by HTTP to any of its nodes. Commands that are schedulers themselves, or speak with a
/// running command, open a link there too.
/// </summary>
internal sealed class MastersSession : IAsyncDisposable
{
    /// <summary>A question without an answer is asked again after this: masters may be about to change.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan TerminateLimit = TimeSpan.FromSeconds(3);

    /// <summary>Items that are asked for at once: each page costs the masters about the same.</summary>
    internal const int PageSize = 1000;

    private readonly NodeHttp _http;
    private readonly string _nodes;
    private readonly TimeSpan _limit;
    private ActorSystem? _system;
    private Questions? _questions;
    private SchedulerClient? _scheduler;

    private MastersSession(NodeAccess access, TimeSpan limit) => (_http, _nodes, _limit) = (new NodeHttp(access), access.Nodes, limit);

    /// <summary>The client library. Only after <see cref="ConnectScheduler"/>.</summary>
    internal SchedulerClient Scheduler => _scheduler ?? throw new InvalidOperationException("this session has no scheduler");

    /// <summary>What an actor that masters and agents are to answer lives in. Only after <see cref="ConnectScheduler"/>.</summary>
    internal ActorSystem System => _system ?? throw new InvalidOperationException("this session has no scheduler");

    /// <summary>Longest that an answer may take.</summary>
    internal TimeSpan Limit => _limit;

    /// <summary>Begins a session; nobody is asked yet.</summary>
    /// <param name="access">Which nodes, and what lets the command in.</param>
    /// <param name="limit">Longest that an answer may take.</param>
    /// <exception cref="AschedException">An address is not valid.</exception>
    internal static MastersSession Connect(NodeAccess access, TimeSpan limit) => new(access, limit);

    /// <summary>Opens a link too, on which a command speaks as a scheduler, or with a running command.</summary>
    /// <param name="commandTimeout">Longest that a command of a scheduler may take; null for the limit of answers.</param>
    /// <exception cref="AschedException">No node answers, or the token may not decide.</exception>
    internal async Task ConnectScheduler(TimeSpan? commandTimeout = null)
    {
        // Says why when nobody is there, or the token is not known.
        await Cluster(static view => view.Masters.Count > 0);
        HttpLink link = Start(commandTimeout ?? _limit);
        Task first = await Task.WhenAny(link.Connected, link.Denied, Task.Delay(_limit));
        if (first == link.Denied)
            throw NodeHttp.Denied(await link.Denied);
        if (first != link.Connected)
            throw NoAnswer("node");
    }

    /// <summary>Asks the allocator.</summary>
    /// <exception cref="AschedException">No answer, or the masters refused.</exception>
    internal Task<T> AskAllocator<T>(IAllocatorMessage question) => Ask<T>(limit => _http.Ask<T>(question, limit));

    /// <summary>Asks the actor of a framework.</summary>
    /// <exception cref="AschedException">No answer, or the masters refused.</exception>
    internal Task<T> AskFramework<T>(IFrameworkMessage question) => Ask<T>(limit => _http.Ask<T>(question, limit));

    /// <summary>The cluster as the node sees it.</summary>
    /// <param name="isWanted">What is waited for.</param>
    /// <exception cref="AschedException">No answer, or not that.</exception>
    internal Task<ClusterView> Cluster(Predicate<ClusterView>? isWanted = null) => Ask<ClusterView>(async limit =>
        await _http.Cluster(limit) is var answer && answer is ClusterView view && isWanted is not null && !isWanted(view) ? null : answer);

    /// <summary>Has a member leave, or given up.</summary>
    /// <exception cref="AschedException">No answer, or the node refused.</exception>
    internal Task<CommandDone> ChangeMember(string verb, string address) => Ask<CommandDone>(limit => _http.Change(verb, address, limit));

    /// <summary>Asks the agent of a task once: what is asked must not be done twice, or the agent takes its time to answer.</summary>
    /// <returns>The answer or the refusal; null when none came in time.</returns>
    internal Task<object?> AskOnce(ITaskQuestion question, TimeSpan limit) => question switch
    {
        ListFiles => _http.Ask<FilesListed>(question, limit),
        ReadFile => _http.Ask<FileRead>(question, limit),
        GetUsage => _http.Ask<UsageRead>(question, limit),
        _ when _questions is { } questions => questions.AskFramework(question, limit),
        _ => throw new InvalidOperationException("this session has no scheduler"),
    };

    /// <summary>Asks for a long part of a file of a task, once; see <see cref="NodeHttp.Read"/>.</summary>
    internal Task<object?> ReadOnce(ReadFile question, Action<FileRead> part, TimeSpan limit, CancellationToken cancellation) =>
        _http.Read(question, part, limit, cancellation);

    /// <summary>No master answered, or no agent.</summary>
    internal AschedException NoAnswer(string who) =>
        new(ExitCode.NoAnswer, $"no {who} answered at {_nodes} within {_limit.TotalSeconds:0.###} s (--http, ACTORSCHEDULER_HTTP)");

    /// <summary>Asks for all pages of something.</summary>
    /// <param name="ask">Gives the page after the last item of the one before; null for the first.</param>
    internal static async Task<IReadOnlyList<T>> AllPages<T>(Func<T?, Task<(IReadOnlyList<T> Items, bool HasMore)>> ask)
        where T : class => (await Pages(int.MaxValue, ask)).Items;

    /// <summary>Asks for pages of something, up to a number of items.</summary>
    /// <param name="most">Most items.</param>
    /// <param name="ask">Gives the page after the last item of the one before; null for the first.</param>
    internal static async Task<(IReadOnlyList<T> Items, bool HasMore)> Pages<T>(int most, Func<T?, Task<(IReadOnlyList<T> Items, bool HasMore)>> ask)
        where T : class
    {
        var all = new List<T>();
        bool hasMore;
        do
        {
            (IReadOnlyList<T> items, hasMore) = await ask(all.LastOrDefault());
            hasMore = (hasMore && items.Count > 0) || items.Count > most - all.Count;
            all.AddRange(items.Take(most - all.Count));
        }
        while (hasMore && all.Count < most);
        return (all, hasMore);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        // The process ends anyway: connections to masters that are gone must not hold it up.
        if (_system is { } system)
            await system.Terminate().WaitAsync(TerminateLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private HttpLink Start(TimeSpan commandTimeout)
    {
        Config own = ConfigurationFactory.ParseString("""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor.provider = local
              coordinated-shutdown.run-by-clr-shutdown-hook = off
            }
            """);
        _system = ActorSystem.Create("asched", own.WithFallback(ProtocolConfig.Reference));
        HttpLink link = HttpLink.Start(_system, _http.Link);
        _questions = new Questions(_system, link);
        _scheduler = SchedulerClient.OnNode(_system, link, new SchedulerClientOptions { CommandTimeout = commandTimeout });
        return link;
    }

    private async Task<T> Ask<T>(Func<TimeSpan, Task<object?>> ask)
    {
        long startedAt = Stopwatch.GetTimestamp();
        using var beat = new PeriodicTimer(AskAgain);
        while (_limit - Stopwatch.GetElapsedTime(startedAt) is var left && left > TimeSpan.Zero)
        {
            switch (await ask(left))
            {
                case T answer:
                    return answer;
                case CommandRefused refused:
                    throw new AschedException(ExitCode.Refused, refused.Problem.ToString());
                case { } other:
                    throw new AschedException(ExitCode.Failed, $"the masters answered with {other.GetType().Name}, which this version does not understand");
            }
            await beat.WaitForNextTickAsync();
        }
        throw NoAnswer("master");
    }
}
