using System.Collections.Concurrent;
using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>When the engine says that things happened to containers, by its own clock.</summary>
internal sealed class EngineEvents : IAsyncDisposable, IProgress<Message>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Container, string Action), DateTimeOffset> _at = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly DockerClient _client;
    private readonly Task _listening;

    public EngineEvents(Uri address)
    {
        _client = new DockerClientConfiguration(address).CreateClient();
        _listening = _client.System.MonitorEventsAsync(new ContainerEventsParameters(), this, _ended.Token);
    }

    public void Report(Message value)
    {
        if (value.Actor?.ID is { } container && value.Action is { } action)
            _at[(container, action)] = DateTimeOffset.UnixEpoch.AddTicks(value.TimeNano / 100);
    }

    /// <summary>When something happened; events may come a moment later than what they are about.</summary>
    public async Task<DateTimeOffset> At(string container, string action)
    {
        long since = Stopwatch.GetTimestamp();
        DateTimeOffset at;
        while (!_at.TryGetValue((container, action), out at))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"the engine did not tell of {action}");
            await Task.Delay(5);
        }
        return at;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        _client.Dispose();
    }
}
