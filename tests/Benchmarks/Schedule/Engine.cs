using System.Diagnostics;
using ActorScheduler.Containers.Docker;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Benchmarks.Schedule;

/// <summary>The raw engine, used as sparingly as it can be: create and start, nothing else.</summary>
internal sealed class Engine(Uri address) : IDisposable
{
    public const string Image = "actorscheduler/busybox:1";

    private static readonly string[] Command = ["sleep", "600"];
    private readonly DockerClient _client = new DockerClientConfiguration(address).CreateClient();
    private readonly List<string> _made = [];

    public static Uri Address => new(DockerSettings.UsualEndpoint);

    /// <summary>Seconds until so many containers run, started by so many at once.</summary>
    public async Task<double> Start(int count, int atOnce)
    {
        long startedAt = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, cancellation) =>
        {
            CreateContainerResponse made = await _client.Containers.CreateContainerAsync(
                new CreateContainerParameters { Image = Image, Cmd = Command, HostConfig = new HostConfig { NetworkMode = "host" } }, cancellation);
            lock (_made) _made.Add(made.ID);
            await _client.Containers.StartContainerAsync(made.ID, new ContainerStartParameters(), cancellation);
        });
        return Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    /// <summary>Removes what it started.</summary>
    public async Task Clear()
    {
        await Parallel.ForEachAsync(_made, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (id, cancellation) =>
            await _client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true }, cancellation));
        _made.Clear();
    }

    /// <summary>Kills a container, as somebody else would.</summary>
    public Task Kill(string container) => _client.Containers.KillContainerAsync(container, new ContainerKillParameters { Signal = "SIGKILL" });

    public void Dispose() => _client.Dispose();
}
