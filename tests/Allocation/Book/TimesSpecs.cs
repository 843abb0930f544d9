using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Book;

/// <summary>The longest times mean never, and what is due is not due for ever.</summary>
public sealed class TimesSpecs
{
    private static readonly AllocationOptions Endless = new()
    {
        OfferTimeout = TimeSpan.MaxValue, GatherAfter = TimeSpan.MaxValue, GatherTimeout = TimeSpan.MaxValue, PreemptAfter = TimeSpan.MaxValue,
        RecoveryTimeout = TimeSpan.MaxValue, ExpiredOfferRefusal = TimeSpan.MaxValue, OfferedSharePerFramework = 1,
    };

    [Fact]
    public void Endless_times_do_not_run_over()
    {
        TestCluster cluster = new TestCluster(Endless).Framework("a").Agent("s1", "cpus:4;mem:64");
        Offer offer = cluster.OneOffer();
        cluster.Launch(offer, "cpus:4;mem:64");
        cluster.Request("a", TestCluster.Star, "cpus:1", priority: 5);
        cluster.Agent("s2", "cpus:0.5;mem:64");
        Assert.Null(cluster.Allocator.Decline(TestCluster.F("a"), [], TimeSpan.MaxValue, cluster.Now));
        for (int day = 0; day < 3; day++)
        {
            cluster.Pass(86_400);
            Assert.Empty(cluster.Decide());
        }
        Assert.Null(cluster.Allocator.NextDue);
    }

    [Fact]
    public void Waiting_for_agents_may_be_endless()
    {
        TestCluster cluster = new TestCluster(Endless).Framework("a").Agent("s1", "cpus:4;mem:64");
        cluster.Quota("q", "cpus:1");
        cluster.Allocator.ExpectAgents(10, cluster.Now);
        cluster.Pass(86_400);
        Assert.Empty(cluster.Offers());
        Assert.True(cluster.Allocator.IsPaused);
    }

    [Fact]
    public void Nothing_is_overdue_after_a_run_while_offers_are_withheld()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        cluster.Quota("q", "cpus:1");
        cluster.Allocator.ExpectAgents(10, cluster.Now);
        cluster.Request("a", TestCluster.Star, "cpus:100");
        cluster.Pass(60);
        cluster.Decide();
        Assert.True(cluster.Allocator.NextDue > cluster.Now);
        Assert.False(cluster.Allocator.HasWork);
    }

    [Fact]
    public void A_bound_of_as_many_offers_as_can_be_counted_does_not_run_over()
    {
        var options = new AllocationOptions { OffersHeldPerFramework = int.MaxValue, OfferedSharePerFramework = 1 };
        TestCluster cluster = new TestCluster(options).Framework("a").Agent("s1", "cpus:4;mem:64");
        for (int round = 0; round < 3; round++)
        {
            cluster.Decline(cluster.OneOffer(), 1);
            cluster.Pass(2);
        }
    }

    [Fact]
    public void A_refusal_beyond_the_bound_displaces_an_older_one_of_another_role_and_not_itself()
    {
        var options = new AllocationOptions { FiltersPerFramework = 1, OfferedSharePerFramework = 1 };
        var cluster = new TestCluster(options);
        Assert.Null(cluster.Allocator.AddFramework(new FrameworkProfile(TestCluster.F("a"), ["x", "y"], FrameworkCapabilities.MultiRole), cluster.Now));
        cluster.Agent("s1", "cpus:4;mem:64");
        Offer first = cluster.OneOffer();
        cluster.Decline(first, 100);
        Offer second = cluster.OneOffer();
        Assert.NotEqual(first.Role, second.Role);
        cluster.Decline(second, 100);
        Assert.Equal(first.Role, cluster.OneOffer().Role);
    }
}
