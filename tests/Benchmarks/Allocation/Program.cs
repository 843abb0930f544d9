using ActorScheduler.Benchmarks.Allocation;

var all = new Dictionary<string, Action<Measure>>(StringComparer.OrdinalIgnoreCase)
{
    ["P1"] = FullCycle.P1,
    ["P1b"] = FullCycle.P1b,
    ["P1c"] = FullCycle.P1c,
    ["P2"] = QuotaShapes.P2,
    ["decline-offers"] = MesosShapes.DeclineOffers,
    ["add-and-update-agent"] = MesosShapes.AddAndUpdateAgent,
    ["suppress-offers"] = MesosShapes.SuppressOffers,
    ["backlog"] = MesosShapes.Backlog,
    ["update-allocation"] = MesosShapes.UpdateAllocation,
    ["large-and-small-quota"] = QuotaShapes.LargeAndSmallQuota,
    ["non-quota-vs-quota"] = QuotaShapes.NonQuotaVsQuota,
    ["multi-framework"] = MultiFramework.Run,
    ["single-events"] = MesosShapes.SingleEvents,
    ["explain"] = MesosShapes.Explain,
    ["memory"] = MesosShapes.Memory,
};

string directory = "out";
var names = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--out" && i + 1 < args.Length)
        directory = args[++i];
    else if (all.ContainsKey(args[i]))
        names.Add(args[i]);
    else
    {
        Console.Error.WriteLine($"'{args[i]}' is not one of: {string.Join(", ", all.Keys)}; the only option is --out DIRECTORY.");
        return 2;
    }
}

var measure = new Measure();
// Some runs first, so that no figure contains the compiler's time.
for (int i = 0; i < 5; i++)
    FullCycle.Cycle(10_000, 1_000);
foreach (string name in names.Count == 0 ? [.. all.Keys] : names)
    all[name](measure);
Plot.Write(directory, measure.Figures);
return 0;
