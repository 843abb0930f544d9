using Akka.Persistence.Sql.Specs.Stores;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>A process killed with SIGKILL at random moments: what it acknowledged is recovered, in order, none twice.</summary>
[Collection("postgres")]
public sealed class CrashSpecs
{
    private const int Actors = 5;

    [Fact]
    public Task Nothing_acknowledged_is_lost_by_a_kill_on_sqlite()
    {
        var file = Databases.NewFile();
        return KillAgainAndAgain("SQLite.MS", $"Data Source={file}", Databases.Sqlite(file));
    }

    [PostgresFact]
    public Task Nothing_acknowledged_is_lost_by_a_kill_on_postgres() =>
        KillAgainAndAgain("PostgreSQL.15", Databases.Postgres!, Databases.OnPostgres());

    [Fact]
    public async Task Two_processes_write_to_one_sqlite_file()
    {
        var file = Databases.NewFile();
        string[] prefixes = [$"one-{Guid.NewGuid():N}", $"two-{Guid.NewGuid():N}"];
        var both = await Task.WhenAll(prefixes.Select(prefix => CrashWriter.RunAndKill("SQLite.MS", $"Data Source={file}", prefix, Actors, 1000)));
        var recovered = await Recovered.Read(Databases.Sqlite(file), both.SelectMany(one => one.Keys));
        foreach (var (id, n) in both.SelectMany(one => one)) recovered[id].HoldsAtLeast(id, n);
    }

    private static async Task KillAgainAndAgain(string provider, string connectionString, string config)
    {
        var random = new Random(CrashWriter.Seed);
        var prefix = $"crash-{Guid.NewGuid():N}";
        var highest = new Dictionary<string, long>();
        for (var kill = 0; kill < CrashWriter.Kills; kill++)
        {
            foreach (var (id, n) in await CrashWriter.RunAndKill(provider, connectionString, prefix, Actors, random.Next(1, 400)))
            {
                Assert.True(n > highest.GetValueOrDefault(id), $"{id} acknowledged {n} anew");
                highest[id] = n;
            }

            var recovered = await Recovered.Read(config, highest.Keys);
            foreach (var (id, n) in highest) recovered[id].HoldsAtLeast(id, n);
        }
    }
}
