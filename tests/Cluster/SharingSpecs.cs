using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cluster.Specs;

/// <summary>What is shared and set aside: executors, groups, reservations, volumes.</summary>
public sealed class SharingSpecs : IAsyncLifetime
{
    private readonly TestCluster _cluster = TestCluster.Of();
    private SchedulerClient _client = null!;

    [Fact]
    public async Task An_offer_can_be_seen_as_long_as_it_is_open()
    {
        await using FrameworkSession session = await Register();
        Offer offer = await session.OffersAsync().First();

        OffersSnapshot open = await _client.AskAllocatorAsync<OffersSnapshot>(new GetOffers());
        Assert.Equal((offer.Id, offer.Resources, session.FrameworkId), (Assert.Single(open.Offers).Id, open.Offers[0].Resources, open.Offers[0].FrameworkId));
        Assert.Empty((await _client.AskAllocatorAsync<OffersSnapshot>(new GetOffers(FrameworkId: new FrameworkId("another")))).Offers);
        Assert.Empty((await _client.AskAllocatorAsync<OffersSnapshot>(new GetOffers(After: offer.Id))).Offers);

        (await session.DeclineAsync([offer.Id], TimeSpan.FromMinutes(1))).OrThrow();
        await Session.Eventually(async () => (await _client.AskAllocatorAsync<OffersSnapshot>(new GetOffers())).Offers.Count == 0, "it is not open any more");
    }

    [Fact]
    public async Task Of_a_group_one_that_dies_takes_the_others_with_it_and_all_is_free_again()
    {
        await using FrameworkSession session = await Register();
        Offer offer = await session.OffersAsync().First();
        var executor = new ExecutorInfo(new ExecutorId("pod"), Resources.Of(cpus: 0.5, mem: 32));

        (await session.AcceptAsync([offer.Id], [new OfferOperation.LaunchGroup(executor, [Session.Task("a"), Session.Task("b")])])).OrThrow();

        await session.Updates(TaskState.Running, "a", "b");
        Assert.Equal(2500, (await Agent()).Used.PlainCpus);
        (await session.KillAsync(new TaskId("a"))).OrThrow();
        await session.Updates(TaskState.Killed, "a", "b");
        await Session.Eventually(async () => (await Agent()).Used.IsEmpty, "nothing is used");
    }

    [Fact]
    public async Task A_group_that_does_not_fit_does_not_start_at_all()
    {
        await using FrameworkSession session = await Register();
        Offer offer = await session.OffersAsync().First();
        var executor = new ExecutorInfo(new ExecutorId("pod"), Resources.Of(cpus: 0.5, mem: 32));

        (await session.AcceptAsync([offer.Id], [new OfferOperation.LaunchGroup(executor, [Session.Task("a"), Session.Task("b", cpus: 9)])])).OrThrow();

        await session.Updates(TaskState.Error, "a", "b");
        Assert.True((await Agent()).Used.IsEmpty);
    }

    [Fact]
    public async Task An_executor_that_tasks_share_is_counted_once_also_by_a_new_allocator()
    {
        _cluster.Start(isAgent: false);
        _cluster.Start(isAgent: false);
        _cluster.Start(isMaster: false);
        await using SchedulerClient client = _cluster.Connect();
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "f" }).WaitAsync(TestCluster.Limit);
        var executor = new ExecutorInfo(new ExecutorId("shared"), Resources.Of(cpus: 0.5, mem: 32));
        Offer offer = await session.OffersAsync().First(static offer => offer.Agent.Hostname == "host-2");
        (await session.LaunchAsync(offer, Session.Task("a") with { Executor = executor }, Session.Task("b") with { Executor = executor })).OrThrow();
        await session.Updates(TaskState.Running, "a", "b");
        Assert.Equal(2500, (await Shared())!.Used.PlainCpus);

        // Its agent's words are all that a new allocator has.
        await _cluster.Crash(_cluster.Nodes[0]);
        await Session.Eventually(async () => await Shared() is { State: AgentState.Registered, Used.PlainCpus: 2500 }, "the new allocator counts the same");
        (await session.KillAsync(new TaskId("a"))).OrThrow();
        await session.Update("a", TaskState.Killed);
        await Session.Eventually(async () => (await Shared())!.Used.PlainCpus == 1500, "one task and the executor are left");
        (await session.KillAsync(new TaskId("b"))).OrThrow();
        await session.Update("b", TaskState.Killed);
        await Session.Eventually(async () => (await Shared())!.Used.IsEmpty, "nothing is used");

        async Task<AgentSummary?> Shared() =>
            (await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents.SingleOrDefault(static agent => agent.Info.Hostname == "host-2");
    }

    [Fact]
    public async Task A_framework_reserves_makes_a_volume_uses_it_and_gives_all_back()
    {
        await using FrameworkSession session = await Register("eng");
        var own = Reservation.Dynamic("eng");
        Resources reserved = Resources.From(Resource.Scalar("cpus", 1, own), Resource.Scalar("disk", 100, own));
        Resources volume = Resources.From(Resource.PersistentVolume(100, "v1", [own]));
        Offer offer = await session.OffersAsync().First();

        (await session.AcceptAsync(
            [offer.Id],
            [
                new OfferOperation.Convert(new Operation.Reserve(reserved) { Id = new OperationId("reserve") }),
                new OfferOperation.Convert(new Operation.Create(volume) { Id = new OperationId("create") }),
                new OfferOperation.Launch([new TaskInfo { Id = new TaskId("t1"), Command = new CommandInfo("true"), Resources = volume.Add(Resources.From(Resource.Scalar("cpus", 1, own))).Add(Resources.Of(mem: 32)) }]),
            ],
            TimeSpan.Zero)).OrThrow();

        await session.Update("t1", TaskState.Running);
        Assert.Equal(OperationState.Finished, (await session.OperationsAsync().First(static operation => operation.Id.Value == "create")).State);
        Assert.True((await Agent()).Total.Contains(volume));
        (await session.KillAsync(new TaskId("t1"))).OrThrow();
        await session.Update("t1", TaskState.Killed);
        offer = await session.OffersAsync().First(offer => offer.Resources.Contains(volume));
        (await session.AcceptAsync(
            [offer.Id], [new OfferOperation.Convert(new Operation.Destroy(volume)), new OfferOperation.Convert(new Operation.Unreserve(reserved))], TimeSpan.Zero)).OrThrow();
        await Session.Eventually(async () => (await Agent()).Total.Reserved().IsEmpty, "nothing is reserved");
    }

    [Fact]
    public async Task What_an_operator_reserves_is_for_that_role_only_and_counts_towards_its_quota()
    {
        AgentId agent = (await Agent()).Info.Id;
        Resources reserved = Resources.From(Resource.Scalar("cpus", 3, Reservation.Dynamic("eng", "ops")));
        await _client.AskAllocatorAsync<CommandDone>(new SetQuota(Guid.NewGuid(), "eng", Quantities.Zero, new Dictionary<string, long> { ["cpus"] = 3000 }));
        await _client.AskAllocatorAsync<CommandDone>(new OperateOnAgent(Guid.NewGuid(), agent, new Operation.Reserve(reserved)));

        await using FrameworkSession other = await Register("other");
        Assert.Equal(1000, (await other.OffersAsync().First()).Resources.Quantities.Cpus);
        await other.SuppressAsync();
        await using FrameworkSession own = await Register("eng");
        Offer offer = await own.OffersAsync().First(offer => offer.Resources.Contains(reserved));
        // With its reservation the role is at its limit.
        Assert.Equal(3000, offer.Resources.Quantities.Cpus);
        (await own.DeclineAsync([offer.Id], TimeSpan.FromMinutes(1))).OrThrow();
        await _client.AskAllocatorAsync<CommandDone>(new OperateOnAgent(Guid.NewGuid(), agent, new Operation.Unreserve(reserved)));
        await Session.Eventually(async () => (await Agent()).Total.Reserved().IsEmpty, "nothing is reserved");
    }

    public Task InitializeAsync()
    {
        _cluster.Start();
        _client = _cluster.Connect();
        return Session.Eventually(async () => (await Agents()).Count == 1, "the agent is registered");
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private Task<FrameworkSession> Register(string role = "*") => _client.RegisterAsync(new FrameworkInfo { Name = $"f-{role}", Roles = [role] }).WaitAsync(TestCluster.Limit);

    private async Task<IReadOnlyList<AgentSummary>> Agents() => (await _client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents;

    private async Task<AgentSummary> Agent() => (await Agents())[0];
}
