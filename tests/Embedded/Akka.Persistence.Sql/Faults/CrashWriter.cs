using System.Diagnostics;
using System.Globalization;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>A process that persists until it is killed, and what it printed that was acknowledged.</summary>
internal static class CrashWriter
{
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "Crash.Writer", "bin",
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Crash.Writer.dll"));

    /// <summary>How often the crash specs kill: 20 times in the suite, as often as ACTORSCHEDULER_CRASHES says in a longer run.</summary>
    internal static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("ACTORSCHEDULER_CRASHES"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 20;

    /// <summary>The seed of the run; ACTORSCHEDULER_SEED repeats one.</summary>
    internal static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("ACTORSCHEDULER_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 20261121;

    /// <summary>Runs the program, kills it after so many acknowledgements, and gives the last one of each persistence id.</summary>
    internal static async Task<Dictionary<string, long>> RunAndKill(string provider, string connectionString, string prefix, int actors, int acknowledgements)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Program, provider, connectionString, prefix, actors.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var acknowledged = new Dictionary<string, long>();
        var seen = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            // The kill may have cut the last line short; then it never was printed whole, and says nothing.
            if (parts is ["ack", var id, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                && n == acknowledged.GetValueOrDefault(id, n - 1) + 1)
                acknowledged[id] = n;
            else if (parts[0] == "failed")
                Assert.Fail(line);
            if (++seen == acknowledgements) process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.True(seen >= acknowledgements, $"The writer ended by itself after {seen} acknowledgements: {await errors}");
        return acknowledged;
    }
}
