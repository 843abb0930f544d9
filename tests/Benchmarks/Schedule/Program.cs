using ActorScheduler.Benchmarks.Schedule;

// Prints `metric value unit`, a line each. Arguments: which benchmarks, all when none is named.
//   P3   tasks launched, run and acknowledged a second, on SQLite and, when POSTGRES is set, on PostgreSQL
//   P7   failover with many agents and tasks: until everybody is registered again; a tenth with --small
string[] wanted = [.. args.Where(static arg => arg[0] != '-')];
if (wanted.Length == 0)
    wanted = ["P3", "P7"];
foreach (string name in wanted)
{
    switch (name)
    {
        case "P3":
            await Throughput.Run("sqlite", Journal.Sqlite);
            if (Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 } postgres)
                await Throughput.Run("postgres", _ => Journal.Postgres(postgres));
            break;
        case "P7":
            await Failover.Run(agents: args.Contains("--small") ? 1_000 : 10_000, tasks: args.Contains("--small") ? 10_000 : 100_000);
            break;
        default:
            Console.Error.WriteLine($"there is no benchmark '{name}'");
            return 2;
    }
}
return 0;
