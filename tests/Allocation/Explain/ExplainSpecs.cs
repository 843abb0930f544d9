using ActorScheduler.Allocation.Explain;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Explain;

public sealed class ExplainSpecs
{
    [Fact]
    public void Each_agent_names_its_first_failing_requirement()
    {
        OfferConstraints notBad = OfferConstraints.Create([[AttributeConstraint.Create("bad", AttributePredicate.NotExists).Value]]).Value;
        TestCluster cluster = new TestCluster(new AllocationOptions { HomeRegion = "eu", OfferedSharePerFramework = 1 })
            .Framework("me", "r", constraints: notBad);
        Assert.Null(cluster.Allocator.Suppress(TestCluster.F("me"), [], cluster.Now));
        cluster.Agent("small", "cpus:1;mem:1024").Agent("lowmem", "cpus:8;mem:16").Agent("noports", "cpus:8;mem:1024")
            .Agent("far", "cpus:8;mem:1024", domain: new FaultDomain("us", "us-1")).Agent("gpu", "cpus:8;mem:1024;gpus:1")
            .Agent("bad", "cpus:8;mem:1024", "bad:yes").Agent("reserved", "cpus(q):8;mem(q):1024").Agent("drain", "cpus:8;mem:1024")
            .Agent("gone", "cpus:8;mem:1024").Agent("fine", "cpus:8;mem:1024;ports:[1-9]");
        Assert.Null(cluster.Allocator.DrainAgent(TestCluster.S("drain"), cluster.Now));
        Assert.Null(cluster.Allocator.MarkUnreachable(TestCluster.S("gone"), cluster.Now));
        Explanation explanation = cluster.Allocator.Explain(
            TestCluster.F("me"), "r", new Need(Quantities.Of(cpus: 2, mem: 32), Ports: 1), 100, cluster.Now).Value;
        Dictionary<string, Obstacle> found = explanation.Agents.ToDictionary(v => v.AgentId.Value, v => v.Obstacle);
        Assert.Equal(Obstacle.Cpus, found["small"]);
        Assert.Equal(Obstacle.Mem, found["lowmem"]);
        Assert.Equal(Obstacle.Ports, found["noports"]);
        Assert.Equal(Obstacle.Region, found["far"]);
        Assert.Equal(Obstacle.GpuFence, found["gpu"]);
        Assert.Equal(Obstacle.Attribute, found["bad"]);
        Assert.Equal(Obstacle.AgentDraining, found["drain"]);
        Assert.Equal(Obstacle.AgentUnreachable, found["gone"]);
        Assert.Equal(Obstacle.None, found["fine"]);
        Assert.Equal(10, explanation.Counts.Values.Sum());
        Assert.Contains("suppressed", Assert.Single(explanation.General), StringComparison.Ordinal);
        Assert.Contains(explanation.Agents, v => v.Detail == "needs 2 cpus, 1 free of 1");
        Assert.Equal(Obstacle.Reservation, Verdict(new Need(Quantities.Of(cpus: 2)), "reserved"));

        Obstacle Verdict(Need need, string agent) => cluster.Allocator.Explain(TestCluster.F("me"), "r", need, 100, cluster.Now).Value
            .Agents.Single(v => v.AgentId.Value == agent).Obstacle;
    }

    [Fact]
    public void Filters_say_the_seconds_left_and_offers_who_holds_them()
    {
        TestCluster cluster = new TestCluster().Framework("a").Framework("b").Agent("s1", "cpus:2;mem:64");
        Offer offer = cluster.OneOffer();
        string holder = offer.FrameworkId.Value, other = holder == "a" ? "b" : "a";
        cluster.Pass(2);
        AgentVerdict held = Verdict(other);
        Assert.Equal(Obstacle.OfferHeldByAnother, held.Obstacle);
        Assert.Equal($"in an offer to '{holder}', unanswered for 2 s", held.Detail);
        Assert.Equal(Obstacle.OfferHeldByItself, Verdict(holder).Obstacle);
        cluster.Decline(offer, 10);
        cluster.Pass(3);
        AgentVerdict filtered = Verdict(holder);
        Assert.Equal((Obstacle.Filter, "refused by the framework for another 7 s"), (filtered.Obstacle, filtered.Detail));

        AgentVerdict Verdict(string framework) =>
            cluster.Allocator.Explain(TestCluster.F(framework), "*", null, 1, cluster.Now).Value.Agents.Single();
    }

    [Fact]
    public void Quota_explains_itself()
    {
        TestCluster cluster = new TestCluster().Framework("dev", "dev").Agent("s1", "cpus:2;mem:64");
        cluster.Quota("prod", "cpus:2;mem:64");
        cluster.Decide();
        Assert.Equal(1, cluster.Allocator.Explain(TestCluster.F("dev"), "dev", null, 0, cluster.Now).Value.Counts[Obstacle.QuotaHeadroom]);
        RoleExplanation dev = cluster.Allocator.ExplainRole("dev").Value;
        Assert.Contains("kept for guarantees", Assert.Single(dev.Remarks), StringComparison.Ordinal);
        Assert.Equal(Quantities.Of(cpus: 2, mem: 64), cluster.Allocator.ExplainRole("prod").Value.Owed);
        Assert.Null(cluster.Allocator.RemoveQuota("prod"));
        var nothing = new Dictionary<ResourceName, long> { [ResourceName.Cpus] = 0, [ResourceName.Mem] = 0 };
        Assert.Null(cluster.Allocator.SetQuota("dev", Quantities.Zero, nothing));
        cluster.Decide();
        Assert.Equal(1, cluster.Allocator.Explain(TestCluster.F("dev"), "dev", null, 0, cluster.Now).Value.Counts[Obstacle.QuotaLimit]);
    }

    [Fact]
    public void Unknown_names_are_told()
    {
        TestCluster cluster = new TestCluster().Framework("a");
        Assert.Equal("framework_id", cluster.Allocator.Explain(TestCluster.F("x"), "*", null, 0, cluster.Now).Problem!.Field);
        Assert.Equal("role", cluster.Allocator.Explain(TestCluster.F("a"), "x", null, 0, cluster.Now).Problem!.Field);
        Assert.Equal("role", cluster.Allocator.ExplainRole("x").Problem!.Field);
    }
}
