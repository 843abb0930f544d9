using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Promises.Specs.Harness;
using ActorScheduler.Protocol;
using Akka.Actor;
using Xunit.Abstractions;

namespace ActorScheduler.Cluster.Specs;

/// <summary>
/// Calls, crashes and operators' decisions in an order that a seed gives, and the invariants at the end. ACTORSCHEDULER_SEED
/// repeats one order, ACTORSCHEDULER_RANDOM_SECONDS makes it longer than the usual 20 s.
/// </summary>
public sealed class RandomSpecs(ITestOutputHelper output)
{
    private const double CpusOfAgent = 4;

    private readonly int _seed = Number("ACTORSCHEDULER_SEED") ?? Random.Shared.Next();
    private readonly TimeSpan _span = TimeSpan.FromSeconds(Number("ACTORSCHEDULER_RANDOM_SECONDS") ?? 20);
    private readonly Ledger _ledger = new();
    private readonly Dictionary<OfferId, Offer> _offers = [];
    private readonly List<Task> _commands = [];
    private int _launched;

    [Fact]
    public async Task Whatever_happens_each_task_ends_once_and_no_agent_is_overcommitted()
    {
        output.WriteLine($"ACTORSCHEDULER_SEED={_seed}");
        var random = new Random(_seed);
        await using var cluster = new TestCluster();
        List<ActorSystem> masters = [.. Enumerable.Range(0, 3).Select(_ => cluster.Start(isAgent: false))];
        List<ActorSystem> hosts = [.. Enumerable.Range(0, 3).Select(_ => cluster.Start(isMaster: false, cpus: CpusOfAgent))];
        await using SchedulerClient client = cluster.Connect();
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "random" }).WaitAsync(TestCluster.Limit);
        Task offers = ReadOffers(session);
        Task updates = ReadUpdates(session);

        long startedAt = Stopwatch.GetTimestamp();
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20)))
        {
            while (Stopwatch.GetElapsedTime(startedAt) < _span && await timer.WaitForNextTickAsync())
                await Step(random, cluster, masters, hosts, client, session);
        }

        Assert.True(_ledger.Tasks.Count(static task => task.IsAcknowledged == true) > 50, "it did hardly anything");
        (await session.SuppressAsync()).OrThrow();
        await Task.WhenAll(_commands).WaitAsync(TestCluster.Limit);
        foreach (TaskRecord task in _ledger.Tasks.Where(static task => task.End is null && task.IsAcknowledged == true))
            (await session.KillAsync(task.Task.Id)).OrThrow();
        // Who crashed has lost its memory and does not come back: only an operator can say what became of its tasks.
        await Session.Eventually(async () =>
        {
            foreach (AgentSummary agent in await Agents(client))
            {
                if (agent.State == AgentState.Unreachable)
                    await client.AskAllocatorAsync<IProtocolMessage>(new MarkAgentGone(Guid.NewGuid(), agent.Info.Id));
            }
            return _ledger.Unsettled is null;
        }, $"every task ends; seed {_seed}");
        await Session.Eventually(async () => (await Agents(client)).All(static agent => agent.State == AgentState.Gone || agent is { Used.IsEmpty: true, Tasks: 0 }), $"nothing is used; seed {_seed}");
        _ledger.EachTaskEndedOnce();
        _ledger.NoAgentWasOvercommitted((long)(CpusOfAgent * 1000));
        await session.DisposeAsync();
        await Task.WhenAll(offers, updates);
    }

    private async Task Step(Random random, TestCluster cluster, List<ActorSystem> masters, List<ActorSystem> hosts, SchedulerClient client, FrameworkSession session)
    {
        switch (random.Next(1000))
        {
            case < 500:
                Use(random, session);
                break;
            case < 650 when Any(random, [.. _ledger.Tasks.Where(static task => task is { End: null, IsAcknowledged: true })]) is { } task:
                _commands.Add(session.KillAsync(task.Task.Id));
                break;
            case < 700:
                _commands.Add(session.ReviveAsync());
                break;
            case < 720:
                _commands.Add(session.ReconcileAsync());
                break;
            case < 730:
                AgentSummary[] live = [.. (await Agents(client)).Where(static agent => agent.State == AgentState.Registered)];
                if (Any(random, live) is { } drained)
                {
                    _commands.Add(client.AskAllocatorAsync<IProtocolMessage>(new DrainAgent(Guid.NewGuid(), drained.Info.Id, TimeSpan.Zero)));
                    _commands.Add(client.AskAllocatorAsync<IProtocolMessage>(new ReactivateAgent(Guid.NewGuid(), drained.Info.Id)));
                }
                break;
            case < 734 when IsCalm(masters):
                ActorSystem host = hosts[random.Next(hosts.Count)];
                hosts.Remove(host);
                await cluster.Crash(host);
                hosts.Add(cluster.Start(isMaster: false, cpus: CpusOfAgent));
                break;
            case < 738 when IsCalm(masters):
                // The eldest master has the allocator.
                await cluster.Crash(masters[0]);
                masters.RemoveAt(0);
                masters.Add(cluster.Start(isAgent: false));
                break;
        }
    }

    /// <summary>All have come together again: a majority that crashes is another story.</summary>
    private static bool IsCalm(List<ActorSystem> masters) => masters.All(static master =>
        Akka.Cluster.Cluster.Get(master).State is { Unreachable.IsEmpty: true, Members.Count: 6 } state && state.Members.All(static member => member.Status == Akka.Cluster.MemberStatus.Up));

    private void Use(Random random, FrameworkSession session)
    {
        Offer[] open;
        lock (_offers) open = [.. _offers.Values];
        if (Any(random, open) is not { } offer)
            return;
        // One in ten is used again, which must do no harm.
        if (random.Next(10) > 0)
        {
            lock (_offers) _offers.Remove(offer.Id);
        }
        // Sometimes more than there is.
        TaskInfo[] tasks = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Session.Task(
            $"t{++_launched}", cpus: 0.5 + random.Next(4) * 0.5, run: random.Next(3) == 0 ? null : (random.NextDouble() * 2).ToString("0.000", CultureInfo.InvariantCulture)))];
        _ledger.Launching(tasks);
        _commands.Add(Launch());

        async Task Launch() => _ledger.Launched(tasks, (await session.LaunchAsync(offer, tasks)).IsDone);
    }

    private async Task ReadOffers(FrameworkSession session)
    {
        await foreach (Offer offer in session.OffersAsync())
        {
            lock (_offers)
            {
                if (_offers.Count > 20)
                    _offers.Clear();
                _offers[offer.Id] = offer;
            }
        }
    }

    private async Task ReadUpdates(FrameworkSession session)
    {
        await foreach (TaskUpdate update in session.UpdatesAsync())
            _ledger.Heard(update);
    }

    private static async Task<IReadOnlyList<AgentSummary>> Agents(SchedulerClient client) => (await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents(Count: 1000))).Agents;

    private static T? Any<T>(Random random, T[] items)
        where T : class => items.Length == 0 ? null : items[random.Next(items.Length)];

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
