using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Frameworks that end: torn down, or away for longer than they said.</summary>
public sealed class EndingSpecs : IAsyncLifetime
{
    private readonly TestCluster _cluster = TestCluster.Of();
    private SchedulerClient _client = null!;

    [Fact]
    public async Task A_framework_that_is_torn_down_takes_its_tasks_along_and_its_session_says_so()
    {
        await using FrameworkSession session = await Running(TimeSpan.FromDays(7));

        (await session.TearDownAsync()).OrThrow();

        await session.Ended.WaitAsync(TestCluster.Limit);
        Assert.Contains("torn down", session.EndReason, StringComparison.Ordinal);
        await NothingIsLeftOf(session.FrameworkId);
        var refused = await Assert.ThrowsAsync<CommandRefusedException>(() => _client.ResumeAsync(new FrameworkInfo { Name = "f" }, session.FrameworkId).WaitAsync(TestCluster.Limit));
        Assert.Equal(RefusalKind.Conflict, refused.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_framework_that_leaves_is_removed_after_its_failover_timeout(int seconds)
    {
        FrameworkId id;
        await using (FrameworkSession session = await Running(TimeSpan.FromSeconds(seconds)))
            id = session.FrameworkId;

        await NothingIsLeftOf(id);
        await Assert.ThrowsAsync<CommandRefusedException>(() => _client.ResumeAsync(new FrameworkInfo { Name = "f" }, id).WaitAsync(TestCluster.Limit));
    }

    [Fact]
    public async Task An_operator_tears_down_a_framework_whose_scheduler_is_away()
    {
        FrameworkId id;
        await using (FrameworkSession session = await Running(TimeSpan.FromDays(7)))
            id = session.FrameworkId;

        await _client.AskFrameworkAsync<CommandDone>(new TearDownFramework(id, Guid.NewGuid()));

        await NothingIsLeftOf(id);
    }

    [Fact]
    public async Task What_a_scheduler_suppresses_from_the_beginning_is_not_offered_until_it_revives()
    {
        await using FrameworkSession session = await _client.RegisterAsync(new FrameworkInfo { Name = "f", Roles = ["a", "b"] }, suppressedRoles: ["a"]).WaitAsync(TestCluster.Limit);

        Offer offer = await session.OffersAsync().First();
        Assert.Equal("b", offer.Role);
        (await session.DeclineAsync([offer.Id], TimeSpan.FromMinutes(1))).OrThrow();
        (await session.ReviveAsync(["a"])).OrThrow();

        Assert.Equal("a", (await session.OffersAsync().First()).Role);
    }

    [Fact]
    public async Task Whoever_suppresses_gives_back_what_it_has_not_answered()
    {
        await using FrameworkSession hoarder = await _client.RegisterAsync(new FrameworkInfo { Name = "hoarder" }).WaitAsync(TestCluster.Limit);
        await hoarder.OffersAsync().First();

        (await hoarder.SuppressAsync()).OrThrow();

        await using FrameworkSession other = await _client.RegisterAsync(new FrameworkInfo { Name = "other" }).WaitAsync(TestCluster.Limit);
        await other.Launch(Session.Task("t1", cpus: 4));
        await other.Update("t1", TaskState.Running);
    }

    public Task InitializeAsync()
    {
        _cluster.Start();
        _client = _cluster.Connect();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private async Task<FrameworkSession> Running(TimeSpan failoverTimeout)
    {
        FrameworkSession session = await _client.RegisterAsync(new FrameworkInfo { Name = "f", FailoverTimeout = failoverTimeout }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("t1"), Session.Task("t2"));
        await session.Update("t1", TaskState.Running);
        return session;
    }

    private Task NothingIsLeftOf(FrameworkId id) => Session.Eventually(
        async () => (await _client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents[0].Used.IsEmpty
            && (await _client.AskAllocatorAsync<FrameworksSnapshot>(new GetFrameworks())).Frameworks.All(framework => framework.Id != id),
        "nothing is left of the framework");
}
