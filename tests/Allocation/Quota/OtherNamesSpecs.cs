using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Quota;

/// <summary>Quota on resources that are not cpus, mem, disk or gpus.</summary>
public sealed class OtherNamesSpecs
{
    private static readonly ResourceName Licences = ResourceName.Of("licences");

    private static long Of(Offer offer) => offer.Resources.Quantities[Licences];

    [Fact]
    public void A_limit_cuts_what_can_be_cut()
    {
        TestCluster cluster = new TestCluster().Framework("a", "dev").Agent("s1", "cpus:4;mem:64;licences:8");
        cluster.Quota("dev", "", "licences:5");
        Assert.Equal(5000, Of(cluster.OneOffer()));
    }

    [Fact]
    public void One_limit_holds_for_all_objects_of_a_name()
    {
        // 4 of the agent's own and 4 of a provider: two objects, one name.
        Resources total = ResourceText.Parse("cpus:4;mem:64;licences:4").Value
            .Add(Resources.From(new Resource(new ResourceKey(Licences, providerId: "p"), new Amount(4000))));
        TestCluster cluster = new TestCluster().Framework("a", "dev").Agent("s1", total);
        cluster.Quota("dev", "", "licences:5");
        Assert.Equal(5000, Of(cluster.OneOffer()));
    }

    [Fact]
    public void Others_get_only_what_is_not_guaranteed()
    {
        TestCluster cluster = new TestCluster().Framework("a", "dev").Agent("s1", "cpus:4;mem:64;licences:8");
        cluster.Quota("prod", "licences:5");
        Assert.Equal(3000, Of(cluster.OneOffer()));
    }

    [Fact]
    public void A_role_at_such_a_limit_hears_of_the_rest_when_it_consumes_less()
    {
        // The role uses its 4 licences on s1 and refuses s2 without any; when a task ends it may have those of s2.
        TestCluster cluster = new TestCluster().Framework("a", "dev").Agent("s1", "cpus:4;mem:64;licences:4");
        cluster.Quota("dev", "", "licences:4");
        TaskId task = cluster.Launch(cluster.OneOffer(), "cpus:4;mem:64;licences:4");
        cluster.Agent("s2", "cpus:4;mem:64;licences:4");
        cluster.Decline(cluster.OneOffer(), 1e6);
        Assert.Empty(cluster.Offers());
        Assert.Null(cluster.Allocator.DeactivateAgent(TestCluster.S("s1"), cluster.Now));
        Assert.Empty(cluster.Offers());
        cluster.EndTask("a", "s1", task);
        Assert.Equal(4000, Of(cluster.OneOffer()));
        Assert.Equal(4000, cluster.Allocator.Snapshot().Frameworks.Single().Allocated[Licences]);
    }

    [Fact]
    public void What_was_kept_for_such_a_guarantee_is_offered_when_it_is_kept_no_more()
    {
        TestCluster cluster = new TestCluster().Framework("a", "dev").Agent("s1", "cpus:4;mem:64;licences:4");
        cluster.Quota("prod", "licences:4");
        cluster.Decline(cluster.OneOffer(), 1e6);
        Assert.Empty(cluster.Offers());
        Assert.Null(cluster.Allocator.RemoveQuota("prod"));
        Assert.Equal(4000, Of(cluster.OneOffer()));
    }

    [Fact]
    public void A_guarantee_set_after_a_framework_was_passed_over_holds_all_the_same()
    {
        // What s1 allowed the framework when it was passed over, all 5, must not be remembered: 3 are guaranteed to others now.
        TestCluster cluster = new TestCluster().Framework("a", "dev").Agent("s1", "cpus:4;mem:64;licences:5");
        cluster.Request("a", "dev", "cpus:100");
        Assert.Empty(cluster.Offers());
        cluster.Quota("prod", "licences:3");
        cluster.Request("a", "dev", "cpus:1");
        Assert.Equal(2000, Of(cluster.OneOffer()));
    }
}
