using System.Collections.Concurrent;
using System.Globalization;
using ActorScheduler.Client;
using ActorScheduler.Model;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>A framework that always has something to launch: short tasks, as many at once as it is told, and some that go on.</summary>
internal sealed class BusyFramework : IAsyncDisposable
{
    private static readonly Resources Size = Resources.Of(cpus: 0.25, mem: 32);

    private readonly ProcessCluster _cluster;
    private readonly SchedulerClient _client;
    private readonly FrameworkSession _session;
    private readonly ConcurrentDictionary<Task, bool> _launches = [];
    private readonly Random _random = new(1);
    private readonly ConcurrentDictionary<AgentId, bool> _sleepersOn = [];
    private readonly ConcurrentDictionary<TaskId, AgentId> _sleepers = [];
    private readonly int _atOnce;
    private readonly bool _hasSleepers;
    private readonly double _shortest;
    private readonly Task _offers;
    private readonly Task _updates;
    private volatile bool _isStopping;
    private int _launched;

    private BusyFramework(ProcessCluster cluster, SchedulerClient client, FrameworkSession session, int atOnce, bool hasSleepers, double shortest)
    {
        (_cluster, _client, _session, _atOnce, _hasSleepers, _shortest) = (cluster, client, session, atOnce, hasSleepers, shortest);
        _offers = ReadOffers();
        _updates = ReadUpdates();
    }

    /// <summary>What it was told.</summary>
    public Ledger Ledger { get; } = new();

    public FrameworkSession Session => _session;

    /// <summary>Tasks that run until they are killed, one on each agent, and the agent.</summary>
    public IReadOnlyList<(TaskRecord Task, AgentId Agent)> Sleepers =>
    [
        .. from sleeper in _sleepers
           let task = Ledger.Find(sleeper.Key)
           where task?.Updates.Any(static update => update.State == TaskState.Running) == true
           select (task, sleeper.Value),
    ];

    /// <summary>Begins.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="atOnce">Short tasks that it wants to run at once.</param>
    /// <param name="hasSleepers">Whether it starts a task without end on each agent, too.</param>
    /// <param name="role">Its role.</param>
    /// <param name="shortest">Seconds that a short task runs at least; at most four times that.</param>
    public static async Task<BusyFramework> Start(ProcessCluster cluster, int atOnce = 12, bool hasSleepers = true, string role = "*", double shortest = 0.2)
    {
        SchedulerClient client = cluster.Connect();
        FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = $"busy-{role}", Roles = [role] }).WaitAsync(ProcessCluster.Limit);
        return new BusyFramework(cluster, client, session, atOnce, hasSleepers, shortest);
    }

    /// <summary>Waits until so many more short tasks than now have finished: work goes on.</summary>
    public async Task Progresses(int tasks = 20)
    {
        int before = Finished();
        await Eventually.Holds($"{tasks} more tasks finish", () => Failure() ?? (Finished() - before >= tasks ? null : $"{Finished() - before} of {tasks} did; {Ledger.Unsettled}"), _cluster);
        if (_hasSleepers)
            await Eventually.Holds("a task runs on every agent", () => Sleepers.Select(static sleeper => sleeper.Agent).Distinct().Count() >= _cluster.Numbers.Count() ? null : string.Join("; ", Sleepers), _cluster);
    }

    /// <summary>Launches nothing more, ends what has no end, and waits until nothing is under way; then compares what is left in the cluster.</summary>
    public async Task Settles()
    {
        _isStopping = true;
        (await _session.SuppressAsync()).OrThrow();
        await Task.WhenAll(_launches.Keys).WaitAsync(ProcessCluster.Limit);
        foreach (TaskId sleeper in _sleepers.Keys)
            (await _session.KillAsync(sleeper)).OrThrow();
        await Eventually.Holds("every task ends and the framework hears of it", () => Failure() ?? Ledger.Unsettled, _cluster);
        await Settlement.Of(Ledger, _session.FrameworkId, _cluster);
        Ledger.EachTaskEndedOnce();
        Ledger.NoAgentWasOvercommitted(2000);
    }

    /// <summary>Leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        await _session.DisposeAsync();
        await Task.WhenAll([_offers, _updates, .. _launches.Keys]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.DisposeAsync();
    }

    private int Finished() => Ledger.Tasks.Count(static task => task.End?.State == TaskState.Finished);

    private string? Failure() => _offers.IsFaulted || _updates.IsFaulted ? throw new AggregateException(new[] { _offers, _updates }.Select(static task => task.Exception).OfType<Exception>()) : null;

    private async Task ReadOffers()
    {
        await foreach (Offer offer in _session.OffersAsync())
        {
            List<TaskInfo> tasks = _isStopping ? [] : Choose(offer);
            if (tasks.Count > 0)
                Ledger.Launching(tasks);
            Task launch = tasks.Count > 0 ? Launch(offer, tasks) : _session.DeclineAsync([offer.Id], TimeSpan.FromMilliseconds(200));
            _launches[launch] = true;
            _ = launch.ContinueWith(done => _launches.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private List<TaskInfo> Choose(Offer offer)
    {
        var tasks = new List<TaskInfo>();
        Resources left = offer.Resources;
        if (_hasSleepers && left.Contains(Size) && _sleepersOn.TryAdd(offer.Agent.Id, true))
        {
            Take(Make($"sleeper-{++_launched}"));
            _sleepers[tasks[0].Id] = offer.Agent.Id;
        }
        int wanted = _atOnce - Ledger.Live;
        while (wanted-- > 0 && left.Contains(Size))
            Take(Make($"task-{++_launched}", new Label("simulate.run", (_shortest * (1 + (3 * _random.NextDouble()))).ToString("0.000", CultureInfo.InvariantCulture))));
        return tasks;

        void Take(TaskInfo task)
        {
            tasks.Add(task);
            left = left.Subtract(Size);
        }
    }

    private static TaskInfo Make(string id, params Label[] labels) =>
        new() { Id = new TaskId(id), Resources = Size, Command = new CommandInfo("true"), Labels = new Labels(labels) };

    private async Task Launch(Offer offer, List<TaskInfo> tasks)
    {
        CommandResult result = await _session.LaunchAsync(offer, tasks);
        Ledger.Launched(tasks, result.IsDone);
    }

    private async Task ReadUpdates()
    {
        await foreach (TaskUpdate update in _session.UpdatesAsync())
        {
            Ledger.Heard(update);
            // A task without end that never came to run is tried again.
            if (update.State == TaskState.Dropped && _sleepers.TryGetValue(update.TaskId, out AgentId agent))
                _sleepersOn.TryRemove(agent, out _);
        }
    }
}
