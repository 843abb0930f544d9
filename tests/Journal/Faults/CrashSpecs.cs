using System.Globalization;
using ActorScheduler.Journal.Specs.Harness;
using ActorScheduler.Processes;

namespace ActorScheduler.Journal.Specs.Faults;

/// <summary>Processes killed with SIGKILL at random moments, while snapshots are written and old facts deleted: what was acknowledged is recovered, in order, none twice.</summary>
[Collection("postgres")]
public sealed class CrashSpecs : IDisposable
{
    private const int Actors = 5;

    private readonly TestFolder _folder = new();

    /// <summary>Some in the suite, since each costs the start of a process; ACTORSCHEDULER_CRASHES=200 in a longer run.</summary>
    private static int Kills => Number("ACTORSCHEDULER_CRASHES", 12);

    /// <summary>ACTORSCHEDULER_SEED repeats a run.</summary>
    private static int Seed => Number("ACTORSCHEDULER_SEED", 20261129);

    [Fact]
    public Task Nothing_acknowledged_is_lost_by_a_kill_on_sqlite() => KillAgainAndAgain(_folder.Journal);

    [PostgresFact]
    public async Task Nothing_acknowledged_is_lost_by_a_kill_on_postgres() => await KillAgainAndAgain($"postgres:{await PostgresServer.NewDatabase()}");

    [Fact]
    public Task An_actor_that_goes_to_another_process_and_back_loses_nothing_on_sqlite() => ThereAndBack(_folder.Journal);

    [PostgresFact]
    public async Task An_actor_that_goes_to_another_process_and_back_loses_nothing_on_postgres() => await ThereAndBack($"postgres:{await PostgresServer.NewDatabase()}");

    [Fact]
    public async Task Two_processes_write_to_one_sqlite_file()
    {
        await using var one = new Writers(_folder.Journal, Actors, snapshotDueAfter: 20);
        await using var two = new Writers(_folder.Journal, Actors, snapshotDueAfter: 20);
        for (int round = 0; round < 2; round++)
        {
            (NodeProcess first, NodeProcess second) = (one.Start(), two.Start());
            await Task.WhenAll(one.Write(first, 500), two.Write(second, 500));
            await Task.WhenAll(Writers.Kill(first), Writers.Kill(second));
            one.Check(first);
            two.Check(second);
        }

        Assert.True(one.Acknowledged > 0 && two.Acknowledged > 0);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task KillAgainAndAgain(string journal)
    {
        var random = new Random(Seed);
        await using var writers = new Writers(journal, Actors, snapshotDueAfter: 20);
        // The next one starts while one writes, and waits.
        NodeProcess next = writers.Start();
        for (int kill = 0; kill < Kills; kill++)
        {
            NodeProcess current = next;
            next = writers.Start();
            await writers.Write(current, random.Next(1, 400));
            await Writers.Kill(current);
            writers.Check(current);
        }

        await writers.Write(next, Actors);
        await Writers.Kill(next);
        writers.Check(next);
        Assert.True(writers.Acknowledged > Kills, "Hardly anything was written, so this did not test what it should");
    }

    /// <summary>A writes, B writes, A writes once more under the id that its process had before, and is killed; C recovers all of it.</summary>
    private static async Task ThereAndBack(string journal)
    {
        await using var writers = new Writers(journal, Actors, snapshotDueAfter: int.MaxValue);
        (NodeProcess a, NodeProcess b, NodeProcess c) = (writers.Start(), writers.Start(), writers.Start());
        await writers.Write(a, 100);
        await Writers.Stop(a);
        int back = a.Lines.Count;
        writers.Check(a);
        await writers.Write(b, 100);
        await Writers.Kill(b);
        writers.Check(b);
        await writers.Write(a, 100);
        await Writers.Kill(a);
        writers.Check(a, back);
        await writers.Write(c, 2 * Actors);
        await Writers.Kill(c);
        writers.Check(c);
        Assert.True(writers.Acknowledged > 0);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : otherwise;
}
