using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Book;

/// <summary>What callers, agents and frameworks say may contradict the book; it must not offer anything twice for that.</summary>
public sealed class MisuseSpecs
{
    private static readonly Reservation Static = Reservation.Static("db");

    [Fact]
    public void What_was_recovered_already_is_not_freed_again_with_its_task()
    {
        // 2 tasks of 2 cpus; 3 cpus are recovered, 1 is left in use. The end of the first frees that one and no more.
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        TaskSketch one = new(new TaskId("t1"), Resources.Of(cpus: 2)), two = new(new TaskId("t2"), Resources.Of(cpus: 2));
        cluster.Accept(cluster.OneOffer(), new Operation.Launch([one, two]));
        Assert.Null(cluster.Allocator.RecoverResources(TestCluster.F("a"), TestCluster.S("s1"), TestCluster.Star, Resources.Of(cpus: 3), cluster.Now));
        cluster.EndTask("a", "s1", one.Id);
        Assert.Equal(Resources.Of(cpus: 4, mem: 64), cluster.Allocator.Agent(TestCluster.S("s1"))!.Available);
        Assert.Equal(0, cluster.Allocator.Snapshot().Frameworks.Single().Allocated.Cpus);
    }

    [Fact]
    public void An_agents_tasks_free_no_more_than_it_said_is_used()
    {
        var cluster = new TestCluster();
        var task = new TaskSketch(new TaskId("t"), Resources.Of(cpus: 4));
        cluster.Agent("s1", Resources.Of(cpus: 4, mem: 64), "", null, new AgentUsage(TestCluster.F("a"), "*", Resources.Of(cpus: 1), [task]));
        cluster.EndTask("a", "s1", task.Id);
        Assert.Equal(Resources.Of(cpus: 4, mem: 64), cluster.Allocator.Agent(TestCluster.S("s1"))!.Available);
    }

    [Fact]
    public void A_negative_task_that_an_agent_tells_of_is_refused_with_it()
    {
        var task = new TaskSketch(new TaskId("t"), Resources.OfMilli(-1, 0, 0, 0));
        var usage = new AgentUsage(TestCluster.F("a"), "*", Resources.Of(cpus: 1), [task]);
        Refusal? refusal = new TestCluster().Allocator.AddAgent(new AgentInfo(TestCluster.S("s1"), "h", []), Resources.Of(cpus: 4), [usage], default);
        Assert.Equal(RefusalKind.Invalid, refusal!.Kind);
    }

    [Fact]
    public void A_group_too_large_to_add_up_is_refused()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        var huge = Resources.OfMilli(long.MaxValue, 0, 0, 0);
        var group = new Operation.LaunchGroup([new(new TaskId("t"), huge), new(new TaskId("u"), huge)], huge);
        Assert.Equal(2, cluster.Accept(cluster.OneOffer(), group).RefusedTasks.Count);
    }

    [Fact]
    public void Roles_of_what_runs_on_agents_are_booked_beyond_the_limit_and_frameworks_wait()
    {
        // What runs, runs: an agent is not turned away for its roles. New frameworks find the limit reached until they are gone.
        var cluster = new TestCluster(new AllocationOptions { Roles = 2 });
        cluster.Agent("s1", Resources.Of(cpus: 4), "", null, new AgentUsage(TestCluster.F("a"), "x/y/z", Resources.Of(cpus: 1)));
        Assert.Equal(3, cluster.Allocator.Snapshot().Roles.Count);
        var profile = new FrameworkProfile(TestCluster.F("b"), ["w"]);
        Assert.Equal(RefusalKind.LimitReached, cluster.Allocator.AddFramework(profile, cluster.Now)!.Kind);
        Assert.Null(cluster.Allocator.RemoveAgent(TestCluster.S("s1"), cluster.Now));
        Assert.Empty(cluster.Allocator.Snapshot().Roles);
        Assert.Null(cluster.Allocator.AddFramework(profile, cluster.Now));
    }

    [Fact]
    public void Negative_and_oversized_amounts_are_refused_everywhere()
    {
        Resources negative = Resources.OfMilli(-1000, 0, 0, 0), huge = Resources.OfMilli(long.MaxValue, 0, 0, 0);
        TestCluster cluster = new TestCluster().Framework("a", "db").Agent("s1", Resources.Of(cpus: 4, mem: 64, disk: 100));
        Allocator allocator = cluster.Allocator;
        foreach (Resources bad in new[] { negative, huge })
        {
            Assert.Equal(RefusalKind.Invalid, allocator.AddAgent(new AgentInfo(TestCluster.S("s2"), "h", []), bad, [], cluster.Now)!.Kind);
            Assert.Equal(RefusalKind.Invalid, allocator.UpdateAgent(new AgentInfo(TestCluster.S("s1"), "h", []), bad, cluster.Now)!.Kind);
            Assert.Equal(RefusalKind.Invalid, allocator.SetQuota("db", bad.Quantities, new Dictionary<ResourceName, long>(), force: true)!.Kind);
        }
        Offer offer = cluster.OneOffer();
        var bads = new TaskSketch(new TaskId("t"), negative);
        AcceptOutcome outcome = cluster.Accept(
            offer, new Operation.Launch([bads, new(new TaskId("u"), Resources.Of(cpus: 1), ExecutorResources: negative)]),
            new Operation.LaunchGroup([new(new TaskId("v"), Resources.Of(cpus: 1))], negative),
            new Operation.Reserve(Resources.From(new Resource(new ResourceKey(ResourceName.Cpus, reservations: [Reservation.Dynamic("db")]), new Amount(-1000)))));
        Assert.Equal((3, 1), (outcome.RefusedTasks.Count, outcome.RefusedOperations.Count));
        Assert.Equal(Resources.Of(cpus: 4, mem: 64, disk: 100), allocator.Agent(TestCluster.S("s1"))!.Available);
    }

    [Fact]
    public void A_group_with_a_task_named_twice_is_refused()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        var task = new TaskSketch(new TaskId("t"), Resources.Of(cpus: 1));
        AcceptOutcome outcome = cluster.Accept(cluster.OneOffer(), new Operation.LaunchGroup([task, task], null));
        Assert.Equal((0, 2), (outcome.Launched.Count, outcome.RefusedTasks.Count));
    }

    [Fact]
    public void A_shared_volume_is_not_destroyed_under_another_open_offer_of_the_same_framework()
    {
        Resource volume = Resource.PersistentVolume(50, "v", [Static], isShared: true);
        TestCluster cluster = new TestCluster().Framework("a", "db", FrameworkCapabilities.SharedResources)
            .Agent("s1", Resources.Of(cpus: 4, mem: 256).Add(Resources.From(volume)));
        cluster.Request("a", "db", "cpus:1;mem:64");
        Offer first = cluster.OneOffer();
        cluster.Request("a", "db", "cpus:1;mem:64");
        Offer second = cluster.OneOffer();
        Assert.Single(cluster.Accept(first, new Operation.Destroy(Resources.From(volume))).RefusedOperations);
        Assert.Single(cluster.Accept(second, new Operation.Destroy(Resources.From(volume))).Applied);
        Assert.False(cluster.Allocator.Agent(TestCluster.S("s1"))!.Total.HasShared);
    }

    [Fact]
    public void A_shared_volume_destroyed_through_two_offers_cannot_be_used_after_it()
    {
        Resource volume = Resource.PersistentVolume(50, "v", [Static], isShared: true);
        TestCluster cluster = new TestCluster().Framework("a", "db", FrameworkCapabilities.SharedResources)
            .Agent("s1", Resources.Of(cpus: 4, mem: 256).Add(Resources.From(volume)));
        cluster.Request("a", "db", "cpus:1;mem:64");
        Offer first = cluster.OneOffer();
        cluster.Request("a", "db", "cpus:1;mem:64");
        Offer second = cluster.OneOffer();
        var task = new TaskSketch(new TaskId("t"), Resources.Of(cpus: 1).Add(Resources.From(volume)));
        AcceptOutcome outcome = cluster.Allocator.Accept(
            TestCluster.F("a"), [first.Id, second.Id], [new Operation.Destroy(Resources.From(volume)), new Operation.Launch([task])], TimeSpan.Zero, cluster.Now);
        Assert.Equal((1, 1), (outcome.Applied.Count, outcome.RefusedTasks.Count));
    }

    [Fact]
    public void An_offer_of_a_shared_volume_that_the_agent_no_longer_has_is_taken_back()
    {
        Resource volume = Resource.PersistentVolume(50, "v", [Static], isShared: true);
        TestCluster cluster = new TestCluster().Framework("a", "db", FrameworkCapabilities.SharedResources)
            .Agent("s1", Resources.Of(cpus: 4, mem: 256).Add(Resources.From(volume)));
        cluster.OneOffer();
        Assert.Null(cluster.Allocator.UpdateAgent(new AgentInfo(TestCluster.S("s1"), "host-s1", []), Resources.Of(cpus: 4, mem: 256), cluster.Now));
        Assert.Equal(RescindReason.AgentChanged, cluster.Decide().OfType<Decision.OfferRescinded>().Single().Reason);
    }

    [Fact]
    public void Room_on_a_shared_volume_is_promised_to_no_request()
    {
        // 10 MiB of disk fit into the volume's 50, again and again: it is never used up.
        Resource volume = Resource.PersistentVolume(50, "v", [Static], isShared: true);
        TestCluster cluster = new TestCluster().Framework("a", "db", FrameworkCapabilities.SharedResources)
            .Agent("s1", Resources.Of(cpus: 4, mem: 256).Add(Resources.From(volume)));
        cluster.Request("a", "db", "disk:10", count: 1_000_000);
        Assert.Empty(cluster.Offers());
    }

    [Fact]
    public void A_draining_agent_that_is_removed_is_not_called_drained()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        cluster.Launch(cluster.OneOffer(), "cpus:1");
        Assert.Null(cluster.Allocator.DrainAgent(TestCluster.S("s1"), cluster.Now));
        Assert.Null(cluster.Allocator.RemoveAgent(TestCluster.S("s1"), cluster.Now));
        Assert.Empty(cluster.Decide());
    }
}
