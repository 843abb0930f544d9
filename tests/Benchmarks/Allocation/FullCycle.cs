using ActorScheduler.Allocation;
using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Allocation;

/// <summary>P1, P1b, P1c: everything is idle and everybody wants it; one run offers all agents. Then single events.</summary>
internal static class FullCycle
{
    public static void P1(Measure measure)
    {
        measure.Repeat("P1", 15, () => Cycle(10_000, 1_000));
        measure.Repeat("P1.shipped-options", 15, () => Cycle(10_000, 1_000, new AllocationOptions()));
    }

    public static void P1b(Measure measure) => measure.Repeat("P1b", 9, () => Cycle(20_000, 2_000));

    public static void P1c(Measure measure)
    {
        measure.Repeat("P1c.cycle", 7, () => Cycle(50_000, 1_000));
        SingleEvents(measure, 50_000, 1_000, "P1c.one-agent", "P1c.one-task");
    }

    /// <summary>Latency of one agent added, and of one task freed, with everything else taken.</summary>
    public static void SingleEvents(Measure measure, int agents, int frameworks, string agentMetric, string taskMetric)
    {
        var cluster = new Cluster();
        cluster.AddFrameworks(frameworks);
        cluster.AddAgents(agents);
        var running = new List<(FrameworkId Framework, AgentId Agent, TaskId Task)>();
        foreach (Offer offer in cluster.Allocate())
        {
            var task = new TaskSketch(new TaskId($"t{running.Count}"), offer.Resources);
            cluster.Allocator.Accept(offer.FrameworkId, [offer.Id], [new Operation.Launch([task])], TimeSpan.Zero, cluster.Now);
            running.Add((offer.FrameworkId, offer.Agent.Id, task.Id));
        }
        cluster.Allocate();
        var added = new List<double>();
        var freed = new List<double>();
        int events = Math.Min(3_000, agents / 2);
        for (int i = 0; i < events; i++)
        {
            var info = new AgentInfo(new AgentId($"N{i}"), $"new{i}");
            // Shapes differ, so that each addition changes every share and the order of some.
            Resources total = Resources.Of(1 + i % 7, 512 + 128 * (i % 5), 4096);
            Note(Measure.Seconds(() =>
            {
                Cluster.Must(cluster.Allocator.AddAgent(info, total, [], cluster.Now));
                Check(cluster.Allocate().Count);
            }), added);
            (FrameworkId framework, AgentId agent, TaskId task) = running[i * 7 % running.Count];
            Note(Measure.Seconds(() =>
            {
                Cluster.Must(cluster.Allocator.EndTask(framework, agent, task, cluster.Now));
                Check(cluster.Allocate().Count);
            }), freed);
            running[i * 7 % running.Count] = running[^1];
            running.RemoveAt(running.Count - 1);
        }
        added.RemoveRange(0, events / 5);
        freed.RemoveRange(0, events / 5);
        measure.Percentiles(agentMetric, added);
        measure.Percentiles(taskMetric, freed);

        static void Note(double seconds, List<double> times) => times.Add(seconds * 1000);
    }

    public static double Cycle(int agents, int frameworks, AllocationOptions? options = null)
    {
        var cluster = new Cluster(options);
        cluster.AddFrameworks(frameworks);
        cluster.AddAgents(agents);
        int offers = 0;
        double seconds = Measure.Seconds(() => offers = cluster.Allocate().Count);
        Check(offers, agents);
        return seconds;
    }

    public static void Check(int offers, int expected = 1)
    {
        if (offers != expected)
            throw new InvalidOperationException($"{offers} offers, not {expected}");
    }
}
