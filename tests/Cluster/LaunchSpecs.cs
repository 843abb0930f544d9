using ActorScheduler.Containers.Simulated;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Examples;

namespace ActorScheduler.Cluster.Specs;

public sealed class LaunchSpecs
{
    [Fact]
    public async Task A_framework_gets_offers_launches_a_task_and_hears_of_its_end()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" }).WaitAsync(TestCluster.Limit);

        await session.Launch(Session.Task("t1", run: "0"));

        await session.Update("t1", TaskState.Running);
        await session.Update("t1", TaskState.Finished);
    }

    [Fact]
    public async Task The_batch_framework_of_the_README_runs_all_commands_though_some_fail()
    {
        await using var cluster = new TestCluster();
        cluster.Start(model: new SimulationModel(seed: 7, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5), crashes: 0.3));

        Assert.Equal(100, await BatchFramework.RunAsync(cluster.Contacts, Enumerable.Range(0, 100).Select(i => $"echo {i}")).WaitAsync(TestCluster.Limit));
    }

    [Fact]
    public async Task What_is_launched_beyond_an_offer_is_an_error_of_that_task()
    {
        await using var cluster = new TestCluster();
        cluster.Start(cpus: 2);
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "greedy" }).WaitAsync(TestCluster.Limit);
        var offer = await session.OffersAsync().First();

        (await session.LaunchAsync(offer, Session.Task("big", cpus: 99), Session.Task("small"))).OrThrow();

        Assert.Equal(TaskReason.TaskInvalid, (await session.Update("big", TaskState.Error)).Reason);
        await session.Update("small", TaskState.Running);
    }

    [Fact]
    public async Task An_offer_is_used_once()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "twice" }).WaitAsync(TestCluster.Limit);
        var offer = await session.OffersAsync().First();
        (await session.LaunchAsync(offer, Session.Task("t1"))).OrThrow();

        (await session.LaunchAsync(offer, Session.Task("t2"))).OrThrow();

        Assert.Equal(TaskReason.InvalidOffers, (await session.Update("t2", TaskState.Dropped)).Reason);
    }

    [Fact]
    public async Task Operators_see_what_is_used_and_drain_an_agent()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("t1"));
        await session.Update("t1", TaskState.Running);

        var agent = Assert.Single((await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents);
        Assert.Equal((1, 1000L), (agent.Tasks, agent.Used.PlainCpus));
        await client.AskAllocatorAsync<CommandDone>(new DrainAgent(Guid.NewGuid(), agent.Info.Id));

        Assert.Equal(TaskReason.AgentDraining, (await session.Update("t1", TaskState.Killed)).Reason);
        agent = Assert.Single((await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents);
        Assert.True(agent is { IsActive: false, IsDraining: true });
    }
}
