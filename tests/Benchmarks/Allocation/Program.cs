using ActorScheduler.Benchmarks.Allocation;

var all = new Dictionary<string, Action<Measure>>(StringComparer.OrdinalIgnoreCase)
{
    ["P1"] = FullCycle.P1,
    ["P1b"] = FullCycle.P1b,
    ["P1c"] = FullCycle.P1c,
};

var measure = new Measure();
foreach (string name in args.Length == 0 ? all.Keys.ToArray() : args)
    all[name](measure);
return 0;
