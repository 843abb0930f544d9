using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Client;
using ActorScheduler.Model;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>
/// A framework that keeps what it wishes running, whatever ends: services that go on, jobs that end after a moment, and what specs
/// ask for once. What it was told is in its ledger.
/// </summary>
internal sealed class KeepingFramework : IAsyncDisposable
{
    private readonly HostCluster _hosts;
    private readonly SchedulerClient _client;
    private readonly bool _replaces;
    private readonly int _perOffer;
    private readonly List<Wish> _wishes = [];
    private readonly ConcurrentDictionary<Task, bool> _calls = [];
    private readonly ConcurrentDictionary<TaskId, long> _launchedAt = [];
    private readonly ConcurrentQueue<TimeSpan> _starts = [];
    private readonly Task _offers;
    private readonly Task _updates;

    private KeepingFramework(HostCluster hosts, SchedulerClient client, FrameworkSession session, bool replaces, int perOffer)
    {
        (_hosts, _client, Session, _replaces, _perOffer) = (hosts, client, session, replaces, perOffer);
        _offers = ReadOffers();
        _updates = ReadUpdates();
    }

    public FrameworkSession Session { get; }

    /// <summary>What it was told.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>Tasks that fulfil wishes and run, as far as it was told.</summary>
    public IReadOnlyList<TaskRecord> Running => [.. Wishes().Select(static wish => wish.Task).OfType<TaskId>().Select(id => Ledger.Find(id)).OfType<TaskRecord>().Where(static task => Runs(task))];

    /// <summary>Begins, and wishes for nothing yet.</summary>
    /// <param name="hosts">Where.</param>
    /// <param name="replaces">
    /// Whether a service whose agent is not reached is replaced at once, and ended when it is back. Else its agent is waited for.
    /// </param>
    /// <param name="perOffer">Most tasks that it launches on one offer: one spreads them over hosts.</param>
    public static async Task<KeepingFramework> Start(HostCluster hosts, bool replaces = false, int perOffer = 1)
    {
        SchedulerClient client = hosts.Nodes.Connect();
        FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "keeping" }).WaitAsync(ProcessCluster.Limit);
        return new KeepingFramework(hosts, client, session, replaces, perOffer);
    }

    /// <summary>
    /// Keeps so many services running, and so many jobs with all kinds of exit codes; returns when all services run. When that fails
    /// the framework is over: specs that come later need the room.
    /// </summary>
    /// <param name="services">How many.</param>
    /// <param name="jobs">How many at once.</param>
    /// <param name="on">On which agent; null for any.</param>
    public async Task Keep(int services, int jobs, AgentId? on = null)
    {
        Wish(Enumerable.Range(1, services).Select(i => new Wish($"service-{i}", Given.Shell(Given.Service), on)));
        WishForJobs(1, jobs, on);
        try
        {
            await AllRun(services);
            await Progresses();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps jobs running.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="on">On which agent; null for any.</param>
    public void WishForJobs(int first, int count, AgentId? on = null) =>
        Wish(Enumerable.Range(first, count).Select(i => new Wish($"job-{i}", Given.Shell($"sleep 0.{i % 5}; exit {i % 3}"), on)));

    /// <summary>Wishes for more.</summary>
    public void Wish(params IEnumerable<Wish> wishes)
    {
        lock (_wishes) _wishes.AddRange(wishes);
    }

    /// <summary>Waits until all services run, as it was told.</summary>
    public Task AllRun(int services) => Holds($"{services} services run", () =>
        Running.Count(static task => IsService(task)) == services ? null : string.Join("; ", Ledger.Tasks.Where(static task => IsService(task) && task.End is null)));

    /// <summary>Waits until so many more jobs than now have ended: work goes on.</summary>
    public async Task Progresses(int jobs = 6)
    {
        int before = Ended();
        await Holds($"{jobs} more jobs end", () => Ended() - before >= jobs ? null : $"{Ended() - before} did; {Ledger.Unsettled}");

        int Ended() => Ledger.Tasks.Count(static task => !IsService(task) && task.End?.ExitCode is not null);
    }

    /// <summary>Launches a task once.</summary>
    /// <param name="task">What; its id is made here.</param>
    /// <param name="name">What its id begins with.</param>
    /// <param name="host">On which host; null for any.</param>
    /// <param name="until">Returns when an update fits; null for when it has ended.</param>
    public async Task<TaskRecord> Launch(TaskInfo task, string name, int? host = null, Predicate<TaskUpdate>? until = null)
    {
        AgentId? agent = host is { } number ? (await _hosts.Agent(number)).Info.Id : null;
        var wish = new Wish(name, task, agent, IsOnce: true);
        Wish(wish);
        TaskRecord? record = null;
        await Holds($"task {name} is launched", () => (record = Ledger.Tasks.FirstOrDefault(known => known.Task.Name == name)) is not null ? null : "it is not");
        await Holds($"what is waited for of task {name}", () => record!.Updates.Any(update => until?.Invoke(update) ?? update.State.IsTerminal()) ? null : record.ToString());
        return record!;
    }

    /// <summary>How long tasks of a wish took from their launch until they ran, since the last call.</summary>
    public IReadOnlyList<TimeSpan> TakeStartTimes()
    {
        var times = new List<TimeSpan>();
        while (_starts.TryDequeue(out TimeSpan time))
            times.Add(time);
        return times;
    }

    /// <summary>Launches no more jobs.</summary>
    public void WantsNoJobs()
    {
        lock (_wishes) _wishes.RemoveAll(static wish => !wish.IsService);
    }

    /// <summary>Launches no more jobs, and waits until those that there are have ended.</summary>
    public async Task Rests()
    {
        WantsNoJobs();
        await Holds("no job runs", () => Ledger.Tasks.Where(static task => task.Counts && task.End is null && !IsService(task)).ToList() is { Count: > 0 } open ? string.Join("; ", open) : null);
    }

    /// <summary>Wishes for nothing more, ends all, and compares what the cluster and the engines have with what it was told.</summary>
    public async Task Settles()
    {
        lock (_wishes) _wishes.Clear();
        (await Session.SuppressAsync()).OrThrow();
        await Task.WhenAll(_calls.Keys).WaitAsync(ProcessCluster.Limit);
        foreach (TaskRecord task in Ledger.Tasks.Where(static task => task.Counts && task.End is null))
            await Session.KillAsync(task.Task.Id);
        await Holds("every task ends and the framework hears of it", () => Ledger.Unsettled);
        await Settlement.Of(Ledger, Session.FrameworkId, _hosts.Nodes);
        await _hosts.Agrees();
        Ledger.EachTaskEndedOnce();
        Ledger.NoAgentWasOvercommitted(HostCluster.Cpus * 1000);
        // Whatever was killed meanwhile ended with other codes than these.
        Assert.All(Ledger.Tasks.Where(static task => task.Task.Name.StartsWith("job-", StringComparison.Ordinal) && task.End?.ExitCode < 3), static job =>
            Assert.Equal(int.Parse(job.Task.Name["job-".Length..], CultureInfo.InvariantCulture) % 3, job.End!.ExitCode));
        Assert.Empty(_hosts.Watch.Breaches);
    }

    /// <summary>Leaves for good.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_wishes) _wishes.Clear();
        // A spec that failed leaves nothing to the next one.
        await ((Task)Session.TearDownAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Session.DisposeAsync();
        await Task.WhenAll([_offers, _updates, .. _calls.Keys]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.DisposeAsync();
    }

    private static bool IsService(TaskRecord task) => task.Task.Name.StartsWith("service", StringComparison.Ordinal);

    private static bool Runs(TaskRecord task) => task.End is null && task.Updates is [.., { State: TaskState.Running }];

    private Wish[] Wishes()
    {
        lock (_wishes) return [.. _wishes];
    }

    private Task<TimeSpan> Holds(string what, Func<string?> missing) => Eventually.Holds(what, () => Failure() ?? missing(), _hosts.Nodes);

    private string? Failure() => _offers.IsFaulted || _updates.IsFaulted
        ? throw new AggregateException(new[] { _offers, _updates }.Select(static task => task.Exception).OfType<Exception>())
        : null;

    private async Task ReadOffers()
    {
        await foreach (Offer offer in Session.OffersAsync())
        {
            List<TaskInfo> tasks = Choose(offer);
            if (tasks.Count > 0)
                Ledger.Launching(tasks);
            Follow(tasks.Count > 0 ? Launch(offer, tasks) : Session.DeclineAsync([offer.Id], TimeSpan.FromMilliseconds(100)));
        }
    }

    private List<TaskInfo> Choose(Offer offer)
    {
        var tasks = new List<TaskInfo>();
        Resources left = offer.Resources;
        lock (_wishes)
        {
            foreach (Wish wish in _wishes.Where(wish => wish.Task is null && (wish.On is null || wish.On == offer.Agent.Id)))
            {
                if (tasks.Count == _perOffer || !left.Contains(wish.Template.Resources))
                    continue;
                left = left.Subtract(wish.Template.Resources);
                wish.Task = new TaskId($"{wish.Name}-{++wish.Count}");
                tasks.Add(wish.Template with { Id = wish.Task.Value, Name = wish.Name });
            }
        }
        return tasks;
    }

    private async Task Launch(Offer offer, List<TaskInfo> tasks)
    {
        foreach (TaskInfo task in tasks)
            _launchedAt[task.Id] = Stopwatch.GetTimestamp();
        CommandResult result = await Session.AcceptAsync([offer.Id], [new OfferOperation.Launch(tasks)], TimeSpan.Zero);
        Ledger.Launched(tasks, result.IsDone);
        foreach (TaskInfo task in tasks.Where(_ => !result.IsDone))
            Free(task.Id, isOver: false);
    }

    private async Task ReadUpdates()
    {
        await foreach (TaskUpdate update in Session.UpdatesAsync())
        {
            Ledger.Heard(update);
            if (update.State == TaskState.Running && _launchedAt.TryRemove(update.TaskId, out long at))
                _starts.Enqueue(Stopwatch.GetElapsedTime(at));
            if (update.State.IsTerminal())
                Free(update.TaskId, isOver: update.State != TaskState.Dropped);
            else if (update.State == TaskState.Unreachable && Wishes().FirstOrDefault(wish => wish.Task == update.TaskId) is { IsOnce: false } wish && (_replaces || !wish.IsService))
                Free(update.TaskId, isOver: false);
            else if (update.State == TaskState.Running && _replaces && !Wishes().Any(wish => wish.Task == update.TaskId))
                Follow(Session.KillAsync(update.TaskId));
        }
    }

    private void Free(TaskId task, bool isOver)
    {
        lock (_wishes)
        {
            foreach (Wish wish in _wishes.Where(wish => wish.Task == task).ToList())
            {
                wish.Task = null;
                if (isOver && wish.IsOnce)
                    _wishes.Remove(wish);
            }
        }
    }

    private void Follow(Task call)
    {
        _calls[call] = true;
        _ = call.ContinueWith(done => _calls.TryRemove(done, out _), TaskScheduler.Default);
    }
}
