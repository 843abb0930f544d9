using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>
/// Notices what becomes of containers by one stream of the engine's events. A stream may break, or miss what happens while it is
/// set up: so whenever it was, and now and then, one list of all containers is compared with what is known.
/// </summary>
/// <param name="engine">Whose.</param>
/// <param name="settings">How often.</param>
/// <param name="time">The clock.</param>
/// <param name="observer">Who wants to know.</param>
internal sealed class EngineWatch(DockerEngine engine, DockerSettings settings, TimeProvider time, IWatchObserver observer) : IAsyncDisposable
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(2);

    /// <summary>By then the engine has begun to send what the stream was asked for.</summary>
    private static readonly TimeSpan SetUp = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _disposed = new();
    private readonly SemaphoreSlim _due = new(0);
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private bool _isStarted;
    private volatile string? _trouble;

    /// <summary>Why containers cannot be seen now, or null.</summary>
    public string? Trouble => _trouble;

    /// <summary>Begins to watch, once.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (_isStarted || _disposed.IsCancellationRequested)
                return;
            _isStarted = true;
            _running = Task.WhenAll(Task.Run(Listen), Task.Run(Compare));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _running;
    }

    private async Task Listen()
    {
        var parameters = new ContainerEventsParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["type"] = Only("container"), ["event"] = Only("kill", "die", "oom", "destroy"), ["label"] = Only(ContainerLabels.AgentId),
            },
        };
        TimeSpan retry = RetryMin;
        while (!_disposed.IsCancellationRequested)
        {
            long since = time.GetTimestamp();
            try
            {
                _due.Release();
                await engine.Client.System.MonitorEventsAsync(parameters, new Heard(observer), _disposed.Token);
            }
            catch (Exception)
            {
                // Whatever it was: the comparison that comes with the next stream finds what was missed.
            }
            // Whoever answers next may be another one.
            engine.Doubt();
            retry = time.GetElapsedTime(since) > RetryMax ? RetryMin : retry * 2 < RetryMax ? retry * 2 : RetryMax;
            await Wait(retry);
        }
    }

    private async Task Compare()
    {
        TimeSpan pause = TimeSpan.Zero;
        while (!_disposed.IsCancellationRequested)
        {
            bool isNewStream = await IsDue(pause);
            if (_disposed.IsCancellationRequested)
                return;
            try
            {
                IList<ContainerListResponse> all = await engine.Ask(static (client, limit) => client.Containers.ListContainersAsync(All, limit), _disposed.Token);
                _trouble = null;
                TellHolders(all);
                observer.Listed(all.Where(static container => container.Labels?.ContainsKey(ContainerLabels.RunId) == true)
                    .GroupBy(static container => container.Labels[ContainerLabels.RunId], StringComparer.Ordinal)
                    .ToDictionary(static run => run.Key, static run => run.First().State, StringComparer.Ordinal));
                pause = isNewStream ? SetUp : settings.LookInterval;
            }
            catch (Exception e)
            {
                _trouble = engine.OnTheWay(e)?.Message ?? e.Message;
                pause = RetryMin * 2;
            }
        }
    }

    /// <summary>Until a new stream is set up, or the time is up.</summary>
    private async Task<bool> IsDue(TimeSpan most)
    {
        try
        {
            return await _due.WaitAsync(most, _disposed.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static ContainersListParameters All => new()
    {
        All = true,
        Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = Only(ContainerLabels.AgentId) },
    };

    /// <summary>Tasks that run in this very list count: one that is just being started may have its network since.</summary>
    private void TellHolders(IList<ContainerListResponse> all)
    {
        HashSet<string> running = [.. all.Where(static container => ContainerReadings.MayRun(container.State)).Select(static container => Label(container, ContainerLabels.Holds)).OfType<string>()];
        foreach (string holder in all.Where(static container => ContainerReadings.MayRun(container.State))
            .Select(static container => Label(container, ContainerLabels.Holder)).OfType<string>().Distinct().Where(holder => !running.Contains(holder)))
            observer.HolderEnded(holder);
    }

    private static string? Label(ContainerListResponse container, string name) =>
        container.Labels is { } labels && labels.TryGetValue(name, out string? value) ? value : null;

    private static Dictionary<string, bool> Only(params ReadOnlySpan<string> values)
    {
        var only = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (string value in values)
            only[value] = true;
        return only;
    }

    private async Task Wait(TimeSpan pause) => await Task.Delay(pause, time, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Events are told in their order, on the stream's own thread.</summary>
    private sealed class Heard(IWatchObserver observer) : IProgress<Message>
    {
        public void Report(Message value)
        {
            if (value.Actor?.Attributes is not { } attributes)
                return;
            if (attributes.TryGetValue(ContainerLabels.Holds, out string? holder))
                Holder(holder, value.Action);
            else if (attributes.TryGetValue(ContainerLabels.RunId, out string? runId))
                observer.Happened(runId, value.Action ?? value.Status ?? "", attributes.TryGetValue("signal", out string? signal) ? signal : null);
        }

        private void Holder(string name, string? action)
        {
            if (action is "die" or "destroy")
                observer.HolderEnded(name);
        }
    }
}
