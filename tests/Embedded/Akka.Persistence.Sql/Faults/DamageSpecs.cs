using Akka.Persistence.Sql.Specs.Stores;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>A SQLite log cut short: all that was acknowledged is recovered, or recovery stops and names the record.</summary>
public sealed class DamageSpecs
{
    private const int LogHeader = 32;
    private const int FrameHeader = 24;
    private const int Page = 4096;

    [Fact]
    public async Task A_log_cut_within_its_last_records_is_noticed()
    {
        var file = Databases.NewFile();
        var prefix = $"cut-{Guid.NewGuid():N}";
        byte[] log;
        List<int> commits;
        int end;
        string id;
        long last;
        do
        {
            (id, last) = Assert.Single(await CrashWriter.RunAndKill("SQLite.MS", $"Data Source={file}", prefix, 1, 20));
            log = await File.ReadAllBytesAsync(file + "-wal");
            (commits, end) = Commits(log);
        }
        while (commits.Count < 4); // The log may just have been begun anew.

        var from = Offset(commits[^4] + 1);
        var lost = 0;
        foreach (var cut in Cuts(from, end))
        {
            var damaged = Databases.NewFile();
            File.Copy(file, damaged);
            File.Copy(file + "-acknowledged", damaged + "-acknowledged");
            await File.WriteAllBytesAsync(damaged + "-wal", log.AsMemory(0, cut));
            var recovered = (await Recovered.Read(Databases.Sqlite(damaged), [id]))[id];
            if (recovered.Failure is { } failure)
            {
                lost++;
                Assert.Contains(id, failure, StringComparison.Ordinal);
                Assert.Contains("sequence number [", failure, StringComparison.Ordinal);
            }
            else
            {
                recovered.HoldsAtLeast(id, last);
            }

            Directory.Delete(Path.GetDirectoryName(damaged)!, recursive: true);
        }

        Assert.True(lost > 0, "No cut lost anything, so this did not test what it should");
    }

    [Fact]
    public async Task A_flipped_bit_is_noticed_or_does_no_harm()
    {
        var file = Databases.NewFile();
        var id = $"flip-{Guid.NewGuid():N}";
        const int Events = 200;
        using (var kit = new TestKit.Xunit2.TestKit(Databases.Sqlite(file)))
        {
            var actor = kit.Sys.ActorOf(Akka.Actor.Props.Create(() => new Recorder(id, kit.TestActor)));
            kit.ExpectMsg("recovered ", TimeSpan.FromSeconds(10));
            for (var n = 1; n <= Events; n++)
            {
                actor.Tell($"{n}", Akka.Actor.ActorRefs.NoSender);
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

    /// <summary>The frames that end a transaction (by a page count that is not 0), and where the log's last valid frame ends.</summary>
    private static (List<int> Frames, int End) Commits(byte[] log)
    {
        // What was written before the log was last begun anew carries other salts and is no part of it.
        var frames = Enumerable.Range(0, (log.Length - LogHeader) / (FrameHeader + Page))
            .TakeWhile(f => log.AsSpan(Offset(f) + 8, 8).SequenceEqual(log.AsSpan(16, 8))).Count();
        return ([.. Enumerable.Range(0, frames).Where(f => log.AsSpan(Offset(f) + 4, 4).ContainsAnyExcept((byte)0))], Offset(frames));
    }

    private static int Offset(int frame) => LogHeader + (frame * (FrameHeader + Page));

    /// <summary>Every byte when ACTORSCHEDULER_EVERY_BYTE=1; in the suite the edges of frames and seeded ones in between.</summary>
    private static IEnumerable<int> Cuts(int from, int to)
    {
        if (Environment.GetEnvironmentVariable("ACTORSCHEDULER_EVERY_BYTE") == "1") return Enumerable.Range(from, to - from);
        var random = new Random(CrashWriter.Seed);
        var edges = Enumerable.Range(0, (to - from) / (FrameHeader + Page))
            .SelectMany(n => new[] { -1, 0, 1, FrameHeader }.Select(d => from + (n * (FrameHeader + Page)) + d));
        return edges.Append(to - 1).Concat(Enumerable.Range(0, CrashWriter.Kills * 3).Select(_ => random.Next(from, to))).Where(cut => cut >= from && cut < to).Distinct();
    }
}
