using System.Globalization;
using ActorScheduler.Benchmarks.Engine;

// Prints 'metric value unit' lines for the actor engine. Arguments: names of benchmarks (default: all); --rounds N.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["serve"])
{
    await RemoteMessages.Serve();
    return 0;
}

var rounds = 5;
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length) rounds = int.Parse(args[++i], CultureInfo.InvariantCulture);
    else names.Add(args[i]);
}

(string Name, Func<int, Task> Run)[] all =
[
    ("local-pingpong", LocalMessages.PingPong),
    ("ask", LocalMessages.SequentialAsk),
    ("creation", Actors.Creation),
    ("memory", Actors.BytesPerIdleActor),
    ("timers", Timers.ArmAndFire),
    ("remote", RemoteMessages.PingPong),
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
