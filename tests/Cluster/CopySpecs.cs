using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Somebody has copied an agent's data folder to another host: two have one id.</summary>
public sealed class CopySpecs
{
    [Fact]
    public async Task A_copy_is_refused_while_the_agent_answers_and_takes_its_place_when_it_is_gone()
    {
        await using var cluster = new TestCluster();
        ActorSystem other = cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        ActorSystem host = cluster.Start(isMaster: false);
        await using var client = cluster.Connect();
        await using var session = await client.RegisterAsync(new FrameworkInfo { Name = "batch" }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("t1"));
        await session.Update("t1", TaskState.Running);
        AgentInfo info = Assert.Single((await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents).Info;
        IActorRef allocator = await other.ActorSelection("/user/allocator-proxy").ResolveOne(TestCluster.Limit);
        using var copy = Inbox.Create(other);
        var register = new RegisterAgent(
            info.Id, Guid.NewGuid(), copy.Receiver, Akka.Cluster.Cluster.Get(other).SelfAddress.ToString(), info with { Hostname = "copy" }, Resources.Of(cpus: 4, mem: 64), [], 0, false);

        allocator.Tell(register, copy.Receiver);

        AgentRefused refused = Assert.IsType<AgentRefused>(await copy.ReceiveAsync(TestCluster.Limit));
        Assert.False(refused.IsFinal);
        Assert.StartsWith($"agent_id: the agent on {info.Hostname} has this id and answers.", refused.Problem.ToString(), StringComparison.Ordinal);
        AgentSummary there = Assert.Single((await client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents);
        Assert.Equal((AgentState.Registered, info.Hostname, 1), (there.State, there.Info.Hostname, there.Tasks));
        await session.Launch(Session.Task("t2"));
        await session.Update("t2", TaskState.Running);

        await cluster.Crash(host);

        await Session.Eventually(
            async () =>
            {
                allocator.Tell(register, copy.Receiver);
                return await copy.ReceiveAsync(TestCluster.Limit) is AgentRegistered;
            },
            "the copy is registered");
    }
}
