using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Requests;

public sealed class RequestsSpecs
{
    [Fact]
    public void Offers_are_cut_to_what_was_requested_and_others_get_the_rest()
    {
        TestCluster cluster = new TestCluster().Framework("a").Framework("b").Agent("s1", "cpus:8;mem:1024;ports:[31000-31009]");
        cluster.Request("a", "*", "cpus:1;mem:100", count: 2, ports: 1);
        List<Offer> offers = cluster.Offers();
        Offer slice = offers.Single(o => o.FrameworkId.Value == "a");
        Assert.Equal("cpus:2;mem:200;ports:[31000-31001]", slice.Resources.ToString());
        Assert.True(slice.IsSlice);
        Assert.Equal("cpus:6;mem:824;ports:[31002-31009]", offers.Single(o => o.FrameworkId.Value == "b").Resources.ToString());
    }

    [Fact]
    public void A_served_request_brings_no_more_offers_until_the_next()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:8;mem:1024");
        cluster.Request("a", "*", "cpus:1;mem:100");
        Offer offer = cluster.OneOffer();
        Assert.Empty(cluster.Offers());
        cluster.Launch(offer, offer.Resources);
        cluster.Pass(100);
        Assert.Empty(cluster.Offers());
        cluster.Request("a", "*", "cpus:1;mem:100");
        Assert.Single(cluster.Offers());
        Assert.Null(cluster.Allocator.Request(TestCluster.F("a"), "*", [], cluster.Now));
        Assert.Equal("cpus:6;mem:824", cluster.OneOffer().Resources.ToString());
    }

    [Fact]
    public void A_declined_slice_is_sought_elsewhere()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64").Agent("s2", "cpus:1;mem:64");
        cluster.Request("a", "*", "cpus:1;mem:64");
        Offer first = cluster.OneOffer();
        cluster.Decline(first, 1000);
        Assert.NotEqual(first.Agent.Id, cluster.OneOffer().Agent.Id);
    }

    [Fact]
    public void A_large_request_gathers_room_while_small_ones_go_on_elsewhere()
    {
        // Two agents of 4 cpus full of one-core tasks of b, which takes whatever is freed. a wants 3 cores at once.
        var options = new AllocationOptions { OfferedSharePerFramework = 1, MinimumRefusal = TimeSpan.Zero, PreemptAfter = Timeout.InfiniteTimeSpan };
        TestCluster cluster = new TestCluster(options).Framework("b").Agent("s1", "cpus:4;mem:256").Agent("s2", "cpus:4;mem:256");
        var running = new List<(AgentId Agent, TaskId Task)>();
        Fill();
        cluster.Framework("a");
        cluster.Request("a", "*", "cpus:3;mem:64");
        Offer? gathered = null;
        for (int second = 0; second < 60 && gathered is null; second++)
        {
            cluster.Pass(1);
            // One task ends on each agent in turn.
            if (running.FindIndex(r => r.Agent.Value == (second % 2 == 0 ? "s1" : "s2")) is >= 0 and var index)
            {
                cluster.EndTask("b", running[index].Agent.Value, running[index].Task);
                running.RemoveAt(index);
            }
            gathered = Fill();
        }
        Assert.NotNull(gathered);
        Assert.Equal(3000, gathered.Resources.PlainCpus);
        Assert.Contains(running, task => task.Agent != gathered.Agent.Id);

        Offer? Fill()
        {
            Offer? large = null;
            for (List<Offer> offers = cluster.Offers(); offers.Count > 0; offers = cluster.Offers())
            {
                foreach (Offer offer in offers)
                {
                    if (offer.FrameworkId.Value == "a")
                        large = offer;
                    else
                        running.Add((offer.Agent.Id, cluster.Launch(offer, "cpus:1;mem:64")));
                }
                if (large is not null)
                    return large;
            }
            return large;
        }
    }

    [Fact]
    public void Gathering_is_bounded_in_time()
    {
        var options = new AllocationOptions { OfferedSharePerFramework = 1, MinimumRefusal = TimeSpan.Zero };
        TestCluster cluster = new TestCluster(options).Framework("b").Agent("s1", "cpus:4;mem:256");
        Offer offer = cluster.OneOffer();
        TaskId small = cluster.Launch(offer, "cpus:1;mem:64");
        Offer rest = cluster.OneOffer();
        cluster.Launch(rest, rest.Resources);
        cluster.Framework("a");
        cluster.Request("a", "*", "cpus:4;mem:64");
        cluster.Pass(5);
        cluster.Decide();
        cluster.EndTask("b", "s1", small);
        Assert.Empty(cluster.Offers());
        cluster.Pass(299);
        Assert.Empty(cluster.Offers());
        cluster.Pass(1);
        Assert.Equal("b", cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void A_more_important_request_displaces_the_least_important_tasks_of_its_role()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { OfferedSharePerFramework = 1, MinimumRefusal = TimeSpan.Zero })
            .Framework("batch", "r").Agent("s1", "cpus:4;mem:256");
        var tasks = new Dictionary<int, TaskId>();
        foreach (int priority in new[] { 5, 1, 3, 9 })
            tasks[priority] = cluster.Launch(cluster.OneOffer(), "cpus:1;mem:64", priority);
        cluster.Framework("urgent", "r");
        cluster.Request("urgent", "r", "cpus:2;mem:128", priority: 8);
        cluster.Pass(9);
        Assert.Empty(cluster.Decide());
        cluster.Pass(1);
        List<Decision.TaskPreempted> preempted = Settle();
        Assert.Equal([tasks[1], tasks[3]], preempted.Select(p => p.TaskId));
        foreach (Decision.TaskPreempted victim in preempted)
            cluster.EndTask("batch", "s1", victim.TaskId);
        // What they leave is held for the one they made room for, though batch wants offers too.
        Offer offer = cluster.OneOffer();
        Assert.Equal(("urgent", 2000L), (offer.FrameworkId.Value, offer.Resources.PlainCpus));

        List<Decision.TaskPreempted> Settle()
        {
            var found = new List<Decision.TaskPreempted>();
            for (int i = 0; i < 10 && found.Count == 0; i++)
            {
                found.AddRange(cluster.Decide().OfType<Decision.TaskPreempted>());
                cluster.Pass(1);
            }
            return found;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_offer_of_what_was_left_over_does_not_keep_room_from_being_made(bool isRefused)
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { OfferedSharePerFramework = 1, MinimumRefusal = TimeSpan.Zero })
            .Framework("batch", "r").Agent("s1", "cpus:2;mem:4096");
        TaskId[] tasks = [cluster.Launch(cluster.OneOffer(), "cpus:1;mem:32"), cluster.Launch(cluster.OneOffer(), "cpus:1;mem:32")];
        Assert.Null(cluster.Allocator.Suppress(TestCluster.F("batch"), ["r"], cluster.Now));
        cluster.Framework("urgent", "r");
        Offer leftOver = cluster.OneOffer();
        Assert.Equal(("urgent", 0L), (leftOver.FrameworkId.Value, leftOver.Resources.PlainCpus));

        // It is not answered, or not wanted.
        if (isRefused)
            cluster.Decline(leftOver, refuseSeconds: 600);
        cluster.Request("urgent", "r", "cpus:2;mem:64", priority: 10);
        var preempted = new List<Decision.TaskPreempted>();
        for (int i = 0; i < 25 && preempted.Count == 0; i++)
        {
            cluster.Pass(1);
            preempted.AddRange(cluster.Decide().OfType<Decision.TaskPreempted>());
        }

        Assert.Equal(tasks.ToHashSet(), preempted.Select(static victim => victim.TaskId).ToHashSet());
        foreach (TaskId task in tasks)
            cluster.EndTask("batch", "s1", task);
        Assert.True(cluster.OneOffer() is { FrameworkId.Value: "urgent", Resources.PlainCpus: 2000, Resources.PlainMem: >= 64_000 });
    }

    [Fact]
    public void Tasks_of_other_roles_and_of_equal_priority_are_not_displaced()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { OfferedSharePerFramework = 1, GatherTimeout = TimeSpan.Zero })
            .Framework("batch", "r").Framework("other", "q").Agent("s1", "cpus:2;mem:256").Agent("s2", "cpus:2;mem:256");
        foreach (Offer offer in cluster.Offers())
            cluster.Launch(offer, offer.Resources, priority: offer.Role == "r" ? 5 : 0);
        cluster.Framework("urgent", "r");
        cluster.Request("urgent", "r", "cpus:1;mem:64", priority: 5);
        for (int i = 0; i < 60; i++)
        {
            cluster.Pass(1);
            Assert.Empty(cluster.Decide());
        }
    }
}
