using System.Globalization;
using ActorScheduler.Benchmarks.Cluster;

// Prints 'metric value unit' lines for the cluster, with the shipped settings. Arguments: names of benchmarks (default: all);
// --rounds N.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = 10;
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length) rounds = int.Parse(args[++i], CultureInfo.InvariantCulture);
    else names.Add(args[i]);
}

(string Name, Func<int, Task> Run)[] all =
[
    ("convergence", Convergence.Run),
    ("singleton-failover", SingletonFailover.Run),
    ("shard-failover", ShardFailover.Run),
    ("sharded-local", ShardedMessages.Local),
    ("sharded-remote", ShardedMessages.Remote),
];
foreach (var unknown in names.Where(name => all.All(known => known.Name != name)))
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. Known: {string.Join(", ", all.Select(known => known.Name))}");
    return 2;
}

foreach (var (name, run) in all)
    if (names.Count == 0 || names.Contains(name))
        await run(rounds);
return 0;
