using System.Collections.Concurrent;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>
/// Looks at all engines all the time, and writes down what must never be: a task in two containers, and a host whose containers
/// may take more than it has.
/// </summary>
internal sealed class EngineWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _disposed = new();
    private readonly ConcurrentDictionary<string, EngineContainer> _seen = [];
    private readonly ConcurrentDictionary<string, string> _containerOf = [];
    private readonly ConcurrentQueue<string> _breaches = [];
    private readonly Task _watching;

    public EngineWatch(IReadOnlyDictionary<int, Engine> engines) => _watching = Task.WhenAll(engines.Select(engine => Watch(engine.Key, engine.Value.Api)));

    /// <summary>What it saw.</summary>
    public IReadOnlyCollection<string> Breaches => _breaches;

    /// <summary>How many containers it has seen.</summary>
    public int Seen => _seen.Count;

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _watching;
        _disposed.Dispose();
    }

    private async Task Watch(int host, EngineApi engine)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                await Look(host, engine);
                await timer.WaitForNextTickAsync(_disposed.Token);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The engine is away just now; or it is over.
            }
        }
    }

    private async Task Look(int host, EngineApi engine)
    {
        var running = new List<EngineContainer>();
        foreach (string id in await engine.Ids(all: false))
        {
            if (!_seen.TryGetValue(id, out EngineContainer? container))
            {
                if (await engine.Find(id) is not { } found)
                    continue;
                container = _seen.GetOrAdd(id, found);
            }
            running.Add(container);
            if (_containerOf.GetOrAdd($"{container.FrameworkId} {container.TaskId}", id) is var first && first != id)
                _breaches.Enqueue($"task {container.TaskId} was in container {first} and in {id} on host {host}");
        }
        (double cpus, long memory) = (running.Sum(static container => container.Cpus), running.Sum(static container => container.Memory));
        if (cpus > HostCluster.Cpus + 0.01 || memory > (long)HostCluster.Memory << 20)
            _breaches.Enqueue($"host {host} ran containers of {cpus:0.##} cpus and {memory >> 20} MiB: {string.Join(", ", running)}");
    }
}
