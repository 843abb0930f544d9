using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;

namespace ActorScheduler.Benchmarks.Persistence;

/// <summary>
/// Actors that each persist an event, wait for its handler, and persist the next: events a second for 1, 100 and 1,000
/// of them at once, the time of one event when there is one actor, and events a second of a recovery.
/// </summary>
internal static class Persisting
{
    private static int _run;

    internal static async Task Measure(string name, string provider, string connectionString, int rounds)
    {
        var config = ConfigurationFactory.ParseString($$"""
            akka.loglevel = WARNING
            akka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem
            akka.persistence.journal.plugin = akka.persistence.journal.sql
            akka.persistence.max-concurrent-recoveries = 1000
            akka.persistence.journal.sql {
              class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
              provider-name = "{{provider}}"
              connection-string = "{{connectionString}}"
            }
            """);
        using var system = ActorSystem.Create("bench", config);
        var latencies = new List<double>();
        await Report.Rates($"persist-{name}-1", "events/s", rounds, () => Round(system, 1, 3_000, latencies));
        latencies.Sort();
        Report.Print($"persist-{name}-1.p50", latencies[latencies.Count / 2], "ms");
        Report.Print($"persist-{name}-1.p99", latencies[latencies.Count * 99 / 100], "ms");
        await Report.Rates($"persist-{name}-100", "events/s", rounds, () => Round(system, 100, 1_000, null));
        await Report.Rates($"persist-{name}-1000", "events/s", rounds, () => Round(system, 1_000, 100, null));
        await Recovery(system, name, rounds);
        await system.Terminate();
    }

    private static async Task<double> Round(ActorSystem system, int actors, int eventsEach, List<double>? latencies)
    {
        var run = Interlocked.Increment(ref _run);
        var recovered = new CountdownEvent(actors);
        var written = new CountdownEvent(actors);
        var all = new IActorRef[actors];
        for (var n = 0; n < actors; n++)
        {
            var id = $"bench-{Environment.ProcessId}-{run}-{n}";
            all[n] = system.ActorOf(Props.Create(() => new Persister(id, recovered, written, latencies)));
        }

        await Task.Run(recovered.Wait);
        latencies?.Clear();
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var actor in all) actor.Tell(eventsEach);
        await Task.Run(written.Wait);
        var rate = Report.PerSecond((long)actors * eventsEach, startedAt);
        foreach (var actor in all) system.Stop(actor);
        return rate;
    }

    private static async Task Recovery(ActorSystem system, string name, int rounds)
    {
        const int Events = 50_000;
        var id = $"recover-{Environment.ProcessId}-{Interlocked.Increment(ref _run)}";
        var recovered = new CountdownEvent(1);
        var written = new CountdownEvent(1);
        var writer = system.ActorOf(Props.Create(() => new Persister(id, recovered, written, null)));
        writer.Tell(new Bulk(Events));
        await Task.Run(written.Wait);
        await writer.GracefulStop(TimeSpan.FromSeconds(10));
        await Report.Rates($"recovery-{name}", "events/s", rounds, async () =>
        {
            var again = new CountdownEvent(1);
            var startedAt = Stopwatch.GetTimestamp();
            var reader = system.ActorOf(Props.Create(() => new Persister(id, again, written, null)));
            await Task.Run(again.Wait);
            var rate = Report.PerSecond(Events, startedAt);
            await reader.GracefulStop(TimeSpan.FromSeconds(10));
            return rate;
        });
    }
}
