using Akka.Persistence.Sql.Specs.Stores;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>A SQLite journal as a killed process left it, with its last records still in the log.</summary>
/// <param name="Id">Whose events.</param>
/// <param name="Last">The last that was acknowledged.</param>
/// <param name="File">The database; its log and the mark of what was acknowledged are beside it.</param>
/// <param name="Log">The log's bytes.</param>
/// <param name="From">Where the last three records begin in the log.</param>
/// <param name="LastButOne">Where the last but one of them begins and ends.</param>
/// <param name="End">Where the log's last valid frame ends.</param>
internal sealed record Written(string Id, long Last, string File, byte[] Log, int From, (int From, int End) LastButOne, int End)
{
    internal const int FrameHeader = 24;
    internal const int Frame = FrameHeader + 4096;

    private const int LogHeader = 32;
    private const int Records = 3;

    internal static async Task<Written> WithLastRecordsInTheLog()
    {
        var file = Databases.NewFile();
        var prefix = $"cut-{Guid.NewGuid():N}";
        while (true)
        {
            var (id, last) = Assert.Single(await CrashWriter.RunAndKill("SQLite.MS", $"Data Source={file}", prefix, 1, 5));
            var log = await System.IO.File.ReadAllBytesAsync(file + "-wal");
            var (commits, end) = Commits(log);
            // The log may just have been begun anew.
            if (commits.Count > Records) return new Written(id, last, file, log, Offset(commits[^(Records + 1)] + 1), (Offset(commits[^3] + 1), Offset(commits[^2] + 1)), end);
        }
    }

    /// <summary>Copies all, with the log cut short.</summary>
    internal async Task CopyTo(string file, int cut)
    {
        System.IO.File.Copy(File, file);
        System.IO.File.Copy(File + "-acknowledged", file + "-acknowledged");
        await System.IO.File.WriteAllBytesAsync(file + "-wal", Log.AsMemory(0, cut));
    }

    /// <summary>True when all is there that was acknowledged; false when recovery stopped and named the record. Anything else fails.</summary>
    internal bool Holds(Recovered recovered)
    {
        if (recovered.Failure is { } failure)
        {
            Assert.Contains(Id, failure, StringComparison.Ordinal);
            Assert.Contains("sequence number [", failure, StringComparison.Ordinal);
            return false;
        }

        recovered.HoldsAtLeast(Id, Last);
        return true;
    }

    /// <summary>The frames that end a transaction (by a page count that is not 0), and where the log's last valid frame ends.</summary>
    private static (List<int> Frames, int End) Commits(byte[] log)
    {
        // What was written before the log was last begun anew carries other salts and is no part of it.
        var frames = Enumerable.Range(0, (log.Length - LogHeader) / Frame)
            .TakeWhile(f => log.AsSpan(Offset(f) + 8, 8).SequenceEqual(log.AsSpan(16, 8))).Count();
        return ([.. Enumerable.Range(0, frames).Where(f => log.AsSpan(Offset(f) + 4, 4).ContainsAnyExcept((byte)0))], Offset(frames));
    }

    private static int Offset(int frame) => LogHeader + (frame * Frame);
}
