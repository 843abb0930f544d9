using ActorScheduler.Promises.Specs.Harness;
using ActorScheduler.Protocol;

namespace ActorScheduler.Promises.Specs;

/// <summary>Promise 6 over a failover: shares come to what weights say, and nobody starves.</summary>
[Collection(OnSqlite.Name)]
public sealed class FairnessSpecs(ClusterFixture fixture)
{
    /// <summary>
    /// Seconds: much longer than an offer is on its way, also where all nodes share two busy processors. Else most of the cluster is in offers, of
    /// which a framework may hold only a part (offered-share-per-framework), whatever its weight.
    /// </summary>
    private const double Shortest = 1;

    private readonly ProcessCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Frameworks_that_want_all_get_by_their_weights_and_a_late_one_gets_its_part()
    {
        await _cluster.Whole();
        await _cluster.Client.AskAllocatorAsync<CommandDone>(new SetWeight(Guid.NewGuid(), "light", 1));
        await _cluster.Client.AskAllocatorAsync<CommandDone>(new SetWeight(Guid.NewGuid(), "heavy", 2));
        await using BusyFramework light = await BusyFramework.Start(_cluster, atOnce: 80, hasSleepers: false, role: "light", Shortest);
        await light.Progresses();
        await using BusyFramework heavy = await BusyFramework.Start(_cluster, atOnce: 80, hasSleepers: false, role: "heavy", Shortest);
        await heavy.Progresses();

        await _cluster.Kill(_cluster.AllocatorNode());
        await _cluster.Whole();
        await heavy.Progresses(100);

        // 1 to 2, give or take what a few tasks of a second make, and what waits on a busy machine between two of them.
        double[] ratios = new double[20];
        for (var i = 0; i < ratios.Length; i++)
        {
            await light.Progresses(5);
            RolesSnapshot roles = await _cluster.Client.AskAllocatorAsync<RolesSnapshot>(new GetRoles());
            ratios[i] = Used(roles, "heavy") / Math.Max(0.25, Used(roles, "light"));
        }
        Assert.InRange(ratios.Average(), 1.3, 2.7);

        await using BusyFramework late = await BusyFramework.Start(_cluster, atOnce: 4, hasSleepers: false, role: "late");
        await late.Progresses();
        foreach (BusyFramework framework in new[] { light, heavy, late })
            await framework.Settles();
    }

    private static double Used(RolesSnapshot roles, string role) => roles.Roles.Single(known => known.Name == role).Used.Cpus / 1000.0;
}
