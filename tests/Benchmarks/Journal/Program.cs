using System.Diagnostics;
using System.Globalization;
using ActorScheduler.Benchmarks.Journal;
using ActorScheduler.Journal.Writer;
using ActorScheduler.Master.Journaling;
using Akka.Actor;

// Events of 200 bytes that are committed per second with the settings as shipped, on SQLite and, where POSTGRES names one, PostgreSQL.
// Arguments: settings before the shipped ones, to try others. Output: name, value, unit.
string folder = Directory.CreateTempSubdirectory("bench-journal-").FullName;
List<(string Name, string Journal)> stores = [("sqlite", $"sqlite:{Path.Combine(folder, "journal.db")}")];
if (Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 } postgres)
    stores.Add(("postgres", $"postgres:{postgres}"));
foreach ((string name, string text) in stores)
{
    JournalStore store = JournalStore.Parse(text, folder).Value;
    using OpenJournal journal = await store.Open();
    using ActorSystem system = ShippedSystem.Create("bench", store, journal, string.Join(Environment.NewLine, args));
    // As the product writes: a few frameworks, each with what gathered while the write before was under way.
    await Measure($"cluster.persist-{name}", new Shape(Actors: 10, Batch: 20, UnderWay: 20));
    await Measure($"cluster.persist-{name}-one-actor-one-at-a-time", new Shape(Actors: 1, Batch: 1, UnderWay: 1));
    await Measure($"cluster.persist-{name}-100-actors", new Shape(Actors: 100, Batch: 1, UnderWay: 1));
    await Measure($"cluster.persist-{name}-one-actor-batches-of-100", new Shape(Actors: 1, Batch: 100, UnderWay: 8));
    await system.Terminate();

    async Task Measure(string metric, Shape shape)
    {
        const int Seconds = 2;
        string run = Guid.NewGuid().ToString("N");
        List<double> rates = [];
        IActorRef[] actors = [.. Enumerable.Range(0, shape.Actors).Select(i => system.ActorOf(FillingActor.Props($"{run}-{i}", shape.Batch, shape.UnderWay)))];
        await Total(actors);
        // The first round is for the compiler.
        for (int round = 0; round < 6; round++)
        {
            (long before, long from) = (await Total(actors), Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromSeconds(Seconds));
            rates.Add((await Total(actors) - before) / Stopwatch.GetElapsedTime(from).TotalSeconds);
        }
        double[] sorted = [.. rates.Skip(1).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{metric}.median {sorted[sorted.Length / 2]:F0} events/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{metric}.lowest {sorted[0]:F0} events/s"));
        foreach (IActorRef actor in actors)
            await actor.GracefulStop(TimeSpan.FromSeconds(30));
    }
}
Directory.Delete(folder, recursive: true);

static async Task<long> Total(IActorRef[] actors)
{
    long[] counts = await Task.WhenAll(actors.Select(static actor => actor.Ask<long>(FillingActor.HowMany, TimeSpan.FromSeconds(30))));
    return counts.Sum();
}

/// <summary>How a benchmark writes.</summary>
/// <param name="Actors">How many.</param>
/// <param name="Batch">Events that one commit has.</param>
/// <param name="UnderWay">Commits that one actor has under way at a time.</param>
internal sealed record Shape(int Actors, int Batch, int UnderWay);
