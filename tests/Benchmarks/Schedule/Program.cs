using ActorScheduler.Benchmarks.Schedule;

// Prints `metric value unit`, a line each. Arguments: which benchmarks, all when none is named.
//   P3   tasks launched, run and acknowledged a second, on SQLite and, when POSTGRES is set, on PostgreSQL
//   P7   failover with many agents and tasks: until everybody is registered again
string[] wanted = args.Length == 0 ? ["P3", "P7"] : args;
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
            await Failover.Run(agents: 10_000, tasks: 100_000);
            break;
        default:
            Console.Error.WriteLine($"there is no benchmark '{name}'");
            return 2;
    }
}
return 0;
