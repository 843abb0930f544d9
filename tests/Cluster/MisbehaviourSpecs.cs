using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cluster.Specs;

/// <summary>A framework that misbehaves costs only itself.</summary>
public sealed class MisbehaviourSpecs
{
    [Fact]
    public async Task One_that_sits_on_its_offers_loses_them_to_others()
    {
        await using var cluster = new TestCluster("actorscheduler.allocator.offer-timeout = 1 s");
        cluster.Start();
        await using var client = cluster.Connect();
        await using var hoarder = await client.RegisterAsync(new FrameworkInfo { Name = "hoarder" }).WaitAsync(TestCluster.Limit);
        await hoarder.OffersAsync().First();

        await using var other = await client.RegisterAsync(new FrameworkInfo { Name = "other" }).WaitAsync(TestCluster.Limit);

        await other.Launch(Session.Task("t1", cpus: 2));
        await other.Update("t1", TaskState.Running);
    }

    [Fact]
    public async Task One_that_never_acknowledges_holds_up_nobody_else()
    {
        // It may have been offered what its task gave back before it suppressed offers, and does not look at it.
        await using var cluster = new TestCluster("actorscheduler.allocator.offer-timeout = 1 s");
        cluster.Start();
        await using var client = cluster.Connect();
        await using var deaf = await client.RegisterAsync(new FrameworkInfo { Name = "deaf" }).WaitAsync(TestCluster.Limit);
        await deaf.Launch(Session.Task("t1", run: "0"));
        await deaf.SuppressAsync();

        await using var other = await client.RegisterAsync(new FrameworkInfo { Name = "other" }).WaitAsync(TestCluster.Limit);
        await other.Launch(Session.Task("t1", cpus: 2, run: "0"));

        await other.Update("t1", TaskState.Running);
        await other.Update("t1", TaskState.Finished);
    }

    [Fact]
    public async Task One_that_vanishes_in_mid_launch_leaves_its_tasks_as_they_were_accepted()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        FrameworkId id;
        await using (var client = cluster.Connect())
        {
            var session = await client.RegisterAsync(new FrameworkInfo { Name = "vanishing" }).WaitAsync(TestCluster.Limit);
            id = session.FrameworkId;
            await session.Launch(Session.Task("t1"));
        }

        await using var again = cluster.Connect();
        await using var resumed = await again.ResumeAsync(new FrameworkInfo { Name = "vanishing" }, id).WaitAsync(TestCluster.Limit);

        await resumed.Update("t1", TaskState.Running);
    }

    [Theory]
    [InlineData("", "task_id")]
    [InlineData("a/b", "task_id")]
    public async Task Bad_input_is_told_and_the_offer_can_still_be_used(string taskId, string field)
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "sloppy" }).WaitAsync(TestCluster.Limit);
        var offer = await session.OffersAsync().First();

        var result = await session.LaunchAsync(offer, Session.Task(taskId));

        Assert.Equal(RefusalKind.Invalid, result.Kind);
        Assert.EndsWith(field, result.Problem!.Field, StringComparison.Ordinal);
        (await session.LaunchAsync(offer, Session.Task("good"))).OrThrow();
        await session.Update("good", TaskState.Running);
    }

    [Fact]
    public async Task A_framework_that_says_something_invalid_is_refused_with_the_field()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        await using var client = cluster.Connect();

        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => client.RegisterAsync(new FrameworkInfo { Name = "f", Roles = ["a//b"] }).WaitAsync(TestCluster.Limit));

        Assert.Equal("roles[0]", refused.Problem!.Field);
    }

    [Fact]
    public async Task What_misses_something_is_refused_with_the_field_whoever_asks()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        await using var client = cluster.Connect();

        var subscription = await Assert.ThrowsAsync<CommandRefusedException>(() => client.RegisterAsync(new FrameworkInfo { Name = "f", Roles = [null!] }).WaitAsync(TestCluster.Limit));
        var failover = await Assert.ThrowsAsync<CommandRefusedException>(() => client.RegisterAsync(new FrameworkInfo { Name = "f", FailoverTimeout = TimeSpan.FromSeconds(9e11) }).WaitAsync(TestCluster.Limit));
        var question = await Assert.ThrowsAsync<CommandRefusedException>(() => client.AskAllocatorAsync<OffersExplained>(new ExplainOffers(new FrameworkId("f"), null!)));
        var command = await Assert.ThrowsAsync<CommandRefusedException>(() => client.AskAllocatorAsync<CommandDone>(new OperateOnAgent(Guid.NewGuid(), new AgentId("a"), new Operation.Reserve(null!))));

        Assert.Equal(
            ["FrameworkInfo.Roles[]", "failover_timeout", "ExplainOffers.Role", "Reserve.Resources"],
            new[] { subscription, failover, question, command }.Select(static refused => refused.Problem!.Field));
    }
}
