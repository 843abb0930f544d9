using ActorScheduler.Benchmarks.Schedule;

// Prints `metric value unit`, a line each. Arguments: which benchmarks, all when none is named.
//   P3   tasks launched, run and acknowledged a second, on SQLite and, when POSTGRES is set, on PostgreSQL
//   P4   containers running, 50 at once, beside the raw engine; needs DOCKER_HOST
//   P5   plain processes run to their end, a second
//   P6   from a launch to RUNNING with Docker, beside the raw engine, one at a time
//   P7   failover with many agents and tasks: until everybody is registered again; a tenth with --small
//   output  MB/s of a task's output through asched run, process and container; needs DOCKER_HOST and ACTORSCHEDULER_PROGRAM
//   R1   from the end of a killed container to its replacement's RUNNING
string[] wanted = [.. args.Where(static arg => arg[0] != '-')];
if (wanted.Length == 0)
    wanted = ["P3", "P4", "P5", "P6", "P7", "R1", "output"];
foreach (string name in wanted)
{
    switch (name)
    {
        case "P3":
            await Throughput.Run("sqlite", Journal.Sqlite);
            if (Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 } postgres)
                await Throughput.Run("postgres", _ => Journal.Postgres(postgres));
            break;
        case "P4":
            await Containers.Run(Engine.Address);
            break;
        case "P5":
            await ShortTasks.Run();
            break;
        case "P6":
            await Latency.Run(Engine.Address);
            break;
        case "output":
            await Output.Run(Engine.Address);
            break;
        case "R1":
            await Replacement.Run(Engine.Address);
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
