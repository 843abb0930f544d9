using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Sharing;

public sealed class DominantShareSpecs
{
    [Fact]
    public void The_example_of_the_paper_gives_three_tasks_to_a_and_two_to_b()
    {
        // Ghodsi et al., NSDI 2011, section 4.1: 9 CPUs, 18 GB. A's tasks take <1 CPU, 4 GB>, B's <3 CPU, 1 GB>.
        // A: 3 tasks = <3 CPU, 12 GB>, dominant share 12/18 = 2/3. B: 2 tasks = <6 CPU, 2 GB>, dominant share 6/9 = 2/3.
        TestCluster cluster = new TestCluster().Agent("s1", "cpus:9;mem:18").Framework("A").Framework("B");
        var size = new Dictionary<string, string> { ["A"] = "cpus:1;mem:4", ["B"] = "cpus:3;mem:1" };
        var tasks = new Dictionary<string, int> { ["A"] = 0, ["B"] = 0 };
        cluster.Request("A", "*", size["A"]);
        cluster.Request("B", "*", size["B"]);
        for (int round = 0; round < 20; round++)
        {
            foreach (Offer offer in cluster.Offers())
            {
                string who = offer.FrameworkId.Value;
                cluster.Launch(offer, size[who]);
                tasks[who]++;
                cluster.Request(who, "*", size[who]);
            }
        }
        Assert.Equal(3, tasks["A"]);
        Assert.Equal(2, tasks["B"]);
    }

    [Fact]
    public void Offers_go_to_the_lowest_dominant_share_first()
    {
        TestCluster cluster = new TestCluster().Framework("a").Framework("b").Agent("s1", "cpus:2;mem:100");
        Offer first = cluster.OneOffer();
        cluster.Launch(first, first.Resources);
        string other = first.FrameworkId.Value == "a" ? "b" : "a";
        cluster.Agent("s2", "cpus:2;mem:100");
        // One holds 2 of 4 cpus, the other nothing.
        Assert.Equal(other, cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void Weights_divide_shares()
    {
        // Twelve equal agents, weights 1, 2 and 3: 2, 4 and 6 agents.
        var cluster = new TestCluster();
        Assert.Null(cluster.Allocator.SetWeight("two", 2));
        Assert.Null(cluster.Allocator.SetWeight("three", 3));
        cluster.Framework("a", "one").Framework("b", "two").Framework("c", "three");
        for (int i = 0; i < 12; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:100");
        Dictionary<string, int> counts = cluster.Offers().CountBy(offer => offer.Role).ToDictionary();
        Assert.Equal((2, 4, 6), (counts["one"], counts["two"], counts["three"]));
    }

    [Fact]
    public void A_weight_changed_at_run_time_counts_at_once()
    {
        TestCluster cluster = new TestCluster().Framework("a", "r1").Framework("b", "r2");
        for (int i = 0; i < 4; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:100");
        Assert.All(cluster.Offers().CountBy(offer => offer.Role), pair => Assert.Equal(2, pair.Value));
        Assert.Null(cluster.Allocator.SetWeight("r1", 3));
        for (int i = 4; i < 8; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:100");
        // 8 agents at 3:1 are 6 and 2: all four new ones go to r1.
        Assert.All(cluster.Offers(), offer => Assert.Equal("r1", offer.Role));
    }

    [Fact]
    public void Shares_are_computed_among_siblings_at_each_level()
    {
        // a has frameworks in a/x and a/y, b one. By top level: 4 agents each; below a: 2 each.
        TestCluster cluster = new TestCluster().Framework("f1", "a/x").Framework("f2", "a/y").Framework("f3", "b");
        for (int i = 0; i < 8; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:100");
        Dictionary<string, int> counts = cluster.Offers().CountBy(offer => offer.Role).ToDictionary();
        Assert.Equal((2, 2, 4), (counts["a/x"], counts["a/y"], counts["b"]));
    }

    [Fact]
    public void Frameworks_of_an_inner_role_compete_with_its_child_roles_as_one()
    {
        // In a: two frameworks of its own, together one competitor beside a/x: 1 + 1 and 2 of 4.
        TestCluster cluster = new TestCluster().Framework("own1", "a").Framework("own2", "a").Framework("child", "a/x");
        for (int i = 0; i < 4; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:100");
        Dictionary<string, int> counts = cluster.Offers().CountBy(offer => offer.FrameworkId.Value).ToDictionary();
        Assert.Equal((1, 1, 2), (counts["own1"], counts["own2"], counts["child"]));
    }

    [Fact]
    public void Excluded_resources_do_not_count_towards_shares()
    {
        var cluster = new TestCluster(new AllocationOptions
        {
            OfferedSharePerFramework = 1, ExcludedFromFairShare = new HashSet<string> { "gpus" },
        });
        cluster.Framework("a", "*", FrameworkCapabilities.GpuResources).Agent("s1", "cpus:1;mem:64;gpus:4");
        Offer gpus = cluster.OneOffer();
        cluster.Launch(gpus, gpus.Resources);
        cluster.Framework("b", "*", FrameworkCapabilities.GpuResources).Agent("s2", "cpus:3;mem:192");
        Offer most = cluster.OneOffer();
        Assert.Equal("b", most.FrameworkId.Value);
        cluster.Launch(most, most.Resources);
        // a holds all gpus but 1 of 4 cpus, b 3 of 4: with gpus excluded a is next.
        cluster.Agent("s3", "cpus:1;mem:64");
        Assert.Equal("a", cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void New_totals_change_the_order()
    {
        // Total 4 cpus and 100 mem. a holds 2 cpus (1/2), b 60 mem (3/5): a would be first. An agent with much memory turns it:
        // b then holds 60 of 1,100, a 2 of 4.1 cpus.
        var cluster = new TestCluster();
        foreach ((string who, string what) in new[] { ("c", "cpus:2;mem:40"), ("a", "cpus:2"), ("b", "mem:60") })
        {
            cluster.Framework(who).Agent(who, what);
            Offer offer = cluster.OneOffer();
            cluster.Launch(offer, offer.Resources);
            Assert.Null(cluster.Allocator.Suppress(TestCluster.F(who), [], cluster.Now));
        }
        Assert.Null(cluster.Allocator.Revive(TestCluster.F("a"), [], cluster.Now));
        Assert.Null(cluster.Allocator.Revive(TestCluster.F("b"), [], cluster.Now));
        Assert.Empty(cluster.Offers());
        cluster.Agent("large", "cpus:0.1;mem:1000");
        Assert.Equal("b", cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void A_framework_of_several_roles_gets_offers_for_each()
    {
        var cluster = new TestCluster();
        Assert.Null(cluster.Allocator.AddFramework(
            new FrameworkProfile(TestCluster.F("f"), ["a", "b"], FrameworkCapabilities.MultiRole), cluster.Now));
        cluster.Agent("s1", "cpus:1;mem:64").Agent("s2", "cpus:1;mem:64");
        Assert.Equal(["a", "b"], cluster.Offers().Select(offer => offer.Role).Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_decisions_and_another_seed_others()
    {
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));

        static List<string> Run(long seed)
        {
            var cluster = new TestCluster(seed: seed);
            for (int i = 0; i < 5; i++)
                cluster.Framework($"f{i}");
            for (int i = 0; i < 20; i++)
                cluster.Agent($"s{i}", "cpus:2;mem:64");
            return [.. cluster.Offers().Select(offer => $"{offer.FrameworkId} {offer.Agent.Id}")];
        }
    }
}
