using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Book;

/// <summary>Runs when no other test does, since it measures the process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What is removed leaves nothing behind, however often it comes and goes.</summary>
[Collection(nameof(Alone))]
public sealed class FlatMemorySpecs
{
    private const int Cycles = 3000;

    [Fact]
    public void Agents_frameworks_roles_refusals_offers_and_requests_leave_nothing_behind()
    {
        TestCluster cluster = new TestCluster().Framework("stays").Agent("stays", "cpus:1;mem:64");
        Flat(cluster, cycle => Live(cluster, cycle));
        Assert.Equal((1, 1), (cluster.Allocator.Agents, cluster.Allocator.Frameworks));
        Assert.Equal(["*"], cluster.Allocator.Snapshot().Roles.Keys);
    }

    [Fact]
    public void Agents_that_come_and_go_below_the_guarantees_leave_nothing_behind()
    {
        TestCluster cluster = new TestCluster().Framework("dev", "dev");
        Assert.Null(cluster.Allocator.SetQuota("prod", Quantities.Of(1000, 100_000), new Dictionary<ResourceName, long>(), force: true));
        Flat(cluster, cycle => ComeAndGo(cluster, cycle));
    }

    [Fact]
    public void Requests_that_are_replaced_leave_nothing_behind()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { GatherAfter = TimeSpan.FromDays(1) }).Framework("a");
        Flat(cluster, _ => cluster.Request("a", TestCluster.Star, "cpus:1"));
    }

    private static void Live(TestCluster cluster, int cycle)
    {
        string id = $"x{cycle}";
        cluster.Framework(id, $"{id}/deep").Agent(id, "cpus:2;mem:64;disk(role" + cycle + "):10");
        cluster.Quota(id, "cpus:1");
        cluster.Request(id, $"{id}/deep", "cpus:1");
        foreach (Offer offer in cluster.Offers())
        {
            if (offer.FrameworkId.Value == id)
                cluster.Launch(offer, "cpus:0.5");
            else
                cluster.Decline(offer, 1e6);
        }
        cluster.Decide();
        Assert.Null(cluster.Allocator.RemoveFramework(TestCluster.F(id), cluster.Now));
        Assert.Null(cluster.Allocator.RemoveQuota(id));
        Assert.Null(cluster.Allocator.RemoveAgent(TestCluster.S(id), cluster.Now));
        cluster.Decide();
    }

    private static void ComeAndGo(TestCluster cluster, int cycle)
    {
        string id = $"x{cycle}";
        cluster.Agent(id, "cpus:2;mem:64");
        Assert.Empty(cluster.Offers());
        Assert.Null(cluster.Allocator.RemoveAgent(TestCluster.S(id), cluster.Now));
        cluster.Decide();
    }

    /// <summary>After a warm-up the same again must not add as much as 100 bytes per cycle.</summary>
    private static void Flat(TestCluster cluster, Action<int> cycle)
    {
        for (int i = 0; i < Cycles; i++)
            cycle(i);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = Cycles; i < 3 * Cycles; i++)
            cycle(i);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 2 * Cycles * 100, $"{grown} bytes more after {2 * Cycles} cycles");
        GC.KeepAlive(cluster);
    }
}
