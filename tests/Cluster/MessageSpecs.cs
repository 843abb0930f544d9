using ActorScheduler.Client;
using ActorScheduler.Model;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Messages between frameworks and executors: simulated ones send back what they get.</summary>
public sealed class MessageSpecs
{
    [Fact]
    public async Task A_message_to_an_executor_comes_back_and_one_to_nobody_does_not()
    {
        await using var cluster = new TestCluster();
        cluster.Start();
        await using SchedulerClient client = cluster.Connect();
        await using FrameworkSession session = await client.RegisterAsync(new FrameworkInfo { Name = "f" }).WaitAsync(TestCluster.Limit);
        await session.Launch(Session.Task("alone"), Session.Task("shared") with { Executor = new ExecutorInfo(new ExecutorId("e1"), Resources.Of(cpus: 0.1, mem: 32)) });
        await session.Updates(TaskState.Running, "alone", "shared");
        AgentId agent = (await client.AskFrameworkAsync<Protocol.FrameworkSnapshot>(new Protocol.GetFramework(session.FrameworkId))).Tasks[0].AgentId;

        session.SendMessage(agent, new ExecutorId("nobody"), new byte[] { 1 });
        session.SendMessage(agent, new ExecutorId("e1"), new byte[] { 2 });
        session.SendMessage(agent, new ExecutorId("alone"), new byte[] { 3 });

        var echoes = new List<(string Executor, byte Data)>();
        await session.MessagesAsync().First(message =>
        {
            Assert.Equal(agent, message.AgentId);
            echoes.Add((message.ExecutorId.Value, message.Data.Span[0]));
            return echoes.Count == 2;
        });
        Assert.Equal([("e1", (byte)2), ("alone", (byte)3)], echoes);
    }
}
