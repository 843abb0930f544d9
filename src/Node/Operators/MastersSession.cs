using System.Diagnostics;
using System.Net.Sockets;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Node.Daemon;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Configuration;

namespace ActorScheduler.Node.Operators;

/// <summary>A command's connection to the masters of a cluster.</summary>
internal sealed class MastersSession : IAsyncDisposable
{
    /// <summary>A question without an answer is asked again after this: masters may be about to change.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>Items that are asked for at once: each page costs the masters about the same.</summary>
    internal const int PageSize = 1000;

    private readonly ActorSystem _system;
    private readonly Questions _questions;
    private readonly string _masters;
    private readonly TimeSpan _limit;

    private MastersSession(ActorSystem system, MasterLink link, string masters, TimeSpan limit)
    {
        (_system, _masters, _limit) = (system, masters, limit);
        _questions = new Questions(system, link);
        Scheduler = SchedulerClient.OnNode(system, link, new SchedulerClientOptions { CommandTimeout = limit });
    }

    /// <summary>The client library, by the same connection.</summary>
    internal SchedulerClient Scheduler { get; }

    /// <summary>What an actor that masters and agents are to answer lives in.</summary>
    internal ActorSystem System => _system;

    /// <summary>Longest that an answer may take.</summary>
    internal TimeSpan Limit => _limit;

    /// <summary>Begins a session; nobody is asked yet.</summary>
    /// <param name="masters">Addresses between commas.</param>
    /// <param name="limit">Longest that an answer may take.</param>
    /// <exception cref="AschedException">An address is not valid.</exception>
    internal static MastersSession Connect(string masters, TimeSpan limit)
    {
        List<HostPort> contacts = [];
        foreach (string part in masters.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!HostPort.Parse(part).TryGet(out HostPort contact, out Problem? problem))
                throw new AschedException(ExitCode.Usage, $"--masters: {problem.Reason}");
            contacts.Add(contact);
        }
        if (contacts.Count == 0)
            throw new AschedException(ExitCode.Usage, "--masters: must name at least one HOST:PORT");
        Config own = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor.provider = remote
              remote.dot-netty.tcp { hostname = "{{Local(contacts[0])}}", port = 0 }
              coordinated-shutdown.run-by-clr-shutdown-hook = off
            }
            """);
        var system = ActorSystem.Create("asched", own.WithFallback(ProtocolConfig.Reference));
        ClientLink link = ClientLink.Start(system, [.. contacts.Select(static contact => contact.ToAddress())]);
        return new MastersSession(system, link, masters, limit);
    }

    /// <summary>Asks the allocator.</summary>
    /// <exception cref="AschedException">No answer, or the masters refused.</exception>
    internal Task<T> AskAllocator<T>(IAllocatorMessage question) => Ask<T>(limit => _questions.AskAllocator(question, limit));

    /// <summary>Asks the actor of a framework.</summary>
    /// <exception cref="AschedException">No answer, or the masters refused.</exception>
    internal Task<T> AskFramework<T>(IFrameworkMessage question) => Ask<T>(limit => _questions.AskFramework(question, limit));

    /// <summary>Asks the agent of a task once: what is asked must not be done twice, or the agent takes its time to answer.</summary>
    /// <returns>The answer or the refusal; null when none came in time.</returns>
    internal Task<object?> AskOnce(ITaskQuestion question, TimeSpan limit) => _questions.AskFramework(question, limit);

    /// <summary>No master answered, or no agent.</summary>
    internal AschedException NoAnswer(string who) =>
        new(ExitCode.NoAnswer, $"no {who} answered at {_masters} within {_limit.TotalSeconds:0.###} s (--masters, ACTORSCHEDULER_MASTERS)");

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

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private async Task<T> Ask<T>(Func<TimeSpan, Task<object?>> ask)
    {
        long startedAt = Stopwatch.GetTimestamp();
        while (_limit - Stopwatch.GetElapsedTime(startedAt) is var left && left > TimeSpan.Zero)
        {
            switch (await ask(left < AskAgain ? left : AskAgain))
            {
                case T answer:
                    return answer;
                case CommandRefused refused:
                    throw new AschedException(ExitCode.Refused, refused.Problem.ToString());
                case { } other:
                    throw new AschedException(ExitCode.Failed, $"the masters answered with {other.GetType().Name}, which this version does not understand");
            }
        }
        throw NoAnswer("master");
    }

    private static string Local(HostPort contact)
    {
        try
        {
            return LocalAddress.Towards(contact.Host, contact.Port);
        }
        catch (SocketException e)
        {
            throw new AschedException(ExitCode.NoAnswer, $"--masters: {contact}: {e.Message}", e);
        }
    }
}
