using ActorScheduler.Allocation;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Allocation;

/// <summary>The shapes of Mesos's hierarchical_allocator benchmarks.</summary>
internal static class MesosShapes
{
    private static readonly (int Agents, int Frameworks)[] Sizes =
        [(1_000, 50), (5_000, 100), (10_000, 1_000), (20_000, 2_000), (30_000, 3_000), (50_000, 6_000)];

    /// <summary>Every offer is declined with a long filter; each round the agents go to whoever has not refused them yet.</summary>
    public static void DeclineOffers(Measure measure)
    {
        foreach ((int agents, int frameworks) in Sizes)
        {
            var cluster = new Cluster();
            string name = $"decline-offers.{agents}x{frameworks}";
            measure.Report($"{name}.add-frameworks", Measure.Seconds(() => cluster.AddFrameworks(frameworks)), "s");
            measure.Report($"{name}.add-agents", Measure.Seconds(() => cluster.AddAgents(agents, usages: WithSlice(frameworks))), "s");
            var rounds = new List<double>();
            double declines = 0;
            for (int round = 0; round < 5; round++)
            {
                var offers = new List<Offer>();
                rounds.Add(Measure.Seconds(() => offers = cluster.Allocate()));
                FullCycle.Check(offers.Count, agents);
                declines += Measure.Seconds(() => cluster.DeclineAll(offers, TimeSpan.FromDays(1)));
            }
            rounds.Sort();
            measure.Report($"{name}.round.median", rounds[rounds.Count / 2], "s");
            measure.Report($"{name}.round.best", rounds[0], "s");
            measure.Report($"{name}.declines", declines / rounds.Count, "s");
        }
    }

    /// <summary>Agents come with a slice in use, then each reports what may be oversubscribed.</summary>
    public static void AddAndUpdateAgent(Measure measure)
    {
        var revocable = Resources.From(new Resource(new ResourceKey(ResourceName.Cpus, isRevocable: true), new Amount(10_000)));
        foreach ((int agents, int frameworks) in Sizes)
        {
            var cluster = new Cluster();
            cluster.AddFrameworks(frameworks);
            string name = $"add-and-update-agent.{agents}x{frameworks}";
            measure.Report($"{name}.add", Measure.Seconds(() =>
            {
                cluster.AddAgents(agents, usages: WithSlice(frameworks));
                FullCycle.Check(cluster.Allocate().Count, agents);
            }), "s");
            Resources total = Cluster.MesosAgent.Add(revocable);
            measure.Report($"{name}.update", Measure.Seconds(() =>
            {
                for (int i = 0; i < agents; i++)
                    Cluster.Must(cluster.Allocator.UpdateAgent(new AgentInfo(Cluster.Agent(i), $"host{i}"), total, cluster.Now));
                cluster.Allocate();
            }), "s");
        }
    }

    /// <summary>A growing part of the frameworks suppresses offers; the rest declines for a moment each round.</summary>
    public static void SuppressOffers(Measure measure)
    {
        foreach ((int agents, int frameworks) in Sizes)
        {
            var cluster = new Cluster();
            cluster.AddFrameworks(frameworks);
            cluster.AddAgents(agents);
            int suppressed = 0;
            foreach (int percent in new[] { 0, 50, 90, 99 })
            {
                for (; suppressed < frameworks * percent / 100; suppressed++)
                    Cluster.Must(cluster.Allocator.Suppress(Cluster.Framework(suppressed), [], cluster.Now));
                var offers = new List<Offer>();
                double seconds = Measure.Seconds(() => offers = cluster.Allocate());
                FullCycle.Check(offers.Count, agents);
                measure.Report($"suppress-offers.{agents}x{frameworks}.{percent}-percent", seconds, "s");
                cluster.DeclineAll(offers, TimeSpan.FromSeconds(1));
                cluster.Now += TimeSpan.FromSeconds(2);
            }
        }
    }

    /// <summary>All frameworks revive in a storm; the commands are served by one run.</summary>
    public static void Backlog(Measure measure)
    {
        var cluster = new Cluster();
        cluster.AddFrameworks(1_000);
        cluster.AddAgents(10_000);
        cluster.DeclineAll(cluster.Allocate(), TimeSpan.FromDays(1));
        cluster.DeclineAll(cluster.Allocate(), TimeSpan.FromDays(1));
        measure.Report("backlog.revive-1000", Measure.Seconds(() =>
        {
            for (int i = 0; i < 1_000; i++)
                Cluster.Must(cluster.Allocator.Revive(Cluster.Framework(i), [], cluster.Now));
        }), "s");
        measure.Report("backlog.one-run", Measure.Seconds(() => FullCycle.Check(cluster.Allocate().Count, 10_000)), "s");
    }

    /// <summary>Twenty reservations and their undoing on an agent that has 800 resource objects already.</summary>
    public static void UpdateAllocation(Measure measure)
    {
        Resources total = Resources.Of(1000, 1_000_000).Add(Resources.From(Enumerable.Range(0, 800).Select(i =>
            Resource.Scalar("cpus", 1, Reservation.Dynamic($"r{i % 200}", "ops", new Label("n", $"{i}"))))));
        var cluster = new Cluster();
        cluster.AddAgents(1, _ => total);
        measure.Repeat("update-allocation.800-objects-20-operations", 5, () => Measure.Seconds(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                Resources reserved = Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic($"r{i}", "me", new Label("x", "y")));
                if (!cluster.Allocator.Operate(Cluster.Agent(0), new Operation.Reserve(reserved), cluster.Now).IsOk
                    || !cluster.Allocator.Operate(Cluster.Agent(0), new Operation.Unreserve(reserved), cluster.Now).IsOk)
                    throw new InvalidOperationException("not reserved");
            }
        }));
    }

    /// <summary>One agent added and one task freed, at each size.</summary>
    public static void SingleEvents(Measure measure)
    {
        foreach ((int agents, int frameworks) in Sizes)
            FullCycle.SingleEvents(measure, agents, frameworks, $"single-event.{agents}x{frameworks}.agent-added", $"single-event.{agents}x{frameworks}.task-freed");
    }

    /// <summary>Why a task is not placed, over all agents of a full cluster.</summary>
    public static void Explain(Measure measure)
    {
        var cluster = new Cluster();
        cluster.AddFrameworks(1_000);
        cluster.AddAgents(50_000);
        cluster.Allocate();
        var need = new ActorScheduler.Allocation.Explain.Need(Quantities.Of(cpus: 1, mem: 64), Ports: 1);
        measure.Repeat("explain.50000-agents", 9, () => Measure.Seconds(() =>
            FullCycle.Check(cluster.Allocator.Explain(Cluster.Framework(7), "*", need, 20, cluster.Now).Value.Counts.Values.Sum(), 50_000)));
    }

    public static void Memory(Measure measure)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var cluster = new Cluster();
        cluster.AddFrameworks(6_000);
        long withFrameworks = GC.GetTotalMemory(forceFullCollection: true);
        cluster.AddAgents(50_000);
        long withAgents = GC.GetTotalMemory(forceFullCollection: true);
        List<Offer> offers = cluster.Allocate();
        long withOffers = GC.GetTotalMemory(forceFullCollection: true);
        measure.Report("memory.per-framework", (withFrameworks - before) / 6_000.0, "B");
        measure.Report("memory.per-agent", (withAgents - withFrameworks) / 50_000.0, "B");
        measure.Report("memory.per-open-offer", (withOffers - withAgents) / (double)offers.Count, "B");
        GC.KeepAlive(cluster);
    }

    private static Func<int, IReadOnlyList<AgentUsage>> WithSlice(int frameworks)
    {
        // As in Mesos: cpus:1 mem:128 disk:1024 and four port ranges of each agent are in use, round robin.
        ValueRanges ports = ValueRanges.Of(
            new ValueRange(31126, 31510), new ValueRange(31600, 31623), new ValueRange(31810, 31852), new ValueRange(31999, 32000));
        Resources slice = Resources.Of(1, 128, 1024, 0, ports);
        return i => [new AgentUsage(Cluster.Framework(i % frameworks), "*", slice)];
    }
}
