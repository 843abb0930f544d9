using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Everybody at once.</summary>
public sealed class StormSpecs
{
    private const int Agents = 300;

    [Fact]
    public async Task Hundreds_of_agents_register_at_once_and_again_after_a_failover_and_nothing_is_lost()
    {
        await using var cluster = new TestCluster();
        var first = cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        var hosts = cluster.Start(isMaster: false, isAgent: false);
        await using SchedulerClient client = cluster.Connect();
        Epoch before = (await client.AskAllocatorAsync<ClusterSummary>(new GetClusterSummary())).Epoch;

        for (var i = 0; i < Agents; i++)
            cluster.AddAgent(hosts);

        await Session.Eventually(async () => (await Summary()).RegisteredAgents == Agents, "all agents are registered");
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "f" }).WaitAsync(TestCluster.Limit);
        var launched = new HashSet<string>();
        await foreach (Offer offer in session.OffersAsync())
        {
            var task = Session.Task($"t{launched.Count}", cpus: 4);
            if ((await session.LaunchAsync(offer, task)).OrThrow().IsDone && launched.Add(task.Id.Value) && launched.Count == Agents)
                break;
        }
        await AllRun();

        await cluster.Crash(first);

        await Session.Eventually(async () => await Summary() is { RegisteredAgents: Agents, Tasks: Agents } summary && summary.Epoch > before, "all agents are back with their tasks");
        FrameworkSnapshot framework = await client.AskFrameworkAsync<FrameworkSnapshot>(new GetFramework(session.FrameworkId, Count: 1000));
        Assert.Equal(launched.Order(StringComparer.Ordinal), framework.Tasks.Where(static task => task.Status.State == TaskState.Running).Select(static task => task.Task.Id.Value));
        // Offers flow again: what a task frees is offered.
        (await session.KillAsync(new TaskId("t0"))).OrThrow();
        Offer next = await session.OffersAsync().First(static offer => offer.Resources.PlainCpus >= 4_000);
        (await session.LaunchAsync(next, Session.Task("next", cpus: 4))).OrThrow();
        await session.Update("next", TaskState.Running);

        Task<ClusterSummary> Summary() => client.AskAllocatorAsync<ClusterSummary>(new GetClusterSummary());

        async Task AllRun()
        {
            var running = new HashSet<string>();
            await session.UpdatesAsync().First(update => update.State == TaskState.Running && running.Add(update.TaskId.Value) && running.Count == Agents);
        }
    }
}
