using System.Diagnostics;
using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>
/// The allocator's node is killed, of three: how long until the allocator answers again by another node, and until the last of some frameworks
/// has answered its scheduler? Before that, a question's way from a client to the allocator and back.
/// </summary>
internal static class Failovers
{
    private const int Rounds = 10;
    private const int Frameworks = 12;
    private const int Questions = 2000;

    internal static async Task Run()
    {
        await using var cluster = new Nodes(3);
        for (int number = 1; number <= 3; number++)
        {
            // One after another, so that it is known who is the oldest.
            cluster.Start(number);
            await Nodes.Ready(number);
        }
        await using var client = new SchedulerClient(new SchedulerClientOptions { Contacts = cluster.Contacts, CommandTimeout = TimeSpan.FromMinutes(1), RetryInterval = TimeSpan.FromMilliseconds(200) });
        await RoundTrip(client);
        List<FrameworkSession> sessions = [];
        for (int i = 0; i < Frameworks; i++)
            sessions.Add(await client.RegisterAsync(new FrameworkInfo { Name = $"f{i}" }));
        List<double> allocator = [], frameworks = [];
        for (int round = 0; round < Rounds; round++)
        {
            int oldest = (round % 3) + 1, next = (oldest % 3) + 1;
            await Task.WhenAll(sessions.Select(static session => session.SuppressAsync()));
            long begun = Stopwatch.GetTimestamp();
            cluster[oldest].Kill();
            Task<double> answered = Since(begun, Nodes.Answers(next, "v1/agents"));
            frameworks.Add(await Since(begun, Task.WhenAll(sessions.Select(static session => session.SuppressAsync()))));
            allocator.Add(await answered);
            await cluster[oldest].DisposeAsync();
            cluster.Start(oldest);
            await Nodes.Ready(oldest);
            await Task.Delay(TimeSpan.FromSeconds(3));
        }
        Figures.Print("singleton-failover", allocator, "s");
        Figures.Print("shard-failover", frameworks, "s");
        foreach (FrameworkSession session in sessions)
            await session.DisposeAsync();
    }

    private static async Task RoundTrip(SchedulerClient client)
    {
        List<double> spans = [];
        for (int question = 0; question < Questions; question++)
        {
            long begun = Stopwatch.GetTimestamp();
            await client.AskAllocatorAsync<ClusterSummary>(new GetClusterSummary());
            spans.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        Figures.Print("round-trip", spans.Skip(Questions / 2), "ms");
    }

    private static async Task<double> Since(long begun, Task task)
    {
        await task;
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
