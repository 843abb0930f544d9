using ActorScheduler.Model;

namespace ActorScheduler.Benchmarks.Allocation;

/// <summary>Mesos's quota benchmarks: LargeAndSmallQuota (P2 is its largest size) and NonQuotaVsQuota.</summary>
internal static class QuotaShapes
{
    private static readonly Resources Agent = Resources.Of(2, 2048, 2048);

    /// <summary>3,000 agents, roles and frameworks: 2,500 small quotas and 500 large ones that together fill the cluster.</summary>
    public static void P2(Measure measure)
    {
        measure.Repeat("P2", 5, () => LargeAndSmall(2500, 500).Cycle);
        measure.Repeat("P2.idle-cycle", 3, () => LargeAndSmall(2500, 500).IdleCycle);
    }

    public static void LargeAndSmallQuota(Measure measure)
    {
        foreach ((int small, int large) in new[] { (25, 5), (250, 50), (2500, 500) })
        {
            (double setQuota, double addFrameworks, double addAgents, double cycle, double idle, int offers) = LargeAndSmall(small, large);
            string name = $"large-and-small-quota.{small}+{large}";
            measure.Report($"{name}.set-quota", setQuota, "s");
            measure.Report($"{name}.add-frameworks", addFrameworks, "s");
            measure.Report($"{name}.add-agents", addAgents, "s");
            measure.Report($"{name}.cycle", cycle, "s");
            measure.Report($"{name}.offers", offers, "offers");
            measure.Report($"{name}.idle-cycle", idle, "s");
        }
    }

    public static void NonQuotaVsQuota(Measure measure)
    {
        foreach (int roles in new[] { 10, 100, 1000 })
        {
            measure.Report($"non-quota-vs-quota.{roles}.without", WithRoles(roles, quota: false), "s");
            measure.Report($"non-quota-vs-quota.{roles}.with", WithRoles(roles, quota: true), "s");
        }
    }

    private static (double SetQuota, double AddFrameworks, double AddAgents, double Cycle, double IdleCycle, int Offers) LargeAndSmall(int small, int large)
    {
        // Half an agent each and 3.5 agents each: 2,500 x 0.5 + 500 x 3.5 = 3,000 agents.
        var cluster = new Cluster();
        int roles = small + large;
        double setQuota = Measure.Seconds(() =>
        {
            for (int i = 0; i < roles; i++)
            {
                Quantities quota = i < small ? Quantities.Of(1, 1024, 1024) : Quantities.Of(7, 7168, 7168);
                Cluster.Must(cluster.Allocator.SetQuota($"role{i}", quota, quota.NonZero().ToDictionary(a => a.Key, a => a.Value), force: true));
            }
        });
        double addFrameworks = Measure.Seconds(() => cluster.AddFrameworks(roles, i => $"role{i}"));
        double addAgents = Measure.Seconds(() => cluster.AddAgents(roles, _ => Agent));
        var offers = new List<Offer>();
        double cycle = Measure.Seconds(() => offers = cluster.Allocate());
        long cpus = offers.Sum(offer => offer.Resources.PlainCpus);
        FullCycle.Check((int)(cpus / 1000), roles * 2);
        // Everybody is at its limit and one agent after the other comes back empty: nothing may be offered.
        double idle = Measure.Seconds(() =>
        {
            for (int i = 0; i < roles; i++)
                Cluster.Must(cluster.Allocator.AddAgent(new AgentInfo(new AgentId($"extra{i}"), "h"), Agent, [], cluster.Now));
            FullCycle.Check(cluster.Allocate().Count, 0);
        });
        return (setQuota, addFrameworks, addAgents, cycle, idle, offers.Count);
    }

    private static double WithRoles(int roles, bool quota)
    {
        var cluster = new Cluster();
        if (quota)
        {
            for (int i = 0; i < roles; i++)
                Cluster.Must(cluster.Allocator.SetQuota($"role{i}", Quantities.Of(4, 4096, 4096), new Dictionary<ResourceName, long>(), force: true));
        }
        cluster.AddFrameworks(roles * 2, i => $"role{i % roles}");
        cluster.AddAgents(roles * 2, _ => Agent);
        double seconds = Measure.Seconds(() => FullCycle.Check(cluster.Allocate().Count, roles * 2));
        return seconds;
    }
}
