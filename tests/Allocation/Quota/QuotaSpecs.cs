using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Quota;

public sealed class QuotaSpecs
{
    [Fact]
    public void A_guarantee_is_kept_free_for_a_role_without_frameworks()
    {
        // 3 agents of 2 cpus, 2 of the 6 guaranteed to a role that has no framework yet: others get 4.
        TestCluster cluster = new TestCluster().Agent("s1", "cpus:2;mem:64").Agent("s2", "cpus:2;mem:64").Agent("s3", "cpus:2;mem:64");
        cluster.Quota("prod", "cpus:2;mem:64");
        cluster.Framework("dev", "dev");
        Assert.Equal(4000, cluster.Offers().Sum(offer => offer.Resources.PlainCpus));
        cluster.Framework("prod", "prod");
        Offer late = cluster.OneOffer();
        Assert.Equal(("prod", 2000L), (late.Role, late.Resources.PlainCpus));
    }

    [Fact]
    public void The_documented_limits_of_a_dev_role_hold_whatever_it_asks_for()
    {
        // Mesos's guide to quota limits "dev" to cpus:10 mem:2048 disk:4096. Agents of cpus:4 mem:1024 disk:2048: two fit whole by
        // memory and disk (8 cpus), after which only 2 cpus may follow.
        TestCluster cluster = new TestCluster().Framework("f", "dev");
        for (int i = 0; i < 5; i++)
            cluster.Agent($"s{i}", "cpus:4;mem:1024;disk:2048");
        cluster.Quota("dev", "", "cpus:10;mem:2048;disk:4096");
        Quantities held = cluster.Offers().Aggregate(Quantities.Zero, (sum, offer) => sum.Add(offer.Resources.Quantities));
        Assert.Equal(Quantities.Of(10, 2048, 4096), held);
    }

    [Fact]
    public void Guarantees_come_before_shares()
    {
        // Two agents, two roles with equal weight: without quota one each. prod is guaranteed both.
        var cluster = new TestCluster();
        cluster.Agent("s1", "cpus:2;mem:64").Agent("s2", "cpus:2;mem:64");
        cluster.Quota("prod", "cpus:4;mem:128");
        cluster.Framework("dev", "dev").Framework("prod", "prod");
        Assert.All(cluster.Offers(), offer => Assert.Equal("prod", offer.Role));
    }

    [Fact]
    public void A_limit_is_never_exceeded_and_agents_are_cut_to_it()
    {
        // Agents of 4 cpus, limit 6: one whole and one of 2 cpus; memory is not limited.
        TestCluster cluster = new TestCluster().Framework("f", "r").Agent("s1", "cpus:4;mem:64").Agent("s2", "cpus:4;mem:64").Agent("s3", "cpus:4;mem:64");
        cluster.Quota("r", "", "cpus:6");
        List<Offer> offers = cluster.Offers();
        Assert.Equal(6000, offers.Sum(offer => offer.Resources.PlainCpus));
        Assert.Equal(192_000, offers.Sum(offer => offer.Resources.PlainMem));
    }

    [Fact]
    public void A_role_at_its_limit_is_served_again_when_a_task_ends()
    {
        TestCluster cluster = new TestCluster().Framework("f", "r").Agent("s1", "cpus:4;mem:64").Agent("s2", "cpus:4;mem:64");
        cluster.Quota("r", "", "cpus:4;mem:64");
        Offer offer = cluster.OneOffer();
        TaskId task = cluster.Launch(offer, offer.Resources);
        Assert.Empty(cluster.Offers());
        cluster.EndTask("f", offer.Agent.Id.Value, task);
        Assert.Equal(4000, cluster.Offers().Sum(o => o.Resources.PlainCpus));
    }

    [Fact]
    public void A_limit_holds_for_the_whole_sub_tree()
    {
        TestCluster cluster = new TestCluster().Framework("f1", "r/a").Framework("f2", "r/b");
        for (int i = 0; i < 6; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:64");
        cluster.Quota("r", "", "cpus:3;mem:192");
        Assert.Equal(3000, cluster.Offers().Sum(offer => offer.Resources.PlainCpus));
    }

    [Fact]
    public void Reservations_count_as_consumed_whether_used_or_not()
    {
        // 2 cpus are reserved for r by the agent; with a limit of 3 only one more may be offered to it.
        TestCluster cluster = new TestCluster().Framework("f", "r").Agent("s1", "cpus:4;mem:64;cpus(r):2;mem(r):8");
        cluster.Quota("r", "", "cpus:3");
        Offer offer = cluster.OneOffer();
        Assert.Equal(1000, offer.Resources.PlainCpus);
        Assert.Equal(3000, offer.Resources.Quantities.Cpus);
    }

    [Fact]
    public void Reserved_resources_are_offered_even_at_the_limit()
    {
        TestCluster cluster = new TestCluster().Framework("f", "r").Agent("s1", "cpus:4;mem:64;cpus(r):2;mem(r):64");
        cluster.Quota("r", "", "cpus:2;mem:64");
        Offer offer = cluster.OneOffer();
        Assert.Equal(0, offer.Resources.PlainCpus);
        Assert.Equal(2000, offer.Resources.Quantities.Cpus);
    }

    [Fact]
    public void Setting_quota_reclaims_open_offers()
    {
        TestCluster cluster = new TestCluster().Framework("dev", "dev").Agent("s1", "cpus:2;mem:64").Agent("s2", "cpus:2;mem:64");
        Assert.Equal(2, cluster.Offers().Count);
        cluster.Quota("prod", "cpus:2;mem:64");
        IReadOnlyList<Decision> decisions = cluster.Decide();
        Decision.OfferRescinded rescinded = Assert.Single(decisions.OfType<Decision.OfferRescinded>());
        Assert.Equal(RescindReason.Reclaimed, rescinded.Reason);
        Assert.Empty(decisions.OfType<Decision.OfferMade>());
    }

    [Fact]
    public void Removing_quota_frees_what_was_kept_back()
    {
        TestCluster cluster = new TestCluster().Agent("s1", "cpus:2;mem:64").Framework("dev", "dev");
        cluster.Quota("prod", "cpus:2;mem:64");
        Assert.Empty(cluster.Offers());
        Assert.Null(cluster.Allocator.RemoveQuota("prod"));
        Assert.Equal("dev", cluster.OneOffer().Role);
    }

    [Fact]
    public void A_task_of_another_role_that_ends_frees_only_what_is_not_owed()
    {
        // 4 cpus in all: 2 guaranteed to prod (no framework), 2 used by dev on s1 as two tasks of 1. When one ends, 3 are idle,
        // 2 are owed: 1 may be offered again, the same 1 core as before.
        TestCluster cluster = new TestCluster().Agent("s1", "cpus:2;mem:64").Agent("s2", "cpus:2;mem:64").Framework("dev", "dev");
        cluster.Quota("prod", "cpus:2;mem:64");
        Offer offer = cluster.OneOffer();
        TaskId task = cluster.Launch(offer, "cpus:1;mem:32");
        Offer rest = cluster.OneOffer();
        cluster.Launch(rest, rest.Resources);
        cluster.Pass(1);
        Assert.Empty(cluster.Offers());
        cluster.EndTask("dev", offer.Agent.Id.Value, task);
        Assert.Equal(1000, cluster.Offers().Sum(o => o.Resources.PlainCpus));
    }

    [Fact]
    public void Impossible_quotas_are_refused_unless_forced()
    {
        TestCluster cluster = new TestCluster().Agent("s1", "cpus:2;mem:64");
        Quantities tooMuch = Quantities.Of(cpus: 3);
        var none = new Dictionary<ResourceName, long>();
        Assert.Equal(RefusalKind.Conflict, cluster.Allocator.SetQuota("r", tooMuch, none)!.Kind);
        Assert.Null(cluster.Allocator.SetQuota("r", tooMuch, none, force: true));
        Assert.Equal("role", cluster.Allocator.SetQuota("a/b", Quantities.Zero, none)!.Field);
        Assert.Equal("role", cluster.Allocator.SetQuota("*", Quantities.Zero, none)!.Field);
        Assert.Equal("limits.cpus", cluster.Allocator.SetQuota("q", Quantities.Of(cpus: 2), new Dictionary<ResourceName, long> { [ResourceName.Cpus] = 1000 })!.Field);
    }

    [Fact]
    public void After_a_fail_over_nothing_is_offered_until_most_agents_are_back()
    {
        var cluster = new TestCluster();
        cluster.Agent("s0", "cpus:2;mem:64");
        cluster.Quota("prod", "cpus:1");
        cluster.Allocator.ExpectAgents(5, cluster.Now);
        cluster.Framework("f", "prod").Agent("s1", "cpus:2;mem:64").Agent("s2", "cpus:2;mem:64");
        Assert.Empty(cluster.Offers());
        cluster.Agent("s3", "cpus:2;mem:64");
        // 4 of 5 are 80 %.
        Assert.Equal(4, cluster.Offers().Count);
    }

    [Fact]
    public void Waiting_for_agents_ends_after_ten_minutes()
    {
        var cluster = new TestCluster();
        cluster.Agent("s0", "cpus:2;mem:64");
        cluster.Quota("prod", "cpus:1");
        cluster.Allocator.ExpectAgents(5, cluster.Now);
        cluster.Framework("f", "prod");
        cluster.Pass(599);
        Assert.Empty(cluster.Offers());
        cluster.Pass(1);
        Assert.Single(cluster.Offers());
    }
}
