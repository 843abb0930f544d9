using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql.Specs.Stores;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>A SQLite log cut short: all that was acknowledged is recovered, or recovery stops and names the record.</summary>
public sealed class DamageSpecs
{
    [Fact]
    public async Task A_log_cut_within_its_last_records_is_noticed_by_actors()
    {
        var written = await Written.WithLastRecordsInTheLog();
        var lost = 0;
        foreach (var cut in Cuts(written.From, written.End))
        {
            var damaged = Databases.NewFile();
            await written.CopyTo(damaged, cut);
            lost += written.Holds((await Recovered.Read(Databases.Sqlite(damaged), [written.Id]))[written.Id]) ? 0 : 1;
            Directory.Delete(Path.GetDirectoryName(damaged)!, recursive: true);
        }

        Assert.True(lost > 0, "No cut lost anything, so this did not test what it should");
    }

    /// <summary>
    /// In the suite the last record but one, which was acknowledged for certain; with ACTORSCHEDULER_EVERY_BYTE=1 the last three
    /// (50,000 cuts, about a minute).
    /// </summary>
    [Fact]
    public async Task A_log_cut_at_any_byte_of_a_record_is_noticed_by_the_journal()
    {
        var written = await Written.WithLastRecordsInTheLog();
        using var system = ActorSystem.Create("replay", ConfigurationFactory.ParseString(Databases.Sqlite("unused")).WithFallback(SqlPersistence.DefaultConfiguration));
        var isAll = Environment.GetEnvironmentVariable("ACTORSCHEDULER_EVERY_BYTE") == "1";
        var (from, end) = isAll ? (written.From, written.End) : written.LastButOne;
        var (next, lost) = (from - 1, 0);
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount * 2).Select(async _ =>
        {
            var replay = system.ActorOf(Props.Create(() => new Replay(written.Id)));
            for (var cut = Interlocked.Increment(ref next); cut < end; cut = Interlocked.Increment(ref next))
            {
                var damaged = Databases.NewFileInMemory();
                await written.CopyTo(damaged, cut);
                if (!written.Holds(await replay.Ask<Recovered>(damaged, TimeSpan.FromSeconds(30)))) Interlocked.Increment(ref lost);
                Directory.Delete(Path.GetDirectoryName(damaged)!, recursive: true);
            }
        }));

        Assert.True(lost > 0, "No cut lost anything, so this did not test what it should");
        await system.Terminate();
    }

    [Fact]
    public async Task A_flipped_bit_is_noticed_or_does_no_harm()
    {
        var file = Databases.NewFile();
        var id = $"flip-{Guid.NewGuid():N}";
        const int Events = 200;
        using (var kit = new TestKit.Xunit2.TestKit(Databases.Sqlite(file)))
        {
            var actor = kit.Sys.ActorOf(Props.Create(() => new Recorder(id, kit.TestActor)));
            kit.ExpectMsg("recovered ", TimeSpan.FromSeconds(10));
            for (var n = 1; n <= Events; n++)
            {
                actor.Tell($"{n}", ActorRefs.NoSender);
                kit.ExpectMsg($"written {n}");
            }
        }

        // Everything into the file itself.
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await checkpoint.ExecuteNonQueryAsync();
        }

        var whole = await File.ReadAllBytesAsync(file);
        var random = new Random(CrashWriter.Seed);
        var noticed = 0;
        for (var flip = 0; flip < CrashWriter.Kills * 4; flip++)
        {
            var damaged = Databases.NewFile();
            var bytes = (byte[])whole.Clone();
            var bit = random.Next(bytes.Length * 8);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(damaged, bytes);
            var recovered = (await Recovered.Read(Databases.Sqlite(damaged), [id]))[id];
            if (recovered.Failure is null) recovered.HoldsAtLeast(id, Events);
            else noticed++;
            if (recovered.Failure is { } failure) Assert.Contains(id, failure, StringComparison.Ordinal);
            Directory.Delete(Path.GetDirectoryName(damaged)!, recursive: true);
        }

        Assert.True(noticed > 0, "No flip did harm, so this did not test what it should");
    }

    /// <summary>The edges of frames and seeded places in between.</summary>
    private static IEnumerable<int> Cuts(int from, int to)
    {
        var random = new Random(CrashWriter.Seed);
        var edges = Enumerable.Range(0, (to - from) / Written.Frame).SelectMany(n => new[] { -1, 0, 1, Written.FrameHeader }.Select(d => from + (n * Written.Frame) + d));
        return edges.Append(to - 1).Concat(Enumerable.Range(0, CrashWriter.Kills * 3).Select(_ => random.Next(from, to))).Where(cut => cut >= from && cut < to).Distinct();
    }
}
