using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Specs.Book;

public sealed class OffersSpecs
{
    private static readonly FrameworkId A = TestCluster.F("a");

    [Fact]
    public void What_an_acceptance_leaves_is_offered_again_at_once()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { MinimumRefusal = TimeSpan.Zero }).Framework("a").Agent("s1", "cpus:4;mem:64");
        Offer offer = cluster.OneOffer();
        cluster.Launch(offer, "cpus:1;mem:16");
        Assert.Equal("cpus:3;mem:48", cluster.OneOffer().Resources.ToString());
    }

    [Fact]
    public void A_freed_task_is_offered_again_at_once_and_alone()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64").Agent("s2", "cpus:1;mem:64");
        TaskId[] tasks = [.. cluster.Offers().OrderBy(o => o.Agent.Id.Value).Select(o => cluster.Launch(o, o.Resources))];
        Assert.Empty(cluster.Offers());
        cluster.EndTask("a", "s2", tasks[1]);
        Assert.True(cluster.Allocator.HasWork);
        Assert.Equal("s2", cluster.OneOffer().Agent.Id.Value);
        Assert.False(cluster.Allocator.HasWork);
    }

    [Fact]
    public void A_decline_is_respected_for_its_time_and_others_get_the_offer()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64");
        cluster.Decline(cluster.OneOffer(), refuseSeconds: 10);
        Assert.Empty(cluster.Offers());
        cluster.Framework("b");
        Offer other = cluster.OneOffer();
        Assert.Equal("b", other.FrameworkId.Value);
        cluster.Decline(other, refuseSeconds: 100);
        cluster.Pass(9.9);
        Assert.Empty(cluster.Offers());
        cluster.Pass(0.1);
        Assert.Equal("a", cluster.OneOffer().FrameworkId.Value);
    }

    [Fact]
    public void A_refusal_covers_subsets_and_lets_larger_offers_pass()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        Offer first = cluster.OneOffer();
        TaskId task = cluster.Launch(first, "cpus:2;mem:32");
        cluster.Pass(1);
        cluster.Decline(cluster.OneOffer(), refuseSeconds: 1000);
        cluster.Pass(10);
        Assert.Empty(cluster.Offers());
        // cpus:2 mem:32 are refused; when the task ends cpus:4 mem:64 are there: more than was refused.
        cluster.EndTask("a", "s1", task);
        Assert.Equal("cpus:4;mem:64", cluster.OneOffer().Resources.ToString());
    }

    [Fact]
    public void A_refusal_of_zero_seconds_does_not_spin()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64");
        cluster.Decline(cluster.OneOffer(), refuseSeconds: 0);
        Assert.Empty(cluster.Offers());
        Assert.Equal(cluster.Now + TimeSpan.FromMilliseconds(50), cluster.Allocator.NextDue);
        cluster.Pass(0.05);
        Assert.Single(cluster.Offers());
    }

    [Fact]
    public void Suppressed_frameworks_get_nothing_until_revived_and_revival_forgets_refusals()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64");
        cluster.Decline(cluster.OneOffer(), refuseSeconds: 1000);
        Assert.Null(cluster.Allocator.Suppress(A, [], cluster.Now));
        cluster.Agent("s2", "cpus:1;mem:64");
        Assert.Empty(cluster.Offers());
        Assert.Null(cluster.Allocator.Revive(A, [], cluster.Now));
        Assert.Equal(2, cluster.Offers().Count);
    }

    [Fact]
    public void Unanswered_offers_expire_go_to_others_and_cost_the_framework_its_bound()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { OfferedSharePerFramework = 1, OffersHeldPerFramework = 4 }).Framework("a");
        for (int i = 0; i < 4; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:64");
        Assert.Equal(4, cluster.Offers().Count);
        cluster.Pass(30);
        cluster.Framework("b");
        IReadOnlyList<Decision> decisions = cluster.Decide();
        Assert.Equal(4, decisions.OfType<Decision.OfferRescinded>().Count(r => r.Reason == RescindReason.Expired));
        List<Offer> made = [.. decisions.OfType<Decision.OfferMade>().Select(m => m.Offer)];
        Assert.Equal(4, made.Count);
        Assert.All(made, offer => Assert.Equal("b", offer.FrameworkId.Value));
        // b does not answer either. Both let four expire (4 -> 2 -> 1 -> 1): each may hold one offer now.
        cluster.Pass(36);
        cluster.Decide();
        cluster.Pass(6);
        cluster.Decide();
        Assert.Equal(2, cluster.Allocator.OpenOffers);
    }

    [Fact]
    public void Open_offers_of_one_framework_are_bounded_by_number()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { OffersHeldPerFramework = 2 }).Framework("a");
        for (int i = 0; i < 5; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:64");
        List<Offer> offers = cluster.Offers();
        Assert.Equal(2, offers.Count);
        cluster.Launch(offers[0], offers[0].Resources);
        Assert.Single(cluster.Offers());
    }

    [Fact]
    public void Open_offers_are_bounded_by_share_while_others_are_there()
    {
        // 4 equal agents; b declines everything. a alone would hold all; with b there half of the cluster.
        TestCluster cluster = new TestCluster(new AllocationOptions()).Framework("a").Framework("b");
        Assert.Null(cluster.Allocator.Suppress(TestCluster.F("b"), [], cluster.Now));
        for (int i = 0; i < 4; i++)
            cluster.Agent($"s{i}", "cpus:1;mem:64");
        Assert.Equal(2, cluster.Offers().Count);
        Assert.Null(cluster.Allocator.RemoveFramework(TestCluster.F("b"), cluster.Now));
        Assert.Equal(2, cluster.Offers().Count);
    }

    [Fact]
    public void One_invalid_offer_voids_the_call_and_gives_the_others_back()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64");
        Offer offer = cluster.OneOffer();
        var task = new TaskSketch(new TaskId("t"), Resources.Of(cpus: 1));
        AcceptOutcome outcome = cluster.Allocator.Accept(
            A, [offer.Id, new OfferId("stale")], [new Operation.Launch([task])], TimeSpan.Zero, cluster.Now);
        Assert.Equal("Offer stale is no longer valid", outcome.Refusal!.Reason);
        Assert.Empty(outcome.Launched);
        Assert.Single(cluster.Offers());
    }

    [Fact]
    public void Offers_of_two_agents_cannot_be_used_together_and_a_second_use_is_refused()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64").Agent("s2", "cpus:1;mem:64");
        List<Offer> offers = cluster.Offers();
        Assert.NotNull(cluster.Allocator.Accept(A, [.. offers.Select(o => o.Id)], [], TimeSpan.Zero, cluster.Now).Refusal);
        Assert.NotNull(cluster.Allocator.Accept(A, [offers[0].Id], [], TimeSpan.Zero, cluster.Now).Refusal);
        Assert.Equal(RefusalKind.Unknown, cluster.Allocator.Decline(A, [offers[0].Id], TimeSpan.Zero, cluster.Now)!.Kind);
    }

    [Fact]
    public void Tasks_that_do_not_fit_or_repeat_are_refused_one_by_one()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64");
        Offer offer = cluster.OneOffer();
        TaskSketch Task(string id, double cpus) => new(new TaskId(id), Resources.Of(cpus: cpus));
        AcceptOutcome outcome = cluster.Accept(offer, new Operation.Launch([Task("t1", 1), Task("t1", 1), Task("t2", 2), Task("t3", 1), Task("a/b", 0.1)]));
        Assert.Equal(["t1", "t3"], outcome.Launched.Select(task => task.Id.Value));
        Assert.Equal(["task_id", "resources", "task_id"], outcome.RefusedTasks.Select(refused => refused.Problem.Field));
    }

    [Theory]
    [InlineData(ContainerKinds.Process, ContainerKinds.Image, "the agent runs no images, only plain processes")]
    [InlineData(ContainerKinds.Image, ContainerKinds.Process, "the agent runs images, and no plain processes")]
    public void A_task_of_a_kind_that_the_agent_does_not_run_is_refused_and_holds_nothing(ContainerKinds runs, ContainerKinds other, string reason)
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        Resources total = Resources.Of(cpus: 4, mem: 64);
        Assert.Null(cluster.Allocator.UpdateAgent(new AgentInfo(TestCluster.S("s1"), "host-s1") { Kinds = runs }, total, cluster.Now));
        Offer offer = cluster.OneOffer();
        Assert.Equal(runs, offer.Agent.Kinds);
        TaskSketch Task(string id, ContainerKinds kind) => new(new TaskId(id), Resources.Of(cpus: 1), Kind: kind);

        AcceptOutcome outcome = cluster.Accept(
            offer, new Operation.Launch([Task("t1", other), Task("t2", runs), Task("t3", ContainerKinds.None)]),
            new Operation.LaunchGroup([Task("g1", runs), Task("g2", other)], null));

        Assert.Equal(["t2", "t3"], outcome.Launched.Select(static task => task.Id.Value));
        Assert.Equal(["t1", "g1", "g2"], outcome.RefusedTasks.Select(static refused => refused.Task.Id.Value));
        Assert.All(outcome.RefusedTasks, refused => Assert.Equal(new Problem("container", reason), refused.Problem));
        Assert.Equal(Resources.Of(cpus: 2, mem: 64), outcome.Declined);
    }

    [Fact]
    public void Offers_are_taken_back_when_the_agent_runs_other_kinds_than_they_said()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:4;mem:64");
        Offer offer = cluster.OneOffer();

        Assert.Null(cluster.Allocator.UpdateAgent(new AgentInfo(TestCluster.S("s1"), "host-s1") { Kinds = ContainerKinds.Process }, Resources.Of(cpus: 4, mem: 64), cluster.Now));

        Assert.Contains(cluster.Decide(), decision => decision is Decision.OfferRescinded rescinded && rescinded.OfferId == offer.Id);
    }

    [Fact]
    public void A_group_is_launched_whole_or_not_at_all()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64");
        Offer offer = cluster.OneOffer();
        TaskSketch Task(string id, double cpus) => new(new TaskId(id), Resources.Of(cpus: cpus));
        AcceptOutcome outcome = cluster.Accept(
            offer, new Operation.LaunchGroup([Task("a", 1), Task("b", 1)], Resources.Of(cpus: 0.1)),
            new Operation.LaunchGroup([Task("c", 1), Task("d", 0.5)], Resources.Of(cpus: 0.1)));
        Assert.Equal(["c", "d"], outcome.Launched.Select(task => task.Id.Value));
        Assert.Equal(400, outcome.Declined.PlainCpus);
    }

    [Fact]
    public void Two_offers_of_one_agent_can_be_used_together()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { OfferedSharePerFramework = 1, MinimumRefusal = TimeSpan.Zero }).Framework("a").Agent("s1", "cpus:2;mem:64");
        TaskId task = cluster.Launch(cluster.OneOffer(), "cpus:1;mem:32");
        Offer first = cluster.OneOffer();
        cluster.EndTask("a", "s1", task);
        Offer second = cluster.OneOffer();
        var both = new TaskSketch(new TaskId("both"), Resources.Of(cpus: 2, mem: 64));
        AcceptOutcome outcome = cluster.Allocator.Accept(A, [first.Id, second.Id], [new Operation.Launch([both])], TimeSpan.Zero, cluster.Now);
        Assert.Single(outcome.Launched);
        Assert.True(outcome.Declined.IsEmpty);
    }

    [Fact]
    public void Less_than_the_minimum_is_not_offered()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:0.009;mem:31;disk:1000").Agent("s2", "mem:32");
        Assert.Equal("s2", cluster.OneOffer().Agent.Id.Value);
    }

    [Fact]
    public void A_framework_may_set_its_own_minimum()
    {
        var cluster = new TestCluster();
        IReadOnlyList<Quantities> large = [Quantities.Of(cpus: 4)];
        Assert.Null(cluster.Allocator.AddFramework(
            new FrameworkProfile(A, ["*"], MinimumAllocatable: new Dictionary<string, IReadOnlyList<Quantities>> { ["*"] = large }), cluster.Now));
        cluster.Agent("s1", "cpus:2;mem:64").Agent("s2", "cpus:4;mem:64");
        Assert.Equal("s2", cluster.OneOffer().Agent.Id.Value);
    }

    [Fact]
    public void Inactive_frameworks_lose_their_offers_and_keep_their_tasks()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:2;mem:64").Agent("s2", "cpus:2;mem:64");
        List<Offer> offers = cluster.Offers();
        cluster.Launch(offers[0], offers[0].Resources);
        Assert.Null(cluster.Allocator.DeactivateFramework(A, cluster.Now));
        Assert.Single(cluster.Decide().OfType<Decision.OfferRescinded>());
        cluster.Framework("b");
        Assert.Equal(offers[1].Agent.Id, cluster.OneOffer().Agent.Id);
        Assert.Null(cluster.Allocator.RemoveFramework(A, cluster.Now));
        Assert.Equal(offers[0].Agent.Id, cluster.OneOffer().Agent.Id);
    }

    [Fact]
    public void Refusals_are_bounded_by_forgetting_the_oldest()
    {
        TestCluster cluster = new TestCluster(new AllocationOptions { FiltersPerFramework = 2 }).Framework("a");
        for (int i = 0; i < 3; i++)
        {
            cluster.Agent($"s{i}", "cpus:1;mem:64");
            cluster.Decline(cluster.OneOffer(), refuseSeconds: 1000);
        }
        Assert.Equal("s0", cluster.OneOffer().Agent.Id.Value);
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        var cluster = new TestCluster();
        Assert.Equal("roles[0]", cluster.Allocator.AddFramework(new FrameworkProfile(A, ["a//b"]), cluster.Now)!.Field);
        Assert.Equal("roles", cluster.Allocator.AddFramework(new FrameworkProfile(A, []), cluster.Now)!.Field);
        Assert.Equal("id", cluster.Allocator.AddFramework(new FrameworkProfile(new FrameworkId("a/b"), ["*"]), cluster.Now)!.Field);
        Assert.Equal("weight", cluster.Allocator.SetWeight("a", -1)!.Field);
        Assert.Equal(RefusalKind.Unknown, cluster.Allocator.RemoveAgent(new AgentId("no"), cluster.Now)!.Kind);
        Assert.Equal(RefusalKind.Unknown, cluster.Allocator.Suppress(A, [], cluster.Now)!.Kind);
        cluster.Framework("a");
        Assert.Equal(RefusalKind.Duplicate, cluster.Allocator.AddFramework(new FrameworkProfile(A, ["*"]), cluster.Now)!.Kind);
        Assert.Equal("sizes[0]", cluster.Allocator.Request(A, "*", [new RequestedSize(Quantities.Zero)], cluster.Now)!.Field);
    }

    [Fact]
    public void Limits_are_told_as_such()
    {
        var cluster = new TestCluster(new AllocationOptions { Agents = 1, Frameworks = 1, Roles = 2, RoleDepth = 2, SizesPerRequest = 1 });
        cluster.Framework("a", "x/y").Agent("s1", "cpus:1;mem:64");
        Assert.Equal(RefusalKind.LimitReached, cluster.Allocator.AddAgent(new AgentInfo(TestCluster.S("s2"), "h"), Resources.Of(cpus: 1), [], cluster.Now)!.Kind);
        Assert.Equal(RefusalKind.LimitReached, cluster.Allocator.AddFramework(new FrameworkProfile(TestCluster.F("b"), ["x"]), cluster.Now)!.Kind);
        Assert.Equal(RefusalKind.LimitReached, cluster.Allocator.UpdateFramework(new FrameworkProfile(A, ["x/y", "z"]), cluster.Now)!.Kind);
        Assert.Equal("roles[0]", cluster.Allocator.UpdateFramework(new FrameworkProfile(A, ["x/y/z"]), cluster.Now)!.Field);
        var size = new RequestedSize(Quantities.Of(cpus: 1));
        Assert.Equal(RefusalKind.LimitReached, cluster.Allocator.Request(A, "x/y", [size, size], cluster.Now)!.Kind);
    }

    [Fact]
    public void A_role_that_a_framework_leaves_takes_its_offers_back()
    {
        TestCluster cluster = new TestCluster().Framework("a", "x").Agent("s1", "cpus:1;mem:64");
        cluster.OneOffer();
        Assert.Null(cluster.Allocator.UpdateFramework(new FrameworkProfile(A, ["y"]), cluster.Now));
        IReadOnlyList<Decision> decisions = cluster.Decide();
        Assert.Equal(RescindReason.FrameworkInactive, decisions.OfType<Decision.OfferRescinded>().Single().Reason);
        Assert.Equal("y", decisions.OfType<Decision.OfferMade>().Single().Offer.Role);
        Assert.False(cluster.Allocator.ExplainRole("x").IsOk);
    }

    [Fact]
    public void The_next_due_time_is_the_earliest_of_what_ends_by_itself()
    {
        TestCluster cluster = new TestCluster().Framework("a").Agent("s1", "cpus:1;mem:64").Agent("s2", "cpus:1;mem:64");
        Assert.Null(cluster.Allocator.NextDue);
        List<Offer> offers = cluster.Offers();
        Assert.Equal(cluster.Now + TimeSpan.FromSeconds(30), cluster.Allocator.NextDue);
        cluster.Decline(offers[0], 7);
        Assert.Equal(cluster.Now + TimeSpan.FromSeconds(7), cluster.Allocator.NextDue);
    }
}
