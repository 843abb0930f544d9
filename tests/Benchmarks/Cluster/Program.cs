using ActorScheduler.Benchmarks.Cluster;

// What operators feel of the program that is shipped (ACTORSCHEDULER_PROGRAM): starts, failovers, memory, a question's way. Arguments: names
// of measurements; none for all. Output: name, value, unit.
(string Name, Func<Task> Run)[] all =
[
    ("start-one", Starts.One),
    ("start-three", Starts.Three),
    ("start-thirty", Starts.Thirty),
    ("idle-memory", Memory.Idle),
    ("failover", Failovers.Run),
];
foreach ((string name, Func<Task> run) in all.Where(measurement => args.Length == 0 || args.Contains(measurement.Name)))
    await run();
