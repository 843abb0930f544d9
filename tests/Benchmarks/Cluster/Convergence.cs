using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>
/// How long it takes until each of so many members, which all join at once, sees all of them up. The members are actor
/// systems in this one process, with real connections between them.
/// </summary>
/// <remarks>
/// A hundred share two cores with the ten thousand connections that they make, so those have the settings that the reference
/// configuration gives for slow networks: what is measured is agreement, not how soon a starved node is given up.
/// </remarks>
internal static class Convergence
{
    private const string Slow = """
        akka.cluster {
          failure-detector { heartbeat-interval = 1 s, acceptable-heartbeat-pause = 6 s }
          split-brain-resolver { stable-after = 7 s, down-all-when-unstable = 30 s }
        }
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    internal static async Task Run(int rounds)
    {
        foreach (var (members, times) in new[] { (3, rounds), (30, Math.Min(rounds, 5)), (100, Math.Min(rounds, 3)) })
        {
            var seconds = new List<double>();
            for (var i = 0; i < times; i++) seconds.Add(await Round(members));
            Report.Times($"convergence-{members}", seconds);
        }
    }

    private static async Task<double> Round(int members)
    {
        var config = ConfigurationFactory.ParseString("""
            akka { loglevel = ERROR, stdout-loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }
            """).WithFallback(members > 30 ? Slow : "").WithFallback(ConfigurationFactory.ParseString(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "reference.conf"))));
        var clusters = Enumerable.Range(0, members).Select(_ => Akka.Cluster.Cluster.Get(ActorSystem.Create("bench", config))).ToArray();
        try
        {
            var startedAt = Stopwatch.GetTimestamp();
            foreach (var cluster in clusters) cluster.Join(clusters[0].SelfAddress);
            while (!clusters.All(cluster => SeesUp(cluster, members)))
            {
                if (Stopwatch.GetElapsedTime(startedAt) > Limit)
                    throw new TimeoutException($"{members} members: after {Limit} only {clusters.Count(c => SeesUp(c, members))} see all up");
                await Task.Delay(20);
            }

            return Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        }
        finally
        {
            // At once: leaving one after another is not what is measured.
            foreach (var cluster in clusters) ((ExtendedActorSystem)cluster.System).Abort();
            await Task.WhenAll(clusters.Select(cluster => cluster.System.WhenTerminated)).WaitAsync(Limit);
        }
    }

    private static bool SeesUp(Akka.Cluster.Cluster cluster, int members)
    {
        var state = cluster.State;
        return state.Members.Count == members && state.Unreachable.IsEmpty && state.Members.All(static member => member.Status == MemberStatus.Up);
    }
}
