using System.Collections.Concurrent;
using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Benchmarks.Docker;

/// <summary>Containers by way of this repository's client.</summary>
internal sealed class ClientSide(string socket) : IDisposable
{
    public const string Image = "actorscheduler/busybox:1";

    private readonly DockerClient _client = new DockerClientConfiguration(new Uri("unix://" + socket)).CreateClient();

    /// <summary>Creates, starts, waits for and removes containers that end at once.</summary>
    public async Task<Round> RunAsync(int containers, int atOnce)
    {
        var milliseconds = new ConcurrentBag<double>();
        var left = containers;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var one = Stopwatch.StartNew();
                await RunOneAsync();
                milliseconds.Add(one.Elapsed.TotalMilliseconds);
            }
        }));
        return new Round(containers / clock.Elapsed.TotalSeconds, [.. milliseconds]);
    }

    public async Task<Round> PingAsync(int count)
    {
        var milliseconds = new double[count];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var one = Stopwatch.GetTimestamp();
            await _client.System.PingAsync();
            milliseconds[i] = Stopwatch.GetElapsedTime(one).TotalMilliseconds;
        }

        return new Round(count / clock.Elapsed.TotalSeconds, milliseconds);
    }

    public void Dispose() => _client.Dispose();

    private async Task RunOneAsync()
    {
        var created = await _client.Containers.CreateContainerAsync(new CreateContainerParameters
        {
            Image = Image,
            Cmd = ["true"],
            Labels = new Dictionary<string, string> { ["actorscheduler.test"] = "benchmark" },
            HostConfig = new HostConfig { NetworkMode = "host", LogConfig = new LogConfig { Type = "none" } },
        });
        await _client.Containers.StartContainerAsync(created.ID, new ContainerStartParameters());
        await _client.Containers.WaitContainerAsync(created.ID);
        await _client.Containers.RemoveContainerAsync(created.ID, new ContainerRemoveParameters { Force = true });
    }
}
