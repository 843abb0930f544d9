using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Book;

public sealed class AgentsSpecs
{
    [Fact]
    public void Agents_with_gpus_go_only_to_frameworks_that_know_them()
    {
        TestCluster cluster = new TestCluster().Framework("plain").Agent("s1", "cpus:1;mem:64;gpus:1");
        Assert.Empty(cluster.Offers());
        cluster.Framework("gpu", "*", FrameworkCapabilities.GpuResources);
        Assert.Equal("gpu", cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void Agents_of_other_regions_go_only_to_region_aware_frameworks()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { HomeRegion = "eu" }).Framework("plain")
            .Agent("s1", "cpus:1;mem:64", domain: new FaultDomain("us", "us-1")).Agent("s2", "cpus:1;mem:64", domain: new FaultDomain("eu", "eu-1"))
            .Agent("s3", "cpus:1;mem:64");
        Assert.Equal(["s2", "s3"], cluster.Offers().Select(o => o.Agent.Id.Value).Order());
        cluster.Framework("aware", "*", FrameworkCapabilities.RegionAware);
        Assert.Equal("s1", cluster.OneOffer().Agent.Id.Value);
    }

    [Fact]
    public void Constraints_choose_agents_and_changed_attributes_are_judged_anew()
    {
        OfferConstraints r1 = OfferConstraints.Create([[AttributeConstraint.Create("rack", AttributePredicate.TextEquals, "r1").Value]]).Value;
        TestCluster cluster = new TestCluster().Framework("a", constraints: r1).Agent("s1", "cpus:1;mem:64", "rack:r2").Agent("s2", "cpus:1;mem:64", "rack:r1");
        Assert.Equal("s2", cluster.OneOffer().Agent.Id.Value);
        var moved = new AgentInfo(TestCluster.S("s1"), "host-s1", AgentAttribute.ParseAll("rack:r1").Value);
        Assert.Null(cluster.Allocator.UpdateAgent(moved, Resources.Of(cpus: 1, mem: 64), cluster.Now));
        Assert.Equal("s1", cluster.OneOffer().Agent.Id.Value);
    }

    [Fact]
    public void Revocable_resources_go_only_to_those_who_take_them()
    {
        Resources revocable = Resources.From(new Resource(new ResourceKey(ResourceName.Cpus, isRevocable: true), new Amount(4000)));
        TestCluster cluster = new TestCluster().Framework("plain").Agent("s1", Resources.Of(cpus: 1, mem: 64).Add(revocable));
        Assert.Equal(1000, cluster.OneOffer().Resources.Quantities.Cpus);
        cluster.Framework("taker", "*", FrameworkCapabilities.RevocableResources);
        Assert.Equal(revocable, cluster.OneOffer().Resources);
    }

    [Fact]
    public void Reservations_are_offered_to_the_role_and_those_below_only()
    {
        TestCluster cluster = new TestCluster().Framework("other", "ops").Agent("s1", "cpus(eng):2;mem(eng):64");
        Assert.Empty(cluster.Offers());
        cluster.Framework("web", "eng/web");
        Assert.Equal("web", cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void Refined_reservations_need_the_capability()
    {
        Resources refined = Resources.From(Resource.Scalar("cpus", 2, Reservation.Dynamic("eng"), Reservation.Dynamic("eng/web")));
        TestCluster cluster = new TestCluster().Framework("old", "eng/web").Agent("s1", refined);
        Assert.Empty(cluster.Offers());
        cluster.Framework("new", "eng/web", FrameworkCapabilities.ReservationRefinement);
        Assert.Equal("new", cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void A_framework_reserves_creates_a_volume_uses_it_and_finds_it_again()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { MinimumRefusal = TimeSpan.Zero }).Framework("db", "db").Agent("s1", "cpus:2;mem:64;disk:100");
        var reservation = Reservation.Dynamic("db", "alice");
        Resources reserved = ResourceText.Parse("cpus:1;mem:32;disk:50").Value.PushReservation(reservation);
        Resource volume = Resource.PersistentVolume(50, "data", [reservation]);
        Resources used = Resources.From(volume, Resource.Scalar("cpus", 1, reservation));
        AcceptOutcome outcome = cluster.Accept(
            cluster.OneOffer(), new Operation.Reserve(reserved), new Operation.Create(Resources.From(volume)),
            new Operation.Launch([new TaskSketch(new TaskId("t"), used)]));
        Assert.Empty(outcome.RefusedOperations);
        Assert.Single(outcome.Launched);
        cluster.Decline(cluster.OneOffer(), 1000);
        cluster.EndTask("db", "s1", new TaskId("t"));
        Offer again = cluster.OneOffer();
        Assert.True(again.Resources.Contains(used));
        // The same volume id again is refused; destroying and unreserving brings the plain resources back.
        AcceptOutcome second = cluster.Accept(again, new Operation.Destroy(Resources.From(volume)), new Operation.Unreserve(reserved));
        Assert.Empty(second.RefusedOperations);
        cluster.Pass(1);
        Assert.Null(cluster.Allocator.Revive(TestCluster.F("db"), [], cluster.Now));
        Assert.Equal("cpus:2;mem:64;disk:100", cluster.OneOffer().Resources.ToString());
    }

    [Fact]
    public void Operators_reserve_idle_and_offered_resources_but_not_used_ones()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64");
        Offer offer = cluster.OneOffer();
        Resources reserved = Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic("ops"));
        Assert.True(cluster.Allocator.Operate(TestCluster.S("s1"), new Operation.Reserve(reserved), cluster.Now).IsOk);
        IReadOnlyList<Decision> decisions = cluster.Decide();
        Assert.Equal(offer.Id, decisions.OfType<Decision.OfferRescinded>().Single().OfferId);
        Offer rest = decisions.OfType<Decision.OfferMade>().Single().Offer;
        Assert.Equal("cpus:1;mem:64", rest.Resources.ToString());
        cluster.Launch(rest, rest.Resources);
        Resources more = Resources.Of(cpus: 1).PushReservation(Reservation.Dynamic("ops"));
        Assert.False(cluster.Allocator.Operate(TestCluster.S("s1"), new Operation.Reserve(more), cluster.Now).IsOk);
    }

    [Fact]
    public void A_shared_volume_is_offered_to_several_at_once_and_not_destroyed_under_them()
    {
        var reservation = Reservation.Static("db");
        Resource volume = Resource.PersistentVolume(50, "data", [reservation], isShared: true);
        Resources agent = Resources.Of(cpus: 4, mem: 256).Add(Resources.From(volume));
        TestCluster cluster = new TestCluster().Framework("a", "db", FrameworkCapabilities.SharedResources)
            .Framework("b", "db", FrameworkCapabilities.SharedResources).Agent("s1", agent);
        cluster.Request("a", "db", "cpus:1;mem:64");
        cluster.Request("b", "db", "cpus:1;mem:64");
        List<Offer> offers = cluster.Offers();
        Assert.Equal(2, offers.Count);
        Assert.All(offers, offer => Assert.True(offer.Resources.Contains(Resources.From(volume))));
        cluster.Launch(offers[0], Resources.Of(cpus: 1).Add(Resources.From(volume)));
        AcceptOutcome outcome = cluster.Accept(offers[1], new Operation.Destroy(Resources.From(volume)));
        Assert.Equal("destroy.volumes", Assert.Single(outcome.RefusedOperations).Problem.Field);
    }

    [Fact]
    public void A_draining_agent_loses_its_offers_and_says_when_it_is_empty()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64");
        TaskId task = cluster.Launch(cluster.OneOffer(), "cpus:1;mem:32");
        cluster.Pass(1);
        cluster.OneOffer();
        Assert.Null(cluster.Allocator.DrainAgent(TestCluster.S("s1"), cluster.Now));
        Assert.Equal(RescindReason.AgentInactive, cluster.Decide().OfType<Decision.OfferRescinded>().Single().Reason);
        cluster.EndTask("a", "s1", task);
        Assert.Equal([new Decision.AgentDrained(TestCluster.S("s1"))], cluster.Decide());
        Assert.Null(cluster.Allocator.ReactivateAgent(TestCluster.S("s1"), cluster.Now));
        Assert.Single(cluster.Offers());
    }

    [Fact]
    public void Maintenance_is_told_in_offers_and_asks_frameworks_to_leave()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64");
        TaskId task = cluster.Launch(cluster.OneOffer(), "cpus:1;mem:32");
        cluster.Pass(1);
        cluster.OneOffer();
        var window = new Unavailability(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1));
        Assert.Null(cluster.Allocator.SetMaintenance(TestCluster.S("s1"), window, cluster.Now));
        IReadOnlyList<Decision> decisions = cluster.Decide();
        Assert.Single(decisions.OfType<Decision.OfferRescinded>());
        Assert.Equal(window, decisions.OfType<Decision.OfferMade>().Single().Offer.Unavailability);
        InverseOffer asked = decisions.OfType<Decision.InverseOfferMade>().Single().InverseOffer;
        Assert.Null(cluster.Allocator.AnswerInverseOffer(TestCluster.F("a"), asked.Id, isAccepted: true, TimeSpan.FromSeconds(5), cluster.Now));
        Assert.Equal(InverseOfferStatus.Accepted, cluster.Allocator.MaintenanceAnswers(TestCluster.S("s1"))[TestCluster.F("a")]);
        Assert.Empty(cluster.Decide());
        cluster.Pass(5);
        Assert.Single(cluster.Decide().OfType<Decision.InverseOfferMade>());
        cluster.EndTask("a", "s1", task);
        Assert.Single(cluster.Decide().OfType<Decision.InverseOfferRescinded>());
    }

    [Fact]
    public void An_agent_that_registers_first_brings_frameworks_that_are_not_active_yet()
    {
        var usage = new AgentUsage(TestCluster.F("a"), "*", Resources.Of(cpus: 1), [new TaskSketch(new TaskId("t"), Resources.Of(cpus: 1))]);
        TestCluster cluster = new TestCluster().Agent("s1", Resources.Of(cpus: 2, mem: 64), "", null, usage);
        Assert.Empty(cluster.Offers());
        cluster.Framework("a");
        Assert.Equal("cpus:1;mem:64", cluster.OneOffer().Resources.ToString());
        cluster.EndTask("a", "s1", new TaskId("t"));
        Assert.Equal("cpus:1", cluster.OneOffer().Resources.ToString());
    }

    [Fact]
    public void Unreachable_agents_are_not_offered_and_keep_their_bookings()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64");
        TaskId task = cluster.Launch(cluster.OneOffer(), "cpus:1;mem:32");
        Assert.Null(cluster.Allocator.MarkUnreachable(TestCluster.S("s1"), cluster.Now));
        cluster.Pass(10);
        Assert.Empty(cluster.Offers());
        Assert.Null(cluster.Allocator.MarkReachable(TestCluster.S("s1"), cluster.Now));
        Assert.Equal("cpus:1;mem:32", cluster.OneOffer().Resources.ToString());
        cluster.EndTask("a", "s1", task);
    }

    [Fact]
    public void An_agent_that_shrinks_below_its_offers_takes_them_back()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64");
        cluster.OneOffer();
        Assert.Null(cluster.Allocator.UpdateAgent(new AgentInfo(TestCluster.S("s1"), "host-s1"), Resources.Of(cpus: 1, mem: 64), cluster.Now));
        IReadOnlyList<Decision> decisions = cluster.Decide();
        Assert.Single(decisions.OfType<Decision.OfferRescinded>());
        Assert.Equal(1000, decisions.OfType<Decision.OfferMade>().Single().Offer.Resources.PlainCpus);
    }

    [Fact]
    public void An_agent_that_claims_less_than_is_used_offers_nothing_until_it_fits_again()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:128");
        Offer offer = cluster.OneOffer();
        var tasks = new TaskSketch[] { new(new TaskId("t1"), Resources.Of(cpus: 2, mem: 64)), new(new TaskId("t2"), Resources.Of(cpus: 2, mem: 64)) };
        cluster.Accept(offer, new Operation.Launch(tasks));
        Assert.Null(cluster.Allocator.UpdateAgent(new AgentInfo(TestCluster.S("s1"), "host-s1"), Resources.Of(cpus: 3, mem: 96), cluster.Now));
        Assert.Empty(cluster.Offers());
        // 3 of cpus minus the 2 still in use: 1, and 96 - 64 = 32 of memory.
        cluster.EndTask("a", "s1", tasks[0].Id);
        Assert.Equal("cpus:1;mem:32", cluster.OneOffer().Resources.ToString());
    }

    [Fact]
    public void An_agent_that_is_removed_takes_its_bookings_along()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:128").Agent("s2", "cpus:4;mem:128");
        foreach (Offer offer in cluster.Offers())
            cluster.Launch(offer, "cpus:1;mem:32");
        Assert.Null(cluster.Allocator.RemoveAgent(TestCluster.S("s1"), cluster.Now));
        Assert.Equal(Quantities.Of(cpus: 1, mem: 32), cluster.Allocator.ExplainRole("*").Value.Allocated);
        Assert.Null(cluster.Allocator.Agent(TestCluster.S("s1")));
        Assert.Equal(RefusalKind.Unknown, cluster.Allocator.EndTask(TestCluster.F("a"), TestCluster.S("s1"), new TaskId("task0"), cluster.Now)!.Kind);
    }
}
